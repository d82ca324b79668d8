"""Bringing the tables of an installation from one migration to another. Only commands load this: the web never does."""

from typing import cast

import flask_migrate
from flask import Flask, current_app

from compliance.config import PROJECT
from compliance.extensions import db

FOLDER = PROJECT / "compliance" / "storage" / "migrations"


def upgrade(revision: str = "head") -> None:
    """Apply every migration up to one, the newest unless it is named."""
    _join()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    """Take migrations back until one is the newest."""
    _join()
    flask_migrate.downgrade(revision=revision)


def write_migration(message: str) -> None:
    """Write the next migration from the difference between the models and this database."""
    _join()
    flask_migrate.migrate(message=message)


def _join() -> None:
    """Tell the present application where its migrations are."""
    if "migrate" not in current_app.extensions:
        app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  the way to the real object
        flask_migrate.Migrate(app, db, directory=str(FOLDER))
