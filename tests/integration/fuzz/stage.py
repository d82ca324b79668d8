"""Two companies and the buyer's people, before and after answers were sent in; each request finds it as it was made."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from compliance import clock
from compliance.config import Settings
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.storage.models import Answer, AnswerDocument, Assessment, User
from compliance.web.access import Access, declared_access
from tests.conftest import SECRET
from tests.integration.procurer.suppliers_side import answer_everything, submit_answers
from tests.worlds import World, build_world

PEOPLE = ("stranger", "own supplier", "colleague", "procurer", "reader", "administrator")
"""From the one who may least; the other supplier is whose things must stay as they are."""

OWNED_BY = ("supplier_id", "assessment_id", "contract_id", "document_id", "contact_id", "review_id")
ANYWHERE = {"filename": "css/tokens.css", "language": "sv"}
Row = tuple[tuple[str, Any], ...]


@dataclass
class Outcome:
    """What came of one request."""

    response: TestResponse
    seconds: float
    stored: dict[str, set[Row]] = field(default_factory=dict)
    """Rows that are new or other than before, by table."""

    gone: dict[str, set[Row]] = field(default_factory=dict)

    @property
    def texts(self) -> Iterator[str]:
        """Every text in what was stored, also inside of lists and maps."""
        for rows in self.stored.values():
            for row in rows:
                for _, value in row:
                    yield from _texts(value)


class Stage:
    """An application with the world in it. `sent_in` says whether the own company has sent in its answers."""

    def __init__(self, app: Flask, settings: Settings, *, sent_in: bool) -> None:
        self.app = app
        self.file = Path(settings.database_url.removeprefix("sqlite:///"))
        self.fresh = self.file.with_suffix(".fresh")
        with app.app_context():
            self.world: World = build_world(db.session(), settings.uploads)
            if sent_in:
                self._send_in()
            self.identities = {
                name: db.session.get(User, number).fs_uniquifier if number else None
                for name, number in self.world.people.items()
            }
            self._let_go()
        with app.test_request_context():
            from flask import session

            self.token, self.secret = generate_csrf(), session["csrf_token"]
        shutil.copy(self.file, self.fresh)
        self.before = self.rows()

    def rules(self, method: str) -> list[Rule]:
        """Every address that takes a method."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        return [rule for rule in rules if method in rule.methods]

    def visitors(self, rule: Rule) -> list[str]:
        """Who may call an address: the one who may least first."""
        level = declared_access(self.app, rule.endpoint)
        admitted = {
            Access.PUBLIC: PEOPLE,
            Access.SIGNED_IN: PEOPLE[1:],
            Access.SUPPLIER: ("own supplier",),
            Access.COMPANY: ("own supplier", "colleague"),
            Access.STAFF: ("procurer", "reader", "administrator"),
            Access.PROCURER: ("procurer",),
            Access.ADMINISTRATOR: ("administrator",),
        }
        return [*admitted[level]]

    def address(self, rule: Rule, **changed: Any) -> str:
        """An address with the own company's things in it."""
        known = {**ANYWHERE, **self.world.own.arguments, **changed}
        with self.app.test_request_context():
            return self.app.url_map.bind("localhost").build(
                rule.endpoint, {name: known[name] for name in rule.arguments}, method=next(iter(rule.methods))
            )

    def endpoint(self, path: str) -> str:
        """The view behind a form's action."""
        return self.app.url_map.bind("localhost").match(path.partition("?")[0], method="POST")[0]

    def send(self, person: str, method: str, address: str, **how: Any) -> Outcome:
        """One request on the world as it was made; looks afterwards at what it stored."""
        self.restore()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = self.secret
            if self.identities[person]:
                session["_user_id"], session["_fresh"] = self.identities[person], True
        begun = time.perf_counter()
        response = client.open(address, method=method, buffered=True, **how)
        seconds = time.perf_counter() - begun
        now = self.rows() if method == "POST" else self.before
        return Outcome(response, seconds, _less(now, self.before), _less(self.before, now))

    def rows(self) -> dict[str, set[Row]]:
        """Everything that is stored, by table."""
        with closing(sqlite3.connect(self.file)) as used:
            used.row_factory = sqlite3.Row
            names = [row[0] for row in used.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: {
                    tuple(zip(row.keys(), tuple(row), strict=True))
                    for row in used.execute(f'SELECT * FROM "{name}"')
                }
                for name in names
            }

    def of_others(self, outcome: Outcome) -> list[str]:
        """Rows of the other company that a request touched."""
        other = self.world.other.arguments
        return [
            f"{table}: {column}"
            for rows in (outcome.stored, outcome.gone)
            for table, changed in rows.items()
            for row in changed
            for column, value in row
            if column in OWNED_BY and value == other[column]
        ]

    def restore(self) -> None:
        """The world as it was made."""
        with closing(sqlite3.connect(self.fresh)) as fresh, closing(sqlite3.connect(self.file)) as used:
            fresh.backup(used)

    def _send_in(self) -> None:
        assessment = db.session.get(Assessment, self.world.own.arguments["assessment_id"])
        for table in (Answer, AnswerDocument):
            db.session.query(table).filter_by(assessment_id=assessment.id).delete()
        assessment.due_on = clock.today()
        answer_everything(db.session(), assessment, now=clock.now())
        submit_answers(db.session(), assessment, now=clock.now())
        db.session.commit()

    def _let_go(self) -> None:
        db.session.remove()
        with db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def _less(these: dict[str, set[Row]], those: dict[str, set[Row]]) -> dict[str, set[Row]]:
    return {name: rows - those[name] for name, rows in these.items() if rows - those[name]}


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str) and value[:1] in {"[", "{", '"'}:
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


@contextmanager
def open_stage(folder: Path, *, sent_in: bool) -> Iterator[Stage]:
    """A stage in a folder of its own, for as long as the block lasts."""
    from compliance.app import create_app

    settings = Settings(
        secret_key=SECRET,
        password_salt=SECRET,
        instance=folder,
        database_url=f"sqlite:///{folder / 'stage.sqlite'}",
        uploads=folder / "uploads",
        buyer_name="Exempelbostäder AB (påhittat)",
        buyer_email="inkop@exempelbostader.example",
        testing=True,
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    try:
        yield Stage(app, settings, sent_in=sent_in)
    finally:
        app.extensions["wake"].close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
