"""One tick: everything that is due is done, each row in a transaction of its own; then the workers are woken."""

from collections import Counter
from datetime import datetime

import structlog
from flask import Flask

from compliance.jobs.scanning import scan_waiting
from compliance.jobs.tidying import tidy_up
from compliance.jobs.transactions import reading, transaction
from compliance.storage.waking import MAIL, READING
from compliance.workflow.leasing import is_first_of_day, note_tick
from compliance.workflow.reading import is_anything_waiting, put_back_expired
from compliance.workflow.releasing import note_releases
from compliance.workflow.sealing import destroy_keys
from compliance.workflow.sending import is_anything_due
from compliance.workflow.ticking import do_due_row, due_rows, push_ahead

BATCH = 500

log = structlog.get_logger()


def tick(app: Flask, *, now: datetime) -> Counter[str]:
    """Do everything due at `now`; counts by outcome: done, superseded, cancelled, failed.

    Any number of clocks may tick at once: a row is done by the one that claims it. A second tick at the same
    moment finds nothing.
    """
    counts = do_due_rows(app, now=now)
    with transaction(app) as session:
        put_back_expired(session, now=now)
        destroy_keys(session, now=now)
        is_new_day = is_first_of_day(session, now=now)
        note_tick(session, now=now)
    if is_new_day:
        with transaction(app) as session:
            note_releases(session, now=now)
        tidy_up(app, now=now)
    wake_for_what_waits(app, now=now)
    scan_waiting(app, now=now)
    if counts:
        log.info("tick", **counts)
    return counts


def do_due_rows(app: Flask, *, now: datetime) -> Counter[str]:
    """Do what is due, batch by batch, also what arming brings up meanwhile; no row is tried twice."""
    counts: Counter[str] = Counter()
    tried: set[int] = set()
    while fresh := [row_id for row_id in _due(app, now) if row_id not in tried]:
        for row_id in fresh:
            outcome = _do(app, row_id, now)
            if outcome is not None:
                counts[outcome] += 1
        tried.update(fresh)
    return counts


def wake_for_what_waits(app: Flask, *, now: datetime) -> None:
    """Repair lost wake-ups: the rows say what waits."""
    with reading(app) as session:
        waiting = {MAIL: is_anything_due(session, now=now), READING: is_anything_waiting(session, now=now)}
    for queue, waits in waiting.items():
        if waits:
            app.extensions["wake"](queue)


def _due(app: Flask, now: datetime) -> list[int]:
    with reading(app) as session:
        return due_rows(session, now=now, limit=BATCH)


def _do(app: Flask, row_id: int, now: datetime) -> str | None:
    try:
        with transaction(app) as session:
            return do_due_row(session, row_id, now=now)
    except Exception as problem:  # a failing row is pushed ahead and must not block the others
        log.exception("due row failed", row=row_id)
        with transaction(app) as session:
            push_ahead(session, row_id, type(problem).__name__, now=now)
        return "failed"
