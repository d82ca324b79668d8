"""Sending: a mail is claimed, composed, handed over, and what became of it is written down.

Each function is one transaction of the job that calls it; the talk with the mail server lies between them.
A sender that dies after the server's yes leaves a claim that runs out, and a connection may break before the yes is
heard; the mail is then sent again and marked `uncertain`, because a mail too many does less harm than a mail too few.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from compliance.storage.models import Assessment, Contact, Contract, Message
from compliance.workflow.addressing import office_for
from compliance.workflow.digesting import settle
from compliance.workflow.holding import held_since
from compliance.workflow.posting import Draft, post_to_user
from compliance.workflow.recording import assessment_case, contract_case, record
from compliance.workflow.withdrawing import TO_COLLEAGUE

LEASE = timedelta(minutes=10)
BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
MOST_ATTEMPTS = 22
"""About three days with the back-off above; then a person has to look."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


GAVE_UP = N_("The mail could not be delivered in three days.")
RECIPIENT_REFUSED = N_("The mail server says that this address does not exist or takes no mail.")
BOUNCE_WHY = N_("A mail to a supplier could not be delivered.")


@dataclass(frozen=True)
class Claim:
    """The right to send one message until a moment; `until` also tells this claim from a later one."""

    message_id: int
    until: datetime


def is_anything_due(session: Session, *, now: datetime) -> bool:
    """Whether a claim would find something; a plain read, so that idle looks cost no write lock.

    Nothing is due while mail is held after a restore.
    """
    return held_since(session) is None and session.scalar(_next_due(now)) is not None


def claim_next(session: Session, *, now: datetime) -> Claim | None:
    """Take the message that has waited longest; None when none is due. Commit before talking to a server."""
    if held_since(session) is not None:
        return None
    while (message_id := session.scalar(_next_due(now))) is not None:
        until = now + LEASE
        taken = session.execute(
            update(Message)
            .where(Message.id == message_id, _is_due(now))
            .values(
                state="sending",
                leased_until=until,
                attempts=Message.attempts + 1,
                uncertain=or_(Message.uncertain, Message.state == "sending"),
            )
        )
        if _changed(taken):
            return Claim(message_id, until)
    return None


def mark_sent(session: Session, claim: Claim, *, now: datetime) -> bool:
    """The server said yes. False when the claim had run out and another sender holds the message."""
    if not _finish(session, claim, state="sent", sent_at=now, last_error=""):
        return False
    settle(session, claim.message_id, state="sent", sent_at=now)
    message = session.get_one(Message, claim.message_id)
    _record(session, message, "mail_sent", now)
    return True


def mark_withdrawn(session: Session, claim: Claim, reason: str) -> None:
    """The cause of the mail is gone: it is never sent."""
    if _finish(session, claim, state="cancelled", last_error=reason):
        settle(session, claim.message_id, state="cancelled", last_error=reason)


def mark_delayed(
    session: Session, claim: Claim, problem: str, *, now: datetime, unsure: bool = False
) -> None:
    """Not now: try again later, more and more seldom, and give up after about three days.

    `unsure` says that the server may have the mail all the same.
    """
    message = session.get_one(Message, claim.message_id)
    message.uncertain = message.uncertain or unsure
    if message.attempts >= MOST_ATTEMPTS:
        mark_failed(session, claim, GAVE_UP)
        return
    step = BACK_OFF_MINUTES[min(message.attempts, len(BACK_OFF_MINUTES)) - 1]
    _finish(
        session,
        claim,
        state="queued",
        next_attempt_at=now + timedelta(minutes=step),
        last_error=problem,
    )


def mark_failed(session: Session, claim: Claim, problem: str) -> None:
    """The server will never take this mail, whoever it is for; staff see it in the list of messages."""
    if _finish(session, claim, state="failed", last_error=problem):
        settle(session, claim.message_id, state="failed", last_error=problem)


def mark_bounced(session: Session, claim: Claim, *, now: datetime) -> None:
    """The recipient was refused for good, in our talk with the server: see `note_bounce`."""
    if _finish(session, claim, state="failed", last_error=RECIPIENT_REFUSED):
        note_bounce(session, session.get_one(Message, claim.message_id), now=now)


def note_bounce(session: Session, message: Message, *, now: datetime) -> None:
    """A mail cannot be delivered to its address: the contact gets no more mail, and the office is told.

    A contact whose address was changed since is left alone.
    """
    message.state, message.last_error = "failed", RECIPIENT_REFUSED
    settle(session, message.id, state="failed", last_error=RECIPIENT_REFUSED)
    contact = session.get(Contact, message.contact_id) if message.contact_id is not None else None
    if contact is None or contact.email != message.recipient:
        return
    contact.bounced_at = contact.bounced_at or now
    _record(session, message, "mail_bounced", now)
    if contact.is_colleague:
        return  # the supplier's own affair: the one who invited sees it
    for user in office_for(session, _contracts(session, message)):
        post_to_user(session, user, _bounce_notice(message), now=now)


def _bounce_notice(message: Message) -> Draft:
    return Draft(
        kind="mail_bounced",
        key=f"mail_bounced:{message.id}",
        why=BOUNCE_WHY,
        params={"kind": message.kind},
        may_wait=True,
        supplier_id=message.supplier_id,
        assessment_id=message.assessment_id,
        contract_id=message.contract_id,
    )


def _contracts(session: Session, message: Message) -> list[Contract]:
    if message.assessment_id is not None:
        return session.get_one(Assessment, message.assessment_id).contracts
    contract = session.get(Contract, message.contract_id) if message.contract_id is not None else None
    return [contract] if contract is not None else []


def _record(session: Session, message: Message, name: str, now: datetime) -> None:
    payload = {"message": message.id, "kind": message.kind}
    if message.assessment_id is not None:
        case, own = assessment_case(message.assessment_id), message.kind in TO_COLLEAGUE
        record(session, case, name, actor="system", now=now, payload=payload, draft=own)
    elif message.contract_id is not None:
        record(session, contract_case(message.contract_id), name, actor="system", now=now, payload=payload)


def _is_due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(Message.state == "queued", Message.next_attempt_at <= now)
    left_behind = and_(Message.state == "sending", Message.leased_until < now)
    return or_(waiting, left_behind)


def _next_due(now: datetime) -> Select[int]:
    return select(Message.id).where(_is_due(now)).order_by(Message.next_attempt_at, Message.id).limit(1)


def _finish(session: Session, claim: Claim, **values: object) -> bool:
    """Write the outcome if the claim still holds."""
    result = session.execute(
        update(Message)
        .where(
            Message.id == claim.message_id, Message.state == "sending", Message.leased_until == claim.until
        )
        .values(leased_until=None, **values)
    )
    return _changed(result)


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
