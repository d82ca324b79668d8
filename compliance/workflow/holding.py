"""Holding mail back: after a restore nothing leaves until a person has looked at what waits."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.installation import THE_INSTALLATION
from compliance.storage.models import Installation, Message

WAITING = ("queued", "sending")


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


DROPPED = N_("Dropped by hand after a restore: it may have been sent already.")


def held_since(session: Session) -> datetime | None:
    """Since when no mail leaves; None when it does."""
    return session.scalar(select(Installation.mail_held_at).where(Installation.id == THE_INSTALLATION))


def release_mail(session: Session) -> None:
    """Let mail leave again, with what has gathered."""
    session.get_one(Installation, THE_INSTALLATION).mail_held_at = None


def waiting_mail(session: Session) -> list[Message]:
    """The mails that would leave, oldest first."""
    waiting = select(Message).where(Message.state.in_(WAITING))
    return list(session.scalars(waiting.order_by(Message.created_at, Message.id)))


def drop_mail(messages: Iterable[Message]) -> None:
    """Never send these: they left before the database was put back to an earlier day."""
    for message in messages:
        message.state, message.last_error, message.leased_until = "cancelled", DROPPED, None
