"""Questioning: what a reviewer may ask about the authenticity of documents sent in, and what was looked at."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from compliance.clock import day_of
from compliance.evidence.authenticity import SAME_FILE, SAME_TEXT, doubts_about, least_alike
from compliance.evidence.checked import settled
from compliance.evidence.fingerprint import alike
from compliance.storage.models import Assessment, AuthenticityLook, Document
from compliance.storage.models.checked import NO_OTHER
from compliance.storage.queries.duplicates import same_file_elsewhere
from compliance.storage.queries.near_texts import share_a_band
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.weighing import reading_of, words_about


@dataclass(frozen=True)
class Question:
    """One question about a document; `other` is another supplier's; `looked` what a reviewer said of it already."""

    kind: str
    document: Document
    params: dict[str, str]
    other: Document | None = None
    looked: AuthenticityLook | None = None

    @property
    def other_id(self) -> int:
        """How the other document is stored, also when there is none."""
        return self.other.id if self.other is not None else NO_OTHER


class NothingToLookAtError(Exception):
    """The round raises no such question."""


def questions_about(
    session: Session, assessment: Assessment, document_ids: Collection[int]
) -> list[Question]:
    """Every question that these documents, all sent in with a round, raise; nothing before it was sent in."""
    if assessment.submitted_at is None or not document_ids:
        return []
    looks = _looks(session, assessment)
    return [
        Question(
            kind, document, params, other, looks.get((kind, document.id, other.id if other else NO_OTHER))
        )
        for kind, document, other, params in (
            *_shared(session, document_ids),
            *_alone(session, assessment, document_ids),
        )
    ]


def look_at(
    session: Session, assessment: Assessment, question: Question, note: str, *, by: int, now: datetime
) -> AuthenticityLook:
    """A reviewer has looked at a question and says what came of it; said again, the newest counts."""
    row = question.looked or AuthenticityLook(
        assessment_id=assessment.id,
        question=question.kind,
        document_id=question.document.id,
        other_id=question.other_id,
    )
    row.note, row.looked_by_id, row.looked_at = note, by, now
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:  # a colleague looked in this moment: theirs stands, this one replaces its note
        row = _looks(session, assessment)[question.kind, question.document.id, question.other_id]
        row.note, row.looked_by_id, row.looked_at = note, by, now
        session.flush()
    payload = {"document": question.document.id, "question": question.kind, "other": question.other_id}
    case = assessment_case(assessment.id)
    record(session, case, "authenticity_looked_at", actor=f"user:{by}", now=now, payload=payload)
    return row


Found = tuple[str, Document, Document | None, dict[str, str]]


def _shared(session: Session, document_ids: Collection[int]) -> Iterator[Found]:
    for same in same_file_elsewhere(session, document_ids):
        yield SAME_FILE, same.document, same.other, _names(same.document, same.other)
    for near in share_a_band(session, document_ids):
        one, other = near.document.fingerprint or (), near.other.fingerprint or ()
        if alike(one, other) >= least_alike():
            yield SAME_TEXT, near.document, near.other, _names(near.document, near.other)


def _alone(session: Session, assessment: Assessment, document_ids: Collection[int]) -> Iterator[Found]:
    invited = day_of(assessment.created_at)
    query = (
        select(Document)
        .where(Document.id.in_(document_ids))
        .order_by(Document.id)
        .options(selectinload(Document.facts), selectinload(Document.checked), joinedload(Document.supplier))
    )
    for document in session.scalars(query):
        reading = settled(reading_of(document, document.supplier), words_about(document))
        for doubt in doubts_about(reading, invited):
            yield doubt.question, document, None, {**doubt.params, "name": document.name}


def _names(document: Document, other: Document) -> dict[str, str]:
    return {"name": document.name, "supplier": other.supplier.name}


def _looks(session: Session, assessment: Assessment) -> dict[tuple[str, int, int], AuthenticityLook]:
    query = select(AuthenticityLook).where(AuthenticityLook.assessment_id == assessment.id)
    rows = session.scalars(query.options(joinedload(AuthenticityLook.looked_by)))
    return {(row.question, row.document_id, row.other_id): row for row in rows}
