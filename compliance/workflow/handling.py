"""Handling: what a supplier asked for instead of answering is granted or refused, with everything that follows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from compliance.assessments import State, step
from compliance.storage.models import Assessment, Contact, SupplierRequest, User
from compliance.workflow import arming
from compliance.workflow.contacting import ContactDetails, add_contact, hand_over
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.starting import cancel_round, change_due_day

MORE_TIME, OTHER_PERSON, NO_LONGER_DELIVERS = "more_time", "other_person", "no_longer_delivers"


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


REFUSED_WHY = N_("A procurer answered no to what the supplier asked for.")


class AlreadyHandledError(Exception):
    """Somebody else has answered the request in the meantime."""


@dataclass(frozen=True, kw_only=True)
class Granting:
    """What is granted: another last day, or another person, as the procurer confirmed it."""

    due_on: date | None = None
    contact: ContactDetails | None = None


def grant(session: Session, request: SupplierRequest, granting: Granting, *, by: User, now: datetime) -> None:
    """Do what the supplier asked for.

    Raises `AlreadyHandledError`, `NotAllowedNow` and `DayOutOfRangeError`.
    """
    assessment = request.assessment
    actor = _answer(session, request, granted=True, by=by, now=now)
    if request.kind == MORE_TIME:
        assert granting.due_on is not None, "the form demands a day"
        change_due_day(session, assessment, granting.due_on, actor=actor, now=now)
    elif request.kind == OTHER_PERSON:
        assert granting.contact is not None, "the form demands a person"
        hand_over(
            session,
            assessment,
            _person(session, assessment, granting.contact, actor=actor, now=now),
            actor=actor,
            now=now,
        )
    else:
        cancel_round(session, assessment, actor=actor, now=now)


def refuse(session: Session, request: SupplierRequest, *, by: User, now: datetime) -> None:
    """Answer no; a round that the supplier declined is open to it again. Raises `AlreadyHandledError`."""
    assessment = request.assessment
    _answer(session, request, granted=False, by=by, now=now)
    if State(assessment.state) is State.DECLINED:
        assessment.state = step(State.DECLINED, State.ANSWERING)
        session.flush()
        arming.rearm_assessment(session, assessment, now=now)
    draft = Draft(
        kind="request_refused",
        key=f"request_refused:{request.id}",
        why=REFUSED_WHY,
        params={"request": request.kind, "due_on": assessment.due_on.isoformat()},
        due_on=assessment.due_on,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, assessment.contact, draft, now=now)


def _answer(session: Session, request: SupplierRequest, *, granted: bool, by: User, now: datetime) -> str:
    """Note the answer, once: of two people who press at the same time the second is told."""
    handled = session.execute(
        update(SupplierRequest)
        .where(SupplierRequest.id == request.id, SupplierRequest.handled_at.is_(None))
        .values(handled_at=now, handled_by_id=by.id, granted=granted)
    )
    assert isinstance(handled, CursorResult)
    if handled.rowcount != 1:
        raise AlreadyHandledError
    session.refresh(request)
    actor = f"user:{by.id}"
    payload = {"request": request.id, "kind": request.kind}
    name = "request_granted" if granted else "request_refused"
    record(session, assessment_case(request.assessment_id), name, actor=actor, now=now, payload=payload)
    return actor


def _person(
    session: Session, assessment: Assessment, details: ContactDetails, *, actor: str, now: datetime
) -> Contact:
    """The contact with this address, or a new one."""
    supplier = assessment.supplier
    for contact in supplier.contacts:
        if contact.active and contact.email.casefold() == details.email.casefold():
            return contact
    return add_contact(session, supplier, details, actor=actor, now=now)
