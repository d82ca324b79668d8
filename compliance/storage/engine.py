"""How connections behave: SQLite made safe for several processes, PostgreSQL left as it is.

With SQLAlchemy's defaults SQLite silently loses updates when two processes read and then write. So: write-ahead
log, a busy timeout, foreign keys, full durability, and a transaction that is going to write takes the write lock
when it begins (`BEGIN IMMEDIATE`) and not in the middle, where it could only fail.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event

BUSY_MILLISECONDS = 15_000
PRAGMAS = ("journal_mode=WAL", f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", "synchronous=FULL")

HOLDS = "holds_the_turn_to_write"

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


class WriteQueue:
    """The writers of this process, one after the other.

    SQLite lets one write and has the others look again after ever longer naps: of eight who save at once one then waits
    a hundred times as long as the rest. Here the next one goes as soon as the one before is done. Other processes still
    wait for SQLite. Whoever has waited as long as SQLite would have goes on and lets SQLite refuse; the turn waited for
    is then taken for lost, so that the next ones do not wait for it as well.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def enter(self, holder: dict[Any, Any]) -> None:
        """Wait for the turn; a connection that has it keeps it."""
        if HOLDS in holder:
            return
        turn = self._turn
        if turn.acquire(timeout=BUSY_MILLISECONDS / 1000):
            holder[HOLDS] = turn
        elif self._turn is turn:
            self._turn = threading.Lock()

    def leave(self, holder: dict[Any, Any]) -> None:
        """Let the next one write, if this connection was writing."""
        turn: threading.Lock | None = holder.pop(HOLDS, None)
        if turn is not None:
            turn.release()


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
    queue = WriteQueue()
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", lambda connection: _begin(connection, queue))
    event.listen(engine, "checkin", lambda _, record: queue.leave(record.info))
    event.listen(engine, "close", lambda _, record: queue.leave(record.info))


def _set_pragmas(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection, queue: WriteQueue) -> None:
    if _only_reading.get():
        connection.exec_driver_sql("BEGIN")
        return
    queue.enter(connection.info)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        queue.leave(connection.info)
        raise
