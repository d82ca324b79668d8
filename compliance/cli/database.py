"""`compliance db`: bring the tables up to date."""

import click

from compliance import clock
from compliance.app import create_app
from compliance.cli import migrating
from compliance.extensions import db as database
from compliance.storage.installation import mark_installation


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Apply every migration that is missing, and write down what kind of instance this is."""
    app = create_app()
    with app.app_context():
        migrating.upgrade()
        mark_installation(database.session(), demo=app.config["SETTINGS"].demo, now=clock.now())
        database.session.commit()


@db.command()
@click.option("--message", "-m", required=True, help="What changes, and why.")
def migrate(message: str) -> None:
    """Write the next migration from the difference between the models and this database."""
    with create_app().app_context():
        migrating.write_migration(message)
