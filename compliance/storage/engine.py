"""How connections behave: SQLite made safe for several processes, PostgreSQL left as it is.

With SQLAlchemy's defaults SQLite silently loses updates when two processes read and then write. So: write-ahead
log, a busy timeout, foreign keys, full durability, and a transaction that is going to write takes the write lock
when it begins (`BEGIN IMMEDIATE`) and not in the middle, where it could only fail.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event

BUSY_MILLISECONDS = 15_000
PRAGMAS = ("journal_mode=WAL", f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", "synchronous=FULL")

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


@contextmanager
def only_reading() -> Iterator[None]:
    """Transactions that begin inside take no write lock. Everything else is taken to write."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


def mark_reading(*, reading: bool) -> None:
    """Say for the rest of this context (a web request) whether its transactions only read."""
    _only_reading.set(reading)


def prepare_engine(engine: Engine) -> None:
    """Give a SQLite engine the settings above; other engines are left alone."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _only_reading.get() else "BEGIN IMMEDIATE")
