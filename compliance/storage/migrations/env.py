"""Runs migrations inside the application's context, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from compliance.storage import models
from compliance.storage.base import Base, Moment


def render_type(kind: str, column_type: object, autogen_context: object) -> str | Literal[False]:
    """Write our own column types as plain ones, so that old migrations never depend on present code."""
    del autogen_context
    if kind == "type" and isinstance(column_type, Moment):
        return "sa.DateTime(timezone=True)"
    return False


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """A copied SQLite table is dropped and renamed: with foreign keys on, that deletes the rows that refer to it."""
    raw = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None
    if raw is not None:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if raw is not None:
            raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Apply what is missing; SQLite changes tables by copying them."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=render_type,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


assert models.__all__
run()
