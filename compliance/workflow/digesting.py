"""Digesting: mails that can wait are gathered, and go to their reader as one."""

from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from compliance.storage.models import Message, User
from compliance.workflow.posting import DIGEST, GATHERED, Draft, post_to_user
from compliance.workflow.withdrawing import reason_to_withdraw


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


GATHERED_MAILS = N_("Mails that could wait were gathered, as their reader has chosen.")
UNTIL_NOTHING_HOLDS = N_("Nothing that was gathered is of interest any more.")


def gather(session: Session, user: User, *, on: date, now: datetime) -> Message | None:
    """Write the digest of a day with all that has gathered; None when nothing has.

    Its key names reader and day, so that a night that is caught up twice writes one digest.
    """
    waiting = list(session.scalars(_gathered(user.id, now)))
    if not waiting:
        return None
    draft = Draft(
        kind=DIGEST,
        key=f"{DIGEST}:{on.isoformat()}",
        why=GATHERED_MAILS,
        cancelled_by=UNTIL_NOTHING_HOLDS,
        params={"day": on.isoformat()},
    )
    digest = post_to_user(session, user, draft, now=now)
    if digest is None:
        return None
    for message in waiting:
        message.digest_id = digest.id
    session.flush()
    return digest


def contents(session: Session, digest: Message) -> list[Message]:
    """The mails a digest stands for, in the order in which they were written."""
    held = select(Message).where(Message.digest_id == digest.id, Message.state == GATHERED)
    return list(session.scalars(held.order_by(Message.id)))


def drop_stale(session: Session, digest: Message) -> None:
    """Take out of a digest what is of no interest any more, each with its reason."""
    for message in contents(session, digest):
        reason = reason_to_withdraw(session, message)
        if reason is not None:
            message.state, message.last_error = "cancelled", reason
    session.flush()


def settle(session: Session, digest_id: int, **values: object) -> None:
    """What became of a digest became of everything in it."""
    session.execute(
        update(Message).where(Message.digest_id == digest_id, Message.state == GATHERED).values(**values)
    )


def _gathered(user_id: int, now: datetime) -> Select[Message]:
    due = (Message.user_id == user_id, Message.state == GATHERED, Message.next_attempt_at <= now)
    return select(Message).where(*due, Message.digest_id.is_(None)).order_by(Message.id)
