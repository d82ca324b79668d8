"""Planning the register: what falls due because of what is registered about a contract: T3, T12-T14, T17, T19-T22."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews import contract_triggers, register_triggers
from compliance.reviews.answer_facts import POSTED_WORKERS, POSTING_PROOF, answer_facts, says
from compliance.reviews.answer_triggers import posting_without_proof
from compliance.reviews.due_items import DueItem
from compliance.reviews.parameters import parameters
from compliance.storage.models import (
    Assessment,
    AssessmentContract,
    Contract,
    ContractChange,
    Event,
    Subcontractor,
)
from compliance.suppliers.contract_dates import ContractDates
from compliance.suppliers.contract_json import read_contract
from compliance.workflow.latest import facts_answered, newest_covering, newest_submitted, shows_document
from compliance.workflow.recording import contract_case


def plan_register(session: Session, contract: Contract, dates: ContractDates) -> tuple[DueItem, ...]:
    """Everything that follows from the contract's fields beside its days."""
    if dates.ended:
        return ()
    starts_on, rules = read_contract(contract.terms).terms.start, parameters()
    subject = f"contract-{contract.id}"
    special = contract.special_labour_terms
    return (
        *plan_deep(session, contract, dates),
        *contract_triggers.start_up_meeting(
            subject, starts_on, (contract.startup_planned_on, contract.startup_held_on), rules
        ),
        *contract_triggers.terms_without_plan(
            subject,
            starts_on,
            special_terms=special,
            has_plan=bool(contract.follow_up_plan.strip()),
            rules=rules,
        ),
        *plan_quiet(session, contract),
        *plan_value(session, contract, dates),
        *plan_posting(session, contract, starts_on),
    )


def plan_deep(session: Session, contract: Contract, dates: ContractDates) -> tuple[DueItem, ...]:
    """T3, from the residual risk of the newest assessment."""
    newest = newest_submitted(session, contract.supplier_id)
    risk = newest.residual_risk if newest else None
    end = dates.ends_on or dates.period_end
    return contract_triggers.deep_follow_up(f"contract-{contract.id}", end, risk, parameters())


def plan_quiet(session: Session, contract: Contract) -> tuple[DueItem, ...]:
    """T22, from the last day on which somebody did something."""
    if contract.priority not in parameters().quiet_contract.priorities:
        return ()
    return contract_triggers.quiet_contract(
        f"contract-{contract.id}", contract.priority, last_activity(session, contract), parameters()
    )


def last_activity(session: Session, contract: Contract) -> date:
    """The last day on which a person did something about the contract, or a round about it came or went."""
    by_people = select(func.max(Event.happened_at)).where(
        Event.case == contract_case(contract.id), Event.actor != "system"
    )
    rounds = (
        select(
            func.max(Assessment.created_at), func.max(Assessment.submitted_at), func.max(Assessment.closed_at)
        )
        .join(AssessmentContract, AssessmentContract.assessment_id == Assessment.id)
        .where(AssessmentContract.contract_id == contract.id)
    )
    moments: list[datetime | None] = [session.scalar(by_people), *session.execute(rounds).one()]
    return day_of(max((one for one in moments if one is not None), default=contract.created_at))


def plan_value(session: Session, contract: Contract, dates: ContractDates) -> tuple[DueItem, ...]:
    """T17, when the value a year was changed past a limit; the round that follows is the one that asks for more."""
    now = contract.value_annual_sek
    if now is None or now < min(parameters().threshold_crossing.value_sek):
        return ()
    query = select(ContractChange.before).where(
        ContractChange.contract_id == contract.id,
        ContractChange.subject == "contract",
        ContractChange.field == "value_annual_sek",
    )
    before = [value for value in session.scalars(query) if isinstance(value, int | float)]
    next_round = contract.next_assessment_on or (dates.chain.invite_by if dates.chain else None)
    values = (int(min(before)) if before else None, int(now))
    return contract_triggers.value_crossing(f"contract-{contract.id}", values, next_round, parameters())


def plan_posting(session: Session, contract: Contract, starts_on: date) -> tuple[DueItem, ...]:
    """T14, when the newest answers tell of posted workers and show no proof that they are notified."""
    newest = newest_covering(session, contract)
    if newest is None or newest.submitted_at is None:
        return ()
    if not says(POSTED_WORKERS, facts_answered(session, newest)):
        return ()
    if shows_document(session, newest, answer_facts()[POSTING_PROOF].questions):
        return ()
    return posting_without_proof(
        f"contract-{contract.id}",
        max(starts_on, day_of(newest.submitted_at)),
        supplier_is_foreign=contract.supplier.identity_kind == "foreign",
        rules=parameters(),
    )


def plan_subcontractor(entry: Subcontractor, contract: Contract) -> tuple[DueItem, ...]:
    """T12 and T13, for an entry that stands on the list."""
    if entry.removed_at is not None:
        return ()
    subject, listed_on = f"subcontractor-{entry.id}", day_of(entry.created_at)
    return (
        *register_triggers.unapproved_subcontractor(
            subject, entry.starts_on or listed_on, entry.approval, parameters()
        ),
        *register_triggers.too_many_tiers(subject, listed_on, (entry.tier, contract.max_tiers), parameters()),
    )
