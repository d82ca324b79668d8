"""Leasing: one clock process is the active one; another stays idle and takes over when the first falls silent."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.storage.models import ClockLease

ONLY = 1
LEASE = timedelta(seconds=80)
"""Longer than two looks of the clock, short enough that another takes over within two minutes."""


def hold_lease(session: Session, holder: str, *, now: datetime) -> bool:
    """Take or renew the lease; False while another clock holds it."""
    _make_row(session)
    result = session.execute(
        update(ClockLease)
        .where(
            ClockLease.id == ONLY,
            or_(
                ClockLease.holder == holder, ClockLease.leased_until.is_(None), ClockLease.leased_until < now
            ),
        )
        .values(holder=holder, leased_until=now + LEASE)
    )
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)


def give_up_lease(session: Session, holder: str) -> None:
    """Let another clock begin at once, when this one stops in good order."""
    session.execute(
        update(ClockLease)
        .where(ClockLease.id == ONLY, ClockLease.holder == holder)
        .values(holder="", leased_until=None)
    )


def note_tick(session: Session, *, now: datetime) -> None:
    """Write down that everything due was looked at."""
    _make_row(session)
    session.execute(update(ClockLease).where(ClockLease.id == ONLY).values(last_tick_at=now))


def is_first_of_day(session: Session, *, now: datetime) -> bool:
    """Whether no clock has ticked since midnight in Europe/Stockholm."""
    last = session.scalar(select(ClockLease.last_tick_at).where(ClockLease.id == ONLY))
    return last is None or day_of(last) < day_of(now)


def _make_row(session: Session) -> None:
    if session.get(ClockLease, ONLY) is None:
        try:
            with session.begin_nested():
                session.add(ClockLease(id=ONLY))
        except IntegrityError:  # another clock made it in the same moment
            session.expire_all()
