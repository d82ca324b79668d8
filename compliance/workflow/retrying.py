"""Retrying: rows of the clock that failed are shown to the administrator, who can have one tried at once."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from compliance.storage.models import DueRow, Installation
from compliance.workflow.opening import MOST_PER_DAY, OPENING, queue_opening
from compliance.workflow.recording import OFFICE, record

SHOWN = 100
ONLY = 1


class OutOfRangeError(Exception):
    """The number of reviews a day is below one or too large."""


def failing_rows(session: Session) -> list[DueRow]:
    """Rows that have failed and are not done, the one that is tried next first; at most a hundred."""
    query = select(DueRow).where(DueRow.done_at.is_(None), DueRow.attempts > 0)
    return list(session.scalars(query.order_by(DueRow.due_at, DueRow.id).limit(SHOWN)))


def count_failing(session: Session) -> int:
    """How many rows have failed and are not done."""
    query = select(func.count(DueRow.id)).where(DueRow.done_at.is_(None), DueRow.attempts > 0)
    return session.scalar(query) or 0


def try_now(session: Session, row: DueRow, *, now: datetime) -> None:
    """Have the clock try a row with its next tick; nothing when it was done meanwhile."""
    session.execute(update(DueRow).where(DueRow.id == row.id, DueRow.done_at.is_(None)).values(due_at=now))


def set_per_day(session: Session, number: int, *, actor: str, now: datetime) -> None:
    """How many new reviews come to the desk in a day, from now on. Raises `OutOfRangeError`."""
    if not 1 <= number <= MOST_PER_DAY:
        raise OutOfRangeError
    installation = session.get(Installation, ONLY)
    if installation is None:
        installation = Installation(id=ONLY, created_at=now)
        session.add(installation)
    if installation.reviews_per_day == number:
        return
    payload = {"before": installation.reviews_per_day, "after": number}
    installation.reviews_per_day = number
    session.flush()
    record(session, OFFICE, "reviews_per_day_changed", actor=actor, now=now, payload=payload)
    if session.scalar(select(DueRow.id).where(DueRow.key == OPENING)) is not None:
        queue_opening(session, now=now)
