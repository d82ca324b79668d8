"""The tables of intake come to a database that holds documents already, and go again: nothing else is touched."""

from sqlalchemy import text

from compliance.app import create_app
from compliance.cli.migrating import downgrade, upgrade
from compliance.extensions import db
from tests.conftest import BOTH_DATABASES

SHA = "a" * 64
MOMENT = "2026-01-05 10:00:00"
ROWS = (
    (
        "INSERT INTO stored_file (sha256, size, media_type, created_at)"
        f" VALUES ('{SHA}', 9, 'application/pdf', '{MOMENT}')"
    ),
    (
        "INSERT INTO document (id, supplier_id, sha256, name, uploaded_at, state, state_reason, names_supplier)"
        f" VALUES (1, 1, '{SHA}', 'intyg.pdf', '{MOMENT}', 'read', '', FALSE)"
    ),
    (
        "INSERT INTO fact (document_id, field, value, quote, confidence, source, warnings, is_answer)"
        " VALUES (1, 'holder', 'Exempel AB', '', 0.9, 'text', '[]', TRUE)"
    ),
)


def supplier_row(connection) -> str:
    """A supplier with something in every column that must have something."""
    columns = {
        row.column_name: row
        for row in map(_described, db.inspect(connection).get_columns("supplier"))
        if not row.nullable
    }
    values = ", ".join(row.sample for row in columns.values())
    return f"INSERT INTO supplier ({', '.join(columns)}) VALUES ({values})"


class _described:  # noqa: N801  a small record
    def __init__(self, column) -> None:
        self.column_name, self.nullable = column["name"], column["nullable"]
        kind = str(column["type"]).upper()
        samples = {"INT": "1", "BOOL": "FALSE", "JSON": "'{}'", "TIME": f"'{MOMENT}'", "DATE": "'2026-01-05'"}
        self.sample = next((sample for part, sample in samples.items() if part in kind), "'x'")


@BOTH_DATABASES
def test_documents_and_their_facts_outlive_the_change_and_its_undoing(settings):
    app = create_app(settings)
    with app.app_context():
        upgrade(revision="0003")
        with db.engine.begin() as connection:
            for statement in (supplier_row(connection), *ROWS):
                connection.execute(text(statement))
        upgrade(revision="0004")
        with db.engine.begin() as connection:
            assert connection.scalar(text("SELECT scan_state FROM stored_file")) == "not_scanned"
            assert connection.scalar(text("SELECT count(*) FROM fact")) == 1
        downgrade(revision="0003")
        with db.engine.begin() as connection:
            assert connection.scalar(text("SELECT count(*) FROM fact")) == 1
            assert connection.scalar(text("SELECT name FROM document")) == "intyg.pdf"
        db.session.remove()
        db.engine.dispose()
