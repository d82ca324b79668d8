"""What the clock costs: a tick by what is due and not by what exists, all days anew, and a rehearsal of 90 days."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Table, bindparam, insert, select, update

from benchmarks._contracts import NOW, build_contracts, installation, make_due, tell_statistics
from benchmarks._databases import DATABASES, Database
from benchmarks.measured import Measured, Skipped
from compliance.extensions import db
from compliance.jobs.recomputing import recompute_all
from compliance.jobs.ticks import do_due_rows
from compliance.storage.models import CalendarDay, Contract, DueRow
from compliance.storage.scratch import scratch_copy
from compliance.workflow.rehearsing import rehearse

SIZES, SIZES_IN_FULL = (200, 1_000), (1_000, 10_000, 100_000)
DUE, DUE_IN_FULL = 50, 500
REHEARSED, REHEARSED_IN_FULL = 500, 10_000
DAYS = 90
LATER = timedelta(minutes=5)
TICK_GOAL, RECOMPUTE_GOAL, REHEARSAL_GOAL = 1.5, 8.0, 3.0


def run(*, full: bool) -> Iterator[Measured | Skipped]:
    """All three on each database; a small run only shows that nothing has gone astray."""
    for database in DATABASES:
        with tempfile.TemporaryDirectory() as name:
            yield from _on(database, Path(name), full=full)


def _on(database: Database, folder: Path, *, full: bool) -> Iterator[Measured | Skipped]:
    ticks: dict[int, float] = {}
    for size in SIZES_IN_FULL if full else SIZES:
        with _contracts(database, folder, size) as app:
            recomputed, bare = _timed(lambda app=app: recompute_all(app, now=NOW)), _bare()
            if size == (SIZES_IN_FULL if full else SIZES)[-1]:
                yield Measured(
                    f"{database.name}: all days of {size} contracts anew, as bare read and write",
                    recomputed / bare,
                    RECOMPUTE_GOAL if full else None,
                    f"{recomputed:.1f} s, bare {bare:.1f} s",
                )
            due = DUE_IN_FULL if full else DUE
            make_due(due, count=size)
            tell_statistics()
            ticks[size] = _timed(lambda app=app: do_due_rows(app, now=NOW))
    first, last = min(ticks), max(ticks)
    told = ", ".join(f"{size}: {seconds:.2f} s" for size, seconds in ticks.items())
    yield Measured(
        f"{database.name}: a tick with {due} due of {last} contracts, as of {first}",
        ticks[last] / ticks[first],
        TICK_GOAL if full else None,
        told,
    )
    yield _rehearsal(database, folder, REHEARSED_IN_FULL if full else REHEARSED, full=full)


def _rehearsal(database: Database, folder: Path, size: int, *, full: bool) -> Measured:
    told: list[int] = []

    def rehearsed() -> None:
        with scratch_copy(db.engine) as copy:
            told.append(len(rehearse(copy, start=NOW + LATER, days=DAYS)))

    with _contracts(database, folder, size) as app:
        recomputed = _timed(lambda: recompute_all(app, now=NOW))
        took = _timed(rehearsed)
    return Measured(
        f"{database.name}: {DAYS} days of {size} contracts rehearsed, as all days anew",
        took / recomputed,
        REHEARSAL_GOAL if full else None,
        f"{took:.1f} s for {told[0]} happenings, anew {recomputed:.1f} s",
    )


@contextmanager
def _contracts(database: Database, folder: Path, size: int) -> Iterator[Flask]:
    with database.fresh(folder) as url, installation(folder, url) as app, app.app_context():
        build_contracts(size)
        tell_statistics()
        yield app


def _bare() -> float:
    """Read the rows that recomputing wrote and write them all again, with nothing in between."""
    return _timed(_read_and_write)


def _read_and_write() -> None:
    with db.engine.begin() as connection:
        for model in (Contract, DueRow, CalendarDay):
            table = model.__table__
            assert isinstance(table, Table)
            columns = [column for column in table.columns if column.computed is None]
            rows = [dict(row) for row in connection.execute(select(*columns)).mappings()]
            if model is Contract:
                days = ("period_end", "ends_on", "last_notice_day", "last_working_notice_day")
                days += ("decide_by", "invite_by", "dates_computed_on")
                again = [{"row_id": row["id"], **{name: row[name] for name in days}} for row in rows]
                values: dict[str, Any] = {name: bindparam(name) for name in days}
                connection.execute(
                    update(table).where(table.c.id == bindparam("row_id")).values(values), again
                )
            else:
                connection.execute(table.delete())
                connection.execute(insert(table), rows)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
