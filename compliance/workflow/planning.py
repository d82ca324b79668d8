"""Planning: the days on which something falls due, from the rows that hold the facts.

Everything the supplier has not submitted is its own: a document counts only once a submitted assessment shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.decisions.codes import decision_code
from compliance.evidence.facts import Fact
from compliance.reviews import triggers
from compliance.reviews.document_triggers import document_findings
from compliance.reviews.due_items import DueItem
from compliance.reviews.parameters import parameters
from compliance.storage.models import Contract, Decision, Document, Review
from compliance.suppliers.contract_dates import ContractDates, contract_dates
from compliance.suppliers.contract_json import read_contract
from compliance.workflow.latest import assessment_showing
from compliance.workflow.planning_register import plan_register
from compliance.workflow.weighing import known_facts

LONG_AGO = date(1990, 1, 1)
WHOLE_DAY = len("2026-11-23")  # a month alone is not a day to act on


@dataclass(frozen=True)
class ContractPlan:
    """A contract's dates as seen today, what falls due because of them, and the day they have to be seen anew."""

    dates: ContractDates
    items: tuple[DueItem, ...]
    recompute_on: date | None


def plan_contract(session: Session, contract: Contract, *, today: date) -> ContractPlan:
    """T1, T2, T9 and what is registered beside the terms."""
    plan = plan_terms(contract, newest_decision(session, contract), today=today)
    return replace(plan, items=(*plan.items, *plan_register(session, contract, plan.dates)))


def plan_terms(contract: Contract, decision: Decision | None, *, today: date) -> ContractPlan:
    """T1, T2 and T9, from a contract's terms and the newest decision about it.

    Of a period that may follow, the days of notice are planned as well: they can lie in this one.
    """
    question = read_contract(contract.terms)
    dates = contract_dates(question.terms, on=today, set_on=LONG_AGO, leads=question.leads)
    subject, rules = f"contract-{contract.id}", parameters()
    items = [
        *triggers.contract_end(subject, dates, rules),
        *triggers.last_notice_day(subject, dates, rules),
        *_follow_up(decision),
    ]
    if dates.ended or dates.period_end is None:
        return ContractPlan(dates, tuple(items), None)
    next_day = dates.period_end + timedelta(days=1)
    following = contract_dates(question.terms, on=next_day, set_on=LONG_AGO, leads=question.leads)
    items += triggers.last_notice_day(subject, following, rules)
    return ContractPlan(dates, tuple(items), next_day)


def dates_on(contract: Contract, day: date) -> ContractDates:
    """The contract's dates by its present terms, as they look on a day."""
    question = read_contract(contract.terms)
    return contract_dates(question.terms, on=day, set_on=LONG_AGO, leads=question.leads)


def notice_days(contract: Contract, *, on: date) -> set[date]:
    """The last days of notice that are planned on a day: of the present period and of one that may follow."""
    dates = dates_on(contract, on)
    days = {dates.last_notice_day}
    if dates.period_end is not None and not dates.ended:
        days.add(dates_on(contract, dates.period_end + timedelta(days=1)).last_notice_day)
    return {day for day in days if day is not None}


def plan_document(session: Session, document: Document) -> tuple[DueItem, ...]:
    """T6, T15 and T16, when a submitted assessment shows the document, from what was read without a doubt."""
    if assessment_showing(session, document) is None:
        return ()
    findings = plan_findings(session, document)
    valid_until = valid_until_of(session, document)
    if valid_until is None:
        return findings
    name = name_of(session, document)
    expiring = triggers.document_expiring(f"document-{document.id}", name, valid_until, parameters())
    return (*expiring, *findings)


def plan_findings(session: Session, document: Document) -> tuple[DueItem, ...]:
    """T15 and T16, from what the document says."""
    facts: dict[str, list[str]] = {}
    for fact in _known(session, document):
        if fact.answer and not fact.warnings:
            facts.setdefault(fact.field, []).append(fact.value)
    return document_findings(
        f"document-{document.id}",
        document.kind or "",
        facts,
        day_of(document.uploaded_at),
        parameters(),
    )


def valid_until_of(session: Session, document: Document) -> date | None:
    """The first exact day of all that the document holds; None when none was stated exactly and without a warning."""
    stated = (fact.value for fact in _facts(session, document, "valid_until") if not fact.warnings)
    return min((date.fromisoformat(value) for value in stated if len(value) == WHOLE_DAY), default=None)


def name_of(session: Session, document: Document) -> str:
    """What kind of document it is, for a sentence: the standard, else the kind; never a file name or a person."""
    standard = next((fact.value for fact in _facts(session, document, "standard")), None)
    return standard or document.kind or "PDF"


def newest_decision(session: Session, contract: Contract) -> Decision | None:
    """The last decision about a contract."""
    return session.scalar(
        select(Decision)
        .join(Review, Decision.review_id == Review.id)
        .where(Decision.contract_id == contract.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _follow_up(decision: Decision | None) -> tuple[DueItem, ...]:
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


def _facts(session: Session, document: Document, field: str) -> Sequence[Fact]:
    return [fact for fact in _known(session, document) if fact.field == field and fact.answer]


def _known(session: Session, document: Document) -> Sequence[Fact]:
    """What is known of a document as its rows stand now, the procurer's words in their places."""
    session.expire(document, ["facts", "checked"])
    return known_facts(document)
