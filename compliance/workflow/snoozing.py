"""Snoozing: a procurer puts a review off until a day, with a reason; it comes back then, or when it gets worse.

A critical review stays on the desk while it is put off, and everyone who answers for the contract gets a mail.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.parameters import parameters
from compliance.reviews.snoozes import last_snooze_day, snooze_refusals
from compliance.reviews.working_time import sending_moment
from compliance.storage.models import DueRow, Review, User
from compliance.suppliers.refusals import Refusal
from compliance.workflow.addressing import procurers
from compliance.workflow.flagging import severity_word, wake
from compliance.workflow.opening import reasons_that_hold
from compliance.workflow.recording import contract_case, record
from compliance.workflow.telling import Told, sentences_of, tell_office

SNOOZE = "snooze"


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


CRITICAL_PUT_OFF = N_("A critical review was put off until %(until)s. The reason stands on its page.")
BACK = N_("The review was put off until %(until)s and is back.")


class SnoozeRefusedError(Exception):
    """The review cannot be put off like this; `refusals` name until or reason."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{refusal.at}: {refusal.message}" for refusal in refusals))
        self.refusals = refusals


class NotOnDeskError(Exception):
    """The review was closed in the meantime, or is not put off."""


def latest_day(session: Session, review: Review, *, today: date) -> date:
    """Until when this review may be put off: never past the first day to act by that is still ahead."""
    days = [one.due_on for one in reasons_that_hold(session, review) if one.due_on and one.due_on > today]
    severity = severity_word(review.severity)
    return last_snooze_day(severity, min(days, default=None), today=today, rules=parameters())


def snooze(
    session: Session, review: Review, until: date | None, reason: str, *, by: User, now: datetime
) -> None:
    """Put a review off. Raises `SnoozeRefusedError`, `NotOnDeskError`."""
    today = day_of(now)
    session.refresh(review, with_for_update=True)
    if review.closed_at is not None or review.waiting:
        raise NotOnDeskError
    refusals = snooze_refusals(until, reason, latest=latest_day(session, review, today=today), today=today)
    if refusals or until is None:
        raise SnoozeRefusedError(refusals)
    review.snoozed_until, review.snooze_reason = until, reason.strip()
    review.snoozed_severity, review.snoozed_by_id = review.severity, by.id
    session.flush()
    payload = {"review": review.id, "until": until.isoformat(), "severity": review.severity}
    case = contract_case(review.contract_id)
    event = record(session, case, "review_snoozed", actor=f"user:{by.id}", now=now, payload=payload)
    _arm_return(session, review, until, now=now)
    if review.severity == "critical":
        values = {"until": until.isoformat()}
        told = Told(f"snoozed:{review.id}-{event.sequence}", "critical", None, [(CRITICAL_PUT_OFF, values)])
        tell_office(session, review, told, now=now, others=procurers(session))


def take_back(session: Session, review: Review, *, actor: str, now: datetime) -> None:
    """Bring a review back before its day. Raises `NotOnDeskError`."""
    session.refresh(review, with_for_update=True)
    if review.closed_at is not None or review.snoozed_until is None:
        raise NotOnDeskError
    review.snoozed_until, review.snoozed_severity = None, ""
    _call_off(session, review, now=now)
    payload = {"review": review.id, "severity": review.severity}
    record(session, contract_case(review.contract_id), "review_woken", actor=actor, now=now, payload=payload)


def end_snooze(session: Session, review: Review, *, on: date, now: datetime) -> bool:
    """The day has come: the review is back, and the office is told. False when it was decided or moved."""
    session.refresh(review, with_for_update=True)
    if review.closed_at is not None or review.snoozed_until != on:
        return False
    wake(session, review, now=now)
    reasons = reasons_that_hold(session, review)
    sentences: list[tuple[str, Mapping[str, Any]]] = [(BACK, {"until": on.isoformat()})]
    for reason in reasons:
        sentences += sentences_of(reason.trigger, reason.params, now=now)
    told = Told(f"back:{review.id}-{on.isoformat()}", review.severity, review.due_on, sentences)
    tell_office(session, review, told, now=now)
    return True


def _arm_return(session: Session, review: Review, until: date, *, now: datetime) -> None:
    _call_off(session, review, now=now)
    key = f"{SNOOZE}:review-{review.id}:{until}"
    source = f"review:{review.id}"
    row = session.scalar(select(DueRow).where(DueRow.key == key)) or DueRow(key=key, source=source, params={})
    row.kind, row.due_on, row.done_at, row.outcome = SNOOZE, until, None, None
    row.due_at = sending_moment(until, today=day_of(now))
    session.add(row)
    session.flush()


def _call_off(session: Session, review: Review, *, now: datetime) -> None:
    session.execute(
        update(DueRow)
        .where(DueRow.source == f"review:{review.id}", DueRow.done_at.is_(None))
        .values(done_at=now, outcome="cancelled")
    )
