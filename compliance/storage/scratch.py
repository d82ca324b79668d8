"""A private copy of the database to try things on: the same rows, in a file of its own that is gone afterwards."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.orm import Session

from compliance.storage.base import Base
from compliance.storage.engine import only_reading

NOT_NEEDED = frozenset({"event", "file_seal", "kept_form", "scorecard"})
"""Tables that nothing reads which falls due; they hold most of an installation's bytes."""
AT_ONCE = 1000
CARELESS = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "temp_store=MEMORY")


@contextmanager
def scratch_copy(engine: Engine) -> Iterator[Session]:
    """A session on a copy of everything, as it is at one moment. Nothing done with it reaches the original."""
    with tempfile.TemporaryDirectory(prefix="compliance-scratch-") as folder:
        copy = create_engine(f"sqlite:///{Path(folder) / 'copy.sqlite'}", hide_parameters=True)
        event.listen(copy, "connect", _be_careless)
        event.listen(copy, "begin", _begin)
        try:
            _copy_file(engine, copy) if engine.dialect.name == "sqlite" else _copy_rows(engine, copy)
            with Session(copy, expire_on_commit=False) as session:
                yield session
        finally:
            copy.dispose()


def _copy_file(engine: Engine, copy: Engine) -> None:
    """SQLite copies its own file, while others go on writing."""
    with engine.connect() as source, copy.connect() as target:
        original, duplicate = _driver(source), _driver(target)
        original.backup(duplicate)


def _copy_rows(engine: Engine, copy: Engine) -> None:
    """Any other database is read as of one moment."""
    Base.metadata.create_all(copy)
    with only_reading(), engine.connect() as connection, copy.begin() as target:
        source = connection.execution_options(isolation_level="REPEATABLE READ", yield_per=AT_ONCE)
        for table in Base.metadata.sorted_tables:
            if table.name in NOT_NEEDED:
                continue
            columns = [column for column in table.columns if column.computed is None]
            for rows in source.execute(select(*columns)).mappings().partitions(AT_ONCE):
                target.execute(insert(table), [dict(row) for row in rows])


def _driver(connection: Connection) -> sqlite3.Connection:
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _be_careless(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None
    for pragma in CARELESS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
