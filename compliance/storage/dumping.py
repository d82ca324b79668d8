"""All rows of a database as lines of JSON, the same for SQLite and PostgreSQL, and back into an empty one.

The tables are taken as they are found, not from the models, so that an old copy can be loaded under the
migrations of its own time and be brought up to date afterwards.
"""

import base64
import json
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import SAWarning
from sqlalchemy.schema import sort_tables_and_constraints

LEFT_OUT = frozenset({"alembic_version", "file_seal"})
"""What migrations keep for themselves, and keys that are to be destroyed: a copy would outlive them."""
AT_ONCE = 500


class NotEmptyError(Exception):
    """The database holds rows already; `table` is the first table that does."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


def tables_of(connection: Connection) -> dict[str, Table]:
    """Every table that is there and may be copied."""
    found = MetaData()
    with warnings.catch_warnings():  # indexes that cannot be reflected do not matter to rows
        warnings.filterwarnings("ignore", category=SAWarning, message="Skipped unsupported reflection")
        found.reflect(connection)
    return {name: table for name, table in found.tables.items() if name not in LEFT_OUT}


def dump_table(connection: Connection, table: Table, file: Path) -> int:
    """Write a line a row, in the order of the primary key; how many there were. Computed columns are left out."""
    kept = [column for column in table.columns if column.computed is None]
    query = select(*kept).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=AT_ONCE).execute(query)
    count = 0
    with file.open("w", encoding="utf-8") as lines:
        for row in rows.mappings():
            written = {name: _written(value) for name, value in row.items()}
            lines.write(json.dumps(written, ensure_ascii=False) + "\n")
            count += 1
    return count


def refuse_unless_empty(connection: Connection) -> None:
    """Raises `NotEmptyError` when any table has a row."""
    for name, table in tables_of(connection).items():
        if connection.execute(select(table).limit(1)).first() is not None:
            raise NotEmptyError(name)


def load_tables(connection: Connection, folder: Path) -> dict[str, int]:
    """Fill the empty tables from their files; how many rows each got.

    References that run in a circle (a contract to its framework, say) are set after all rows are there.
    """
    counts: dict[str, int] = {}
    tables = tables_of(connection)
    late: list[tuple[Table, set[str]]] = []
    for table, waiting in _in_order(tables):
        counts[table.name] = _load(connection, table, folder, leave_out=waiting)
        if waiting:
            late.append((table, waiting))
    for table, waiting in late:
        _refer(connection, table, folder, waiting)
    if connection.dialect.name == "postgresql":
        for table in tables.values():
            _continue_counting(connection, table)
    return counts


def _in_order(tables: dict[str, Table]) -> list[tuple[Table, set[str]]]:
    """Tables such that each comes after those it refers to, each with the columns for which this cannot be."""
    ordered = list(sort_tables_and_constraints(tables.values()))  # type: ignore[no-untyped-call]
    circular = [constraint for table, constraints in ordered if table is None for constraint in constraints]
    found = []
    for table, _ in ordered:
        if table is None:
            continue
        own = [c for c in table.foreign_key_constraints if c.referred_table is table or c in circular]
        found.append((table, {column.name for constraint in own for column in constraint.columns}))
    return found


def _load(connection: Connection, table: Table, folder: Path, *, leave_out: set[str]) -> int:
    count = 0
    for rows in _batches(table, folder):
        connection.execute(insert(table), [row | dict.fromkeys(leave_out) for row in rows])
        count += len(rows)
    return count


def _refer(connection: Connection, table: Table, folder: Path, columns: set[str]) -> None:
    keys = list(table.primary_key.columns)
    for rows in _batches(table, folder):
        for row in rows:
            values = {name: row[name] for name in columns if row.get(name) is not None}
            if values:
                this = (key == row[key.name] for key in keys)
                connection.execute(update(table).where(*this).values(values))


def _batches(table: Table, folder: Path) -> Iterator[list[dict[str, Any]]]:
    file = folder / f"{table.name}.jsonl"
    if not file.is_file():  # a table that came with a later migration
        return
    rows: list[dict[str, Any]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            rows.append({name: _read(table.c[name], value) for name, value in json.loads(line).items()})
            if len(rows) == AT_ONCE:
                yield rows
                rows = []
    if rows:
        yield rows


def _written(value: object) -> object:
    """What JSON can hold. A moment is written in UTC with its zone, whatever the database kept."""
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return aware.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _read(column: Column[Any], value: Any) -> object:
    """The reverse, as the column's database takes it."""
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if column.type.timezone else moment.replace(tzinfo=None)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return Decimal(value) if isinstance(value, str) and column.type.python_type is Decimal else value


def _continue_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters know nothing of rows that came with their numbers."""
    for column in table.primary_key.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        )
        highest = connection.scalar(select(func.max(column))) if sequence else None
        if highest is not None:
            connection.execute(
                text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest}
            )
