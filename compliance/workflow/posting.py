"""Posting: writing a mail into the outbox, once, in the same transaction as the reason for it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.digests import Pace, digest_day
from compliance.reviews.working_time import sending_moment
from compliance.storage.models import Contact, DueRow, Message, User
from compliance.storage.waking import MAIL, wake_after_commit

DIGEST = "digest"
"""The kind of a mail that stands for several, and of the due row that writes it."""
GATHERED = "gathered"
"""The state of a mail that waits for its reader's digest."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mail to be written.

    `key` is unique among all mails: kind, object and date; the recipient is added to it. `kind` names the
    template `emails/<kind>.html` and `.txt`. `params` are plain JSON values and hold no answers, no secrets.
    `why` and `cancelled_by` are English sentences that pages translate. `may_wait` says that staff who want
    their mails gathered get it with the others, unless its `due_on` comes first.
    """

    kind: str
    key: str
    why: str
    cancelled_by: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    supplier_id: int | None = None
    assessment_id: int | None = None
    contract_id: int | None = None
    may_wait: bool = False


def post_to_contact(session: Session, contact: Contact, draft: Draft, *, now: datetime) -> Message | None:
    """Queue a mail to a supplier's contact; None when this very mail was written before or mails bounce there."""
    if not contact.active or contact.bounced_at is not None:
        return None
    return _post(
        session, draft, f"contact:{contact.id}", contact.email, contact.locale, now, contact_id=contact.id
    )


def post_to_user(session: Session, user: User, draft: Draft, *, now: datetime) -> Message | None:
    """Queue a mail to a staff member, or gather it for their digest; None when this very mail was written before."""
    if not user.active or user.email is None:
        return None
    message = _post(session, draft, f"user:{user.id}", user.email, user.locale, now, user_id=user.id)
    day = digest_day(Pace(user.mail_pace), written_at=now, deadline=draft.due_on) if draft.may_wait else None
    if message is not None and day is not None:
        _gather(session, message, user, day, now=now)
    return message


def post_to_address(
    session: Session, email: str, locale: str, draft: Draft, *, now: datetime
) -> Message | None:
    """Queue a mail to an address that is no longer anybody's (the former contact, told of the change)."""
    return _post(session, draft, email, email, locale, now)


def _post(
    session: Session, draft: Draft, to: str, email: str, locale: str, now: datetime, **owner: int
) -> Message | None:
    key = f"{draft.key}>{to}"
    if session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return None
    message = Message(
        key=key,
        kind=draft.kind,
        recipient=email,
        locale=locale,
        params=draft.params,
        why=draft.why,
        cancelled_by=draft.cancelled_by,
        due_on=draft.due_on,
        supplier_id=draft.supplier_id,
        assessment_id=draft.assessment_id,
        contract_id=draft.contract_id,
        next_attempt_at=now,
        created_at=now,
        **owner,
    )
    session.add(message)
    session.flush()
    wake_after_commit(session, MAIL)
    return message


def _gather(session: Session, message: Message, user: User, day: date, *, now: datetime) -> None:
    """Hold a mail back for the digest of a day, and see to it that this digest will be written."""
    moment = sending_moment(day, today=day_of(now))
    message.state, message.next_attempt_at = GATHERED, moment
    key = f"{DIGEST}:user-{user.id}:{day}"
    if session.scalar(select(DueRow.id).where(DueRow.key == key)) is None:
        row = DueRow(key=key, kind=DIGEST, source=f"user:{user.id}", due_on=day, due_at=moment, params={})
        session.add(row)
    session.flush()
