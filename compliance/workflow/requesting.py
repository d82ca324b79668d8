"""Requesting: a supplier asks for something instead of answering; the procurer hears of it at once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State, step
from compliance.storage.models import Assessment, SupplierRequest, User
from compliance.storage.queries.answering import open_requests_of
from compliance.workflow import arming
from compliance.workflow.addressing import office_for
from compliance.workflow.posting import Draft, post_to_user
from compliance.workflow.recording import assessment_case, record

OTHER_PERSON = "other_person"
MORE_TIME = "more_time"
NO_LONGER_DELIVERS = "no_longer_delivers"


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ASKED = N_("A supplier asked for something instead of answering.")


def name_other_person(  # noqa: PLR0913  whom to write to instead
    session: Session, assessment: Assessment, *, name: str, email: str, phone: str, by: User, now: datetime
) -> SupplierRequest:
    """Somebody else should answer; the procurer hands over, since the address opens the answers."""
    details = {"name": name, "email": email, "phone": phone}
    return _ask(session, assessment, OTHER_PERSON, details, by=by, now=now)


def ask_for_more_time(
    session: Session, assessment: Assessment, *, due_on: date, reason: str, by: User, now: datetime
) -> SupplierRequest:
    """A later last day to answer, and why."""
    details = {"due_on": due_on.isoformat(), "reason": reason}
    return _ask(session, assessment, MORE_TIME, details, by=by, now=now)


def say_no_longer_delivers(
    session: Session, assessment: Assessment, *, reason: str, by: User, now: datetime
) -> SupplierRequest:
    """The company no longer delivers, and why it says so; reminders stop until a procurer has answered."""
    request = _ask(session, assessment, NO_LONGER_DELIVERS, {"reason": reason}, by=by, now=now)
    if State(assessment.state) in {State.INVITED, State.ANSWERING}:
        assessment.state = step(State(assessment.state), State.DECLINED)
        session.flush()
        arming.rearm_assessment(session, assessment, now=now)
    return request


def take_back(session: Session, assessment: Assessment, *, by: User, now: datetime) -> None:
    """The company delivers after all, and may answer again.

    Raises `NotAllowedNow` when there is nothing to take back, for instance because a procurer has answered: of two
    who press at the same time only one finds the request unanswered.
    """
    waiting = session.scalars(
        update(SupplierRequest)
        .where(
            SupplierRequest.assessment_id == assessment.id,
            SupplierRequest.kind == NO_LONGER_DELIVERS,
            SupplierRequest.handled_at.is_(None),
        )
        .values(handled_at=now, handled_by_id=by.id)  # nobody granted or refused it
        .returning(SupplierRequest.id)
    ).all()
    session.refresh(assessment, ["state"], with_for_update=True)
    present = State(assessment.state)
    if not waiting:
        raise NotAllowedNow(present, State.ANSWERING)
    for request_id in waiting:
        payload = {"request": request_id, "kind": NO_LONGER_DELIVERS}
        case, actor = assessment_case(assessment.id), f"contact:{by.contact_id}"
        record(session, case, "request_taken_back", actor=actor, now=now, payload=payload)
    if present is State.DECLINED:
        assessment.state = step(State.DECLINED, State.ANSWERING)
        session.flush()
        arming.rearm_assessment(session, assessment, now=now)


def _ask(
    session: Session, assessment: Assessment, kind: str, details: dict[str, Any], *, by: User, now: datetime
) -> SupplierRequest:
    """Write the request down once: asking the same again while it waits changes nothing. Raises `NotAllowedNow`."""
    present = State(assessment.state)
    if present not in OPEN_TO_SUPPLIER:
        raise NotAllowedNow(present, State.ANSWERING)
    for waiting in open_requests_of(session, assessment.id):
        if (waiting.kind, waiting.details) == (kind, details):
            return waiting
    request = SupplierRequest(assessment_id=assessment.id, kind=kind, details=details, created_at=now)
    session.add(request)
    session.flush()
    payload = {"request": request.id, "kind": kind}
    actor = f"contact:{by.contact_id}"
    record(session, assessment_case(assessment.id), "request_made", actor=actor, now=now, payload=payload)
    _tell_office(session, assessment, request, now=now)
    return request


def _tell_office(
    session: Session, assessment: Assessment, request: SupplierRequest, *, now: datetime
) -> None:
    draft = Draft(
        kind="request_received",
        key=f"request_received:{request.id}",
        why=ASKED,
        params={"kind": request.kind, "request": request.id},
        may_wait=True,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    for user in office_for(session, assessment.contracts):
        post_to_user(session, user, draft, now=now)
