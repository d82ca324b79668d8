"""Noting days: what is to be done about a contract and when, stored as the year and calendars show it.

A day that moves keeps its row, and its `sequence` grows; one that is gone stays for a while, so that calendars take it
away. Call these when the facts change.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.reviews.triggers import FOLLOW_UP
from compliance.storage.models import CalendarDay, Contract, Document, SocialCommitment
from compliance.suppliers.contract_dates import ContractDates
from compliance.suppliers.lead_times import lead_times
from compliance.workflow import planning
from compliance.workflow.latest import documents_of, newest_submitted

INVITE, ANSWERS, REVIEW, DECIDE = "invite", "answers", "review", "decide"
NOTICE, END = "notice", "end"
STARTUP, PLANNED, DECIDED = "startup", "planned", "decided"
COMMITMENT, CERTIFICATE = "commitment", "certificate"
OF_TERMS = frozenset({INVITE, ANSWERS, REVIEW, DECIDE, NOTICE, END, STARTUP, PLANNED, DECIDED})
"""The kinds of day that follow from the contract itself and the decisions about it."""

Place = tuple[str, str]
"""Kind of day and subject: what is the same day when it moves."""


@dataclass(frozen=True)
class Noted:
    """A day as it should be stored: the values of its reason are text, days as ISO 8601."""

    on: date
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


def note_contract_days(
    session: Session, contract: Contract, plan: planning.ContractPlan, *, now: datetime
) -> None:
    """Store the days that follow from a contract and its decisions."""
    wanted = {contract.id: dict(days_of_plan(contract, plan))}
    _bring_in_line(session, wanted, OF_TERMS, now=now)


def note_commitments(session: Session, contract_id: int, *, now: datetime) -> None:
    """Store by when the promises of a contract are due, as long as nobody has verified that they were kept."""
    query = select(SocialCommitment).where(
        SocialCommitment.contract_id == contract_id,
        SocialCommitment.removed_at.is_(None),
        SocialCommitment.verified_on.is_(None),
    )
    wanted = {
        (COMMITMENT, f"commitment-{row.id}"): Noted(
            row.due_on, {"kind": row.kind, "quantity": str(row.quantity)}
        )
        for row in session.scalars(query)
    }
    _bring_in_line(session, {contract_id: wanted}, {COMMITMENT}, now=now)


def note_certificates(session: Session, supplier_id: int, *, now: datetime) -> None:
    """Store when the documents of a supplier's newest submitted answers expire, of each kind the last one."""
    contracts = session.scalars(select(Contract.id).where(Contract.supplier_id == supplier_id))
    wanted: dict[int, dict[Place, Noted]] = {contract_id: {} for contract_id in contracts}
    assessment = newest_submitted(session, supplier_id)
    if assessment is not None:
        days = dict(_expiries(session, documents_of(session, assessment)))
        wanted |= {contract.id: days for contract in assessment.contracts}
    _bring_in_line(session, wanted, {CERTIFICATE}, now=now)


def days_of_plan(contract: Contract, plan: planning.ContractPlan) -> Iterator[tuple[Place, Noted]]:
    """What is to be done because of a contract's terms, its own plan and the last decision."""
    yield from _chain(contract, plan.dates)
    yield from _deadlines(plan.dates)
    if contract.startup_planned_on and not contract.startup_held_on:
        yield (STARTUP, ""), Noted(contract.startup_planned_on)
    if contract.follow_up_on:
        yield (PLANNED, ""), Noted(contract.follow_up_on)
    for item in plan.items:
        if item.kind == FOLLOW_UP:
            decided_on, day = item.params["decided_on"], item.params["follow_up_on"]
            yield (DECIDED, ""), Noted(date.fromisoformat(day), {"day": decided_on})


def difference(stored: CalendarDay | None, noted: Noted | None, *, now: datetime) -> dict[str, Any]:
    """The columns in which a stored day must change; nothing when it is as it should be."""
    if noted is None:
        if stored is None or stored.gone_at is not None:
            return {}
        changed: dict[str, Any] = {"gone_at": now}
    else:
        changed = {"on_day": noted.on, "params": dict(noted.params), "gone_at": None}
        if stored is not None and all(getattr(stored, name) == value for name, value in changed.items()):
            return {}
    return {**changed, "sequence": 0 if stored is None else stored.sequence + 1, "changed_at": now}


def _chain(contract: Contract, dates: ContractDates) -> Iterator[tuple[Place, Noted]]:
    leads = {**_default_leads(), **(contract.terms.get("leads") or {})}
    if contract.next_assessment_on:
        yield (INVITE, ""), Noted(contract.next_assessment_on)
    elif dates.chain:
        yield (INVITE, ""), Noted(dates.chain.invite_by, {"days": str(leads["answering"])})
    if dates.chain:
        yield (ANSWERS, ""), Noted(dates.chain.answers_due, {"days": str(leads["handling"])})
        yield (REVIEW, ""), Noted(dates.chain.review_ready_by, {"days": str(leads["review"])})
        yield (DECIDE, ""), Noted(dates.chain.decide_by, {"days": str(leads["decision"])})


def _default_leads() -> dict[str, int]:
    leads = lead_times().leads
    return {
        "answering": leads.answering,
        "handling": leads.handling,
        "review": leads.review,
        "decision": leads.decision,
    }


def _deadlines(dates: ContractDates) -> Iterator[tuple[Place, Noted]]:
    if dates.last_notice_day and dates.last_working_notice_day:
        agreed = dates.last_notice_day.isoformat()
        yield (NOTICE, ""), Noted(dates.last_working_notice_day, {"day": agreed})
    end = dates.ends_on or dates.period_end
    if end:
        yield (END, ""), Noted(end, {} if dates.ends_on else {"open": "yes"})


def _expiries(session: Session, documents: Collection[Document]) -> Iterator[tuple[Place, Noted]]:
    last: dict[tuple[str | None, str], tuple[date, int]] = {}
    for document in documents:
        until = planning.valid_until_of(session, document)
        if until is not None:
            same = (document.kind, planning.name_of(session, document))
            last[same] = max(last.get(same, (until, document.id)), (until, document.id))
    for (_, name), (until, document_id) in last.items():
        yield (CERTIFICATE, f"document-{document_id}"), Noted(until, {"document": name})


def _bring_in_line(
    session: Session,
    wanted: Mapping[int, Mapping[Place, Noted]],
    kinds: Collection[str],
    *,
    now: datetime,
) -> None:
    """Change the stored days of these contracts and kinds to what is wanted."""
    query = select(CalendarDay).where(CalendarDay.contract_id.in_(wanted), CalendarDay.kind.in_(kinds))
    stored = {(row.contract_id, row.kind, row.subject): row for row in session.scalars(query)}
    places = {(contract_id, *place) for contract_id, days in wanted.items() for place in days}
    for contract_id, kind, subject in sorted(places | set(stored)):
        row = stored.get((contract_id, kind, subject))
        changed = difference(row, wanted[contract_id].get((kind, subject)), now=now)
        if not changed:
            continue
        row = row or CalendarDay(contract_id=contract_id, kind=kind, subject=subject)
        for name, value in changed.items():
            setattr(row, name, value)
        session.add(row)
    session.flush()
