"""Feeding calendars: secret addresses by which a person's calendar fetches contracts' days.

Only a hash of the token is stored; the address is shown once, when it is made. It opens nothing but the calendar.
"""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.storage.models import CalendarFeed, User
from compliance.workflow.linking import TOKEN_BYTES, hash_of

MOST = 10


class TooManyFeedsError(Exception):
    """The person has as many addresses as anybody needs; one must be revoked first."""


def make_feed(session: Session, user: User, *, everybodys: bool, now: datetime) -> str:
    """A new address; gives its token, which cannot be had again. Raises `TooManyFeedsError`."""
    if len(feeds_of(session, user)) >= MOST:
        raise TooManyFeedsError
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = CalendarFeed(user_id=user.id, token_hash=hash_of(token), everybodys=everybodys, created_at=now)
    session.add(row)
    session.flush()
    return token


def feeds_of(session: Session, user: User) -> list[CalendarFeed]:
    """A person's addresses that work, the oldest first."""
    query = select(CalendarFeed).where(CalendarFeed.user_id == user.id, CalendarFeed.revoked_at.is_(None))
    return list(session.scalars(query.order_by(CalendarFeed.id)))


def find_feed(session: Session, token: str) -> CalendarFeed | None:
    """The feed that a token opens; None when it was revoked, was never made, or its person has left."""
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == hash_of(token)))
    if feed is None or feed.revoked_at is not None or not feed.user.active or not feed.user.roles:
        return None
    return feed


def is_first_use_today(feed: CalendarFeed, *, now: datetime) -> bool:
    """Whether the use is worth noting: calendars ask many times a day."""
    return feed.last_used_on != day_of(now)


def note_use(session: Session, feed_id: int, *, now: datetime) -> None:
    """Write down that the address was used today."""
    session.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id).values(last_used_on=day_of(now)))


def revoke_feed(session: Session, feed: CalendarFeed, *, now: datetime) -> None:
    """Let an address answer no more."""
    feed.revoked_at = now
    session.flush()
