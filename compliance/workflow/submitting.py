"""Submitting: the supplier vouches for its answers and sends them in; from then on they are received documents."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.journey import Journey, Missing
from compliance.answers.routing import Item
from compliance.assessments import State, step
from compliance.storage.models import Assessment, Document, User
from compliance.storage.queries.answering import last_event
from compliance.workflow.addressing import office_for
from compliance.workflow.answering import content_of_given, journey_of, lock_for_answers
from compliance.workflow.posting import Draft, post_to_contact, post_to_user
from compliance.workflow.recording import actor_of, assessment_case, digest, record
from compliance.workflow.scoring import score_assessment

SUBMITTED = "submitted"


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


RECEIPT_WHY = N_("The supplier submitted its answers and gets a receipt.")
OFFICE_WHY = N_("A supplier submitted its answers.")


@dataclass(frozen=True, kw_only=True)
class Attestation:
    """Who vouches for the answers, and in what role."""

    name: str
    role: str


class NotReadyError(Exception):
    """Something is missing that must be there; `missing` says what."""

    def __init__(self, missing: Iterable[Missing]) -> None:
        super().__init__("answers are missing")
        self.missing = tuple(missing)


def submit(
    session: Session, assessment: Assessment, attestation: Attestation, *, by: User, now: datetime
) -> str:
    """Send the answers in; the head of the event chain, which the receipt prints.

    Doing it twice is doing it once. Missing proof does not stop it, missing answers do: a question may be answered
    with "don't know", but not left out. Raises `NotReadyError`, and `NotAllowedNow`.
    """
    session.refresh(assessment, ["state"], with_for_update=True)
    if assessment.state == State.SUBMITTED and (head := receipt_head(session, assessment)):
        return head
    lock_for_answers(session, assessment)
    journey = journey_of(session, assessment, now=now)
    if not journey.ready:
        raise NotReadyError(one for one in journey.missing if one.lack != "proof")
    assessment.state, assessment.submitted_at = step(State(assessment.state), State.SUBMITTED), now
    assessment.answered_share = journey.progress.share
    assessment.attested_name, assessment.attested_role = attestation.name, attestation.role
    assessment.supplier.profile = _profile(journey)
    session.flush()
    head = _record(session, assessment, journey, by=by, now=now)
    score_assessment(session, assessment, now=now)
    _tell(session, assessment, head, now=now)
    return head


def receipt_head(session: Session, assessment: Assessment) -> str | None:
    """The hash of the newest submission; None before the first."""
    event = last_event(session, assessment_case(assessment.id), SUBMITTED)
    return event.hash if event else None


def answers_digest(session: Session, journey: Journey) -> str:
    """One fingerprint of everything that was asked, answered and attached."""
    named = {reference for item in journey.items for reference in item.documents}
    rows = session.execute(select(Document.id, Document.sha256).where(Document.id.in_(map(int, named))))
    files = {str(document_id): sha256 for document_id, sha256 in rows}
    return digest({item.id: _sealed(item, files) for item in journey.items})


def _sealed(item: Item, files: dict[str, str]) -> dict[str, Any]:
    return {
        "answer": content_of_given(item.answer).fingerprint,
        "documents": [files[reference] for reference in item.documents],
    }


def _profile(journey: Journey) -> dict[str, Any]:
    """The answers about the company, which say what it is like until it says otherwise."""
    about = (item for item in journey.items if item.questionnaire.area is None and item.answer is not None)
    return {item.key[0]: _plain(item.answer.value) for item in about if item.answer is not None}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _record(session: Session, assessment: Assessment, journey: Journey, *, by: User, now: datetime) -> str:
    payload = {
        "answers": journey.progress.answered,
        "answers_digest": answers_digest(session, journey),
        "documents": len({reference for item in journey.items for reference in item.documents}),
        "questionnaires": dict(assessment.questionnaires),
    }
    case, actor = assessment_case(assessment.id), actor_of(by)
    return record(session, case, SUBMITTED, actor=actor, now=now, payload=payload).hash


def _tell(session: Session, assessment: Assessment, head: str, *, now: datetime) -> None:
    occasion = f"{assessment.id}:{head[:16]}"
    receipt = Draft(
        kind="receipt",
        key=f"receipt:{occasion}",
        why=RECEIPT_WHY,
        params={"head": head},
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, assessment.contact, receipt, now=now)
    news = replace(
        receipt,
        kind="answers_submitted",
        key=f"answers_submitted:{occasion}",
        why=OFFICE_WHY,
        params={},
        may_wait=True,
    )
    for user in office_for(session, assessment.contracts):
        post_to_user(session, user, news, now=now)
