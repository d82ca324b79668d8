"""Latest: which of a supplier's rounds counts now, and what it shows. A draft never counts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from compliance.assessments import DRAFT
from compliance.reviews.answer_facts import asked_by_facts
from compliance.storage.models import (
    AnswerDocument,
    Assessment,
    AssessmentContract,
    Contract,
    Document,
    Scorecard,
)

PROVES_NOTHING = frozenset({"none", "wrong_holder"})
"""A person's verdicts on a document."""


def assessment_showing(session: Session, document: Document) -> Assessment | None:
    """The newest assessment that was submitted with this document."""
    return session.scalar(
        select(Assessment)
        .join(AnswerDocument, AnswerDocument.assessment_id == Assessment.id)
        .where(AnswerDocument.document_id == document.id, *_was_submitted())
        .order_by(Assessment.id.desc())
        .limit(1)
    )


def documents_of(session: Session, assessment: Assessment) -> Sequence[Document]:
    """The documents an assessment shows."""
    shown = select(AnswerDocument.document_id).where(AnswerDocument.assessment_id == assessment.id)
    return session.scalars(select(Document).where(Document.id.in_(shown)).order_by(Document.id)).all()


def newest_submitted(session: Session, supplier_id: int) -> Assessment | None:
    """The supplier's newest assessment that was submitted."""
    return session.scalar(
        select(Assessment)
        .where(Assessment.supplier_id == supplier_id, *_was_submitted())
        .order_by(Assessment.id.desc())
        .limit(1)
    )


def is_newest_submitted(session: Session, assessment: Assessment) -> bool:
    """Whether no later assessment of this supplier was submitted."""
    newest = newest_submitted(session, assessment.supplier_id)
    return newest is not None and newest.id == assessment.id


def newest_covering(session: Session, contract: Contract) -> Assessment | None:
    """The supplier's newest submitted assessment, if it covers this contract."""
    newest = newest_submitted(session, contract.supplier_id)
    if newest is None or session.get(AssessmentContract, (newest.id, contract.id)) is None:
        return None
    return newest


def submitted_before(session: Session, assessment: Assessment) -> Assessment | None:
    """The supplier's submitted assessment before this one."""
    return session.scalar(
        select(Assessment)
        .where(
            Assessment.supplier_id == assessment.supplier_id, Assessment.id < assessment.id, *_was_submitted()
        )
        .order_by(Assessment.id.desc())
        .limit(1)
    )


def newest_scorecard(session: Session, assessment: Assessment) -> Scorecard | None:
    """The result that stands."""
    query = select(Scorecard).where(Scorecard.assessment_id == assessment.id)
    return session.scalar(query.order_by(Scorecard.sequence.desc()).limit(1))


def facts_answered(session: Session, assessment: Assessment) -> Mapping[str, Any]:
    """The answers that triggers look at, by question, as they were submitted; what is changed since is a draft."""
    return {
        entry["question"]: entry["value"]
        for entry in _looked_at(session, assessment)
        if entry["asked"] and entry["answer"] == "answered"
    }


def shows_document(session: Session, assessment: Assessment, questions: Collection[str]) -> bool:
    """Whether a document was submitted with one of these answers that nobody has found to prove nothing."""
    return any(
        document["judged"] not in PROVES_NOTHING
        for entry in _looked_at(session, assessment)
        if entry["question"] in questions
        for document in entry["documents"]
    )


def _looked_at(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    card = newest_scorecard(session, assessment)
    entries = card.inputs.get("questions", []) if card else []
    return [entry for entry in entries if entry["question"] in asked_by_facts()]


def _was_submitted() -> tuple[ColumnElement[bool], ...]:
    return (Assessment.state.not_in(DRAFT), Assessment.submitted_at.is_not(None))
