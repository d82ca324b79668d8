"""Planning: the days on which something falls due, from the rows that hold the facts.

Everything the supplier has not submitted is its own: a document counts only once a submitted assessment shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from compliance.assessments import DRAFT, OPEN_TO_SUPPLIER, State
from compliance.clock import day_of
from compliance.decisions.codes import decision_code
from compliance.reviews import triggers
from compliance.reviews.due_items import DueItem
from compliance.reviews.parameters import parameters
from compliance.storage.models import (
    AnswerDocument,
    Assessment,
    Contract,
    Decision,
    Document,
    FactRow,
    Review,
    Scorecard,
)
from compliance.suppliers.contract_dates import ContractDates, contract_dates
from compliance.suppliers.contract_json import read_contract

LONG_AGO = date(1990, 1, 1)
WHOLE_DAY = len("2026-11-23")  # a month alone is not a day to act on
SUBMITTED = frozenset({State.SUBMITTED, State.SENT_BACK, State.CLOSED})


@dataclass(frozen=True)
class ContractPlan:
    """A contract's dates as seen today, what falls due because of them, and the day they have to be seen anew."""

    dates: ContractDates
    items: tuple[DueItem, ...]
    recompute_on: date | None


def plan_contract(session: Session, contract: Contract, *, today: date) -> ContractPlan:
    """T1, T2 and T9. Of a period that may follow, the days of notice are planned as well: they can lie in this one."""
    question = read_contract(contract.terms)
    dates = contract_dates(question.terms, on=today, set_on=LONG_AGO, leads=question.leads)
    subject, rules = f"contract-{contract.id}", parameters()
    items = [
        *triggers.contract_end(subject, dates, rules),
        *triggers.last_notice_day(subject, dates, rules),
        *_follow_up(session, contract),
    ]
    if dates.ended or dates.period_end is None:
        return ContractPlan(dates, tuple(items), None)
    next_day = dates.period_end + timedelta(days=1)
    following = contract_dates(question.terms, on=next_day, set_on=LONG_AGO, leads=question.leads)
    items += triggers.last_notice_day(subject, following, rules)
    return ContractPlan(dates, tuple(items), next_day)


def plan_assessment(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T5 while the supplier may answer, T4 once it has."""
    subject, rules = f"assessment-{assessment.id}", parameters()
    if State(assessment.state) in OPEN_TO_SUPPLIER:
        return triggers.late_answers(subject, assessment.due_on, LONG_AGO, rules)
    if assessment.submitted_at is None or assessment.reassess_on is None:
        return ()
    if State(assessment.state) not in SUBMITTED or not is_newest_submitted(session, assessment):
        return ()
    items = triggers.assessment_too_old(
        subject, assessment.reassess_on, 0, rules
    )  # a decision may set any day
    assessed_on = {"assessed_on": day_of(assessment.submitted_at).isoformat()}
    return tuple(replace(item, params={**item.params, **assessed_on}) for item in items)


def plan_low_band(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T7, from the newest scorecard of an assessment that waits for the procurer."""
    if assessment.state != State.SUBMITTED:
        return ()
    newest = select(Scorecard).where(Scorecard.assessment_id == assessment.id)
    card = session.scalar(newest.order_by(Scorecard.sequence.desc()).limit(1))
    if card is None:
        return ()
    result = (card.result.get("band"), card.result.get("gates", ()))
    return triggers.low_band(f"assessment-{assessment.id}", day_of(card.created_at), result, parameters())


def plan_document(session: Session, document: Document) -> tuple[DueItem, ...]:
    """T6, when a submitted assessment shows the document and its last valid day was read without a doubt."""
    valid_until = valid_until_of(session, document)
    if valid_until is None or assessment_showing(session, document) is None:
        return ()
    name = name_of(session, document)
    return triggers.document_expiring(f"document-{document.id}", name, valid_until, parameters())


def valid_until_of(session: Session, document: Document) -> date | None:
    """The first exact day of all that the document holds; None when none was stated exactly and without a warning."""
    stated = (fact.value for fact in _facts(session, document, "valid_until") if not fact.warnings)
    return min((date.fromisoformat(value) for value in stated if len(value) == WHOLE_DAY), default=None)


def name_of(session: Session, document: Document) -> str:
    """What kind of document it is, for a sentence: the standard, else the kind; never a file name or a person."""
    standard = next((fact.value for fact in _facts(session, document, "standard")), None)
    return standard or document.kind or "PDF"


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


def newest_decision(session: Session, contract: Contract) -> Decision | None:
    """The last decision about a contract."""
    return session.scalar(
        select(Decision)
        .join(Review, Decision.review_id == Review.id)
        .where(Decision.contract_id == contract.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _follow_up(session: Session, contract: Contract) -> tuple[DueItem, ...]:
    decision = newest_decision(session, contract)
    if decision is None or decision.next_on is None or _comes_back_by_itself(decision):
        return ()
    decided_on = day_of(decision.decided_at)
    return triggers.follow_up(f"decision-{decision.id}", decided_on, decision.next_on, parameters())


def _comes_back_by_itself(decision: Decision) -> bool:
    """Whether another trigger brings the matter back on that day: T5 a completion, T4 the next assessment."""
    row = decision_code(decision.code)
    if row is None:
        return False
    return row.next_from == "completion" or (
        row.next_from == "reassessment" and decision.assessment_id is not None
    )


def _was_submitted() -> tuple[ColumnElement[bool], ...]:
    return (Assessment.state.not_in(DRAFT), Assessment.submitted_at.is_not(None))


def _facts(session: Session, document: Document, field: str) -> Sequence[FactRow]:
    query = select(FactRow).where(
        FactRow.document_id == document.id, FactRow.field == field, FactRow.is_answer
    )
    return session.scalars(query.order_by(FactRow.id)).all()
