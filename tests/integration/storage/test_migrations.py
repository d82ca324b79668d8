"""The migrations make exactly the tables that the models describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from compliance.app import create_app
from compliance.cli.migrating import upgrade
from compliance.extensions import db
from compliance.storage.base import Base
from tests.conftest import BOTH_DATABASES


@BOTH_DATABASES
def test_the_migrated_tables_are_those_of_the_models(settings):
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, Base.metadata)
        db.session.remove()
        db.engine.dispose()
    assert differences == []
