"""The supplier's part of the story: answers to everything that is asked, a document, and the submission."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.storage.models import Answer, AnswerDocument, Assessment, Document
from compliance.storage.queries.answering import stored_contract
from compliance.workflow.answering import journey_of
from compliance.workflow.linking import user_of_contact
from compliance.workflow.submitting import Attestation, submit
from tests.integration.supplier.answering import best_rows
from tests.rows import build_document

ATTESTED = Attestation(name="Kim Kontakt", role="VD")
GIVEN_TEXT = "Skrivet av leverantören"


def answer_everything(session: Session, assessment: Assessment, *, now: datetime, **given: Any) -> None:
    """Answer what is asked as well as possible; `given` names a question and what is said instead.

    A value given as ("na", reason) claims that the question does not apply; ("unknown",) is "don't know".
    """
    while unanswered := [
        one.item for one in journey_of(session, assessment, now=now).missing if one.lack == "unanswered"
    ]:
        for item in unanswered:
            if item.question.type == "upload":
                attach(session, assessment, item.question.id, contract_id=item.key[1], now=now, facts={})
            else:
                session.add(_row(assessment, item, given.get(item.question.id), now))
        session.flush()


def submit_answers(session: Session, assessment: Assessment, *, now: datetime) -> None:
    """Send everything in."""
    if assessment.state == "invited":
        assessment.state = "answering"
    submit(session, assessment, ATTESTED, by=user_of_contact(session, assessment.contact, now=now), now=now)


def attach(
    session: Session,
    assessment: Assessment,
    question_id: str,
    *,
    now: datetime,
    contract_id: int | None = None,
    **document: Any,
) -> AnswerDocument:
    """A document as proof of one answer; `facts` as in `build_document`."""
    row: Document = build_document(session, assessment.supplier, **document)
    use = AnswerDocument(
        assessment_id=assessment.id,
        question_id=question_id,
        contract_id=stored_contract(contract_id),
        document_id=row.id,
        attached_at=now - timedelta(hours=1),
    )
    session.add(use)
    session.flush()
    return use


def _row(assessment: Assessment, item: Item, given: Any, now: datetime) -> Answer:
    state, value, reason = "answered", given, ""
    if isinstance(given, tuple) and given[0] == "na":
        state, value, reason = "na_claimed", None, given[1]
    elif given == ("unknown",):
        state, value = "dont_know", None
    return Answer(
        assessment_id=assessment.id,
        question_id=item.question.id,
        contract_id=stored_contract(item.key[1]),
        state=state,
        value=_best(item) if state == "answered" and given is None else value,
        comment=GIVEN_TEXT if state == "answered" else "",
        na_reason=reason,
        saved_at=now,
    )


def _best(item: Item) -> Any:
    question = item.question
    if question.type == "text":
        return GIVEN_TEXT
    if question.type == "number":
        return str(question.number.max if question.number and question.number.max else 12).split(".")[0]
    if question.type == "date":
        return "2026-02-02"
    if question.type == "table":
        return list(best_rows(item))
    best = max(question.options, key=lambda option: (option.credit or 0, not option.exclusive))
    return [best.code] if question.type == "many_of" else best.code
