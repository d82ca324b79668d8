"""What the supplier's pages read: its own assessments, answers and documents, always through the supplier."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from compliance.answers.values import Key
from compliance.storage.models import (
    Answer,
    AnswerDocument,
    Assessment,
    Document,
    Event,
    ProposedAction,
    SecrecyRequest,
    SupplierRequest,
)
from compliance.storage.models.assessments import COMPANY

LARGEST_ID = 2**31 - 1

_USE = AnswerDocument.__table__.c
GIVEN_DOCUMENTS = (
    select(_USE.question_id, _USE.contract_id, _USE.document_id)
    .where(_USE.assessment_id == bindparam("assessment"))
    .order_by(_USE.id)
)

ONE_ANSWER = select(Answer).where(
    Answer.assessment_id == bindparam("assessment"),
    Answer.question_id == bindparam("question"),
    Answer.contract_id == bindparam("contract"),
)
SOME_ANSWERS = select(Answer).where(
    Answer.assessment_id == bindparam("assessment"),
    Answer.question_id.in_(bindparam("questions", expanding=True)),
)
DOCUMENTS = (
    select(Document)
    .where(Document.supplier_id == bindparam("supplier"))
    .order_by(Document.id.desc())
    .options(selectinload(Document.facts), selectinload(Document.checked), selectinload(Document.file))
)
OWN_ASSESSMENT = (
    select(Assessment)
    .where(Assessment.id == bindparam("assessment"), Assessment.supplier_id == bindparam("supplier"))
    .options(joinedload(Assessment.supplier))
)


def stored_contract(contract_id: int | None) -> int:
    """The contract of a key as the tables hold it: a null would defeat their unique keys."""
    return COMPANY if contract_id is None else contract_id


def key_of(row: Answer | AnswerDocument | ProposedAction | SecrecyRequest) -> Key:
    """What an answer or a proof is found by in the steps."""
    return row.question_id, None if row.contract_id == COMPANY else row.contract_id


def assessments_of(session: Session, supplier_id: int) -> Sequence[Assessment]:
    """All rounds of a supplier, newest first."""
    query = select(Assessment).where(Assessment.supplier_id == supplier_id)
    return session.scalars(
        query.order_by(Assessment.id.desc()).options(selectinload(Assessment.contracts))
    ).all()


def own_assessment(session: Session, assessment_id: int, supplier_id: int) -> Assessment | None:
    """One round of this supplier; None for another's."""
    if assessment_id > LARGEST_ID:
        return None
    return session.scalar(OWN_ASSESSMENT, {"assessment": assessment_id, "supplier": supplier_id})


def own_document(session: Session, document_id: int, supplier_id: int) -> Document | None:
    """One document of this supplier; None for another's."""
    if document_id > LARGEST_ID:
        return None
    return session.scalar(
        select(Document).where(Document.id == document_id, Document.supplier_id == supplier_id)
    )


def answers_of(session: Session, assessment_id: int) -> dict[Key, Answer]:
    """Every stored answer of a round, cleared ones too."""
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment_id))
    return {key_of(row): row for row in rows}


def answers_among(session: Session, assessment_id: int, keys: Iterable[Key]) -> dict[Key, Answer]:
    """The stored answers to some questions of a round, cleared ones too."""
    ids = {question_id for question_id, _ in keys}
    rows = session.scalars(SOME_ANSWERS, {"assessment": assessment_id, "questions": list(ids)})
    return {key_of(row): row for row in rows}


def answer_to(session: Session, assessment_id: int, key: Key, *, anew: bool = False) -> Answer | None:
    """The stored answer to one question, a cleared one too; `anew` as it stands now, if it was read before."""
    where = {"assessment": assessment_id, "question": key[0], "contract": stored_contract(key[1])}
    return session.scalar(ONE_ANSWER, where, execution_options={"populate_existing": anew})


def proof_at(assessment_id: int, key: Key) -> tuple[ColumnElement[bool], ...]:
    """What picks the documents held up for one answer."""
    question_id, contract_id = key
    return (
        AnswerDocument.assessment_id == assessment_id,
        AnswerDocument.question_id == question_id,
        AnswerDocument.contract_id == stored_contract(contract_id),
    )


def document_ids_of(session: Session, assessment_id: int) -> dict[Key, tuple[str, ...]]:
    """The references of the documents given for each question, in the order in which they were given."""
    found: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    for question, contract, document in session.execute(GIVEN_DOCUMENTS, {"assessment": assessment_id}):
        found[question, None if contract == COMPANY else contract] += (str(document),)
    return dict(found)


def documents_of(session: Session, supplier_id: int) -> dict[int, Document]:
    """Every document of a supplier with its facts, by id; newest first."""
    return {row.id: row for row in session.scalars(DOCUMENTS, {"supplier": supplier_id})}


def pages_named(session: Session, assessment_id: int) -> dict[tuple[Key, int], tuple[int, int]]:
    """The pages on which proof stands, by answer and document, where the supplier named any."""
    uses = session.scalars(
        select(AnswerDocument).where(
            AnswerDocument.assessment_id == assessment_id, AnswerDocument.first_page.is_not(None)
        )
    )
    return {
        (key_of(use), use.document_id): (use.first_page, use.last_page or use.first_page)
        for use in uses
        if use.first_page is not None
    }


def open_requests_of(session: Session, assessment_id: int) -> Sequence[SupplierRequest]:
    """What the supplier asked for in this round and nobody has answered yet, newest first."""
    return session.scalars(
        select(SupplierRequest)
        .where(SupplierRequest.assessment_id == assessment_id, SupplierRequest.handled_at.is_(None))
        .order_by(SupplierRequest.id.desc())
    ).all()


def last_event(session: Session, case: str, name: str) -> Event | None:
    """The newest event of that name in a chain."""
    query = select(Event).where(Event.case == case, Event.name == name)
    return session.scalar(query.order_by(Event.sequence.desc()).limit(1))
