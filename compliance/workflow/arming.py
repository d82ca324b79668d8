"""Arming: when facts change, the days that follow from them are stored as due rows.

Undone rows of the old facts are called off, done ones stay in the ledger. A row that is waiting stays, also when its
day has come already. A new one is armed only for a day ahead. Where one can still act though the day is past (a
certificate about to expire when it comes in) the newest step is armed, and the older ones are noted as superseded.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.assessments import State as RoundState
from compliance.clock import STOCKHOLM, day_of
from compliance.reviews.answer_triggers import ACCIDENT, NEW_QUESTIONS, POSTING, SCORE_DROP
from compliance.reviews.document_triggers import COMPANY_CHANGED, TAX_AND_INSURANCE
from compliance.reviews.due_items import DueItem, State, ladder_of, rearm, select_due
from compliance.reviews.register_triggers import TIERS, UNAPPROVED
from compliance.reviews.triggers import ASSESSMENT_AGE, DOCUMENT_EXPIRY
from compliance.reviews.working_time import sending_moment
from compliance.storage.models import Assessment, Contract, Document, DueRow, Subcontractor, Supplier
from compliance.suppliers.contract_dates import ContractDates
from compliance.workflow import latest, planning, planning_register, planning_rounds
from compliance.workflow.flagging import flag_contracts
from compliance.workflow.noting_days import note_certificates, note_contract_days
from compliance.workflow.resolving import resolve_reasons

RECOMPUTE = "recompute"
TOLD_THOUGH_PAST = frozenset({
    ASSESSMENT_AGE, DOCUMENT_EXPIRY, SCORE_DROP, UNAPPROVED, TIERS, POSTING, TAX_AND_INSURANCE, COMPANY_CHANGED,
    NEW_QUESTIONS, ACCIDENT,
})  # fmt: skip


def rearm_contract(session: Session, contract: Contract, *, now: datetime) -> None:
    """Store a contract's dates as of today and arm what follows from them.

    Call it when it was changed, when a decision about it was made, and when its period has passed. Reasons of its
    open review whose cause has gone say so.
    """
    _arm_contract(session, contract, now=now)
    resolve_reasons(session, [contract], now=now)


def _arm_contract(session: Session, contract: Contract, *, now: datetime) -> None:
    today = day_of(now)
    plan = planning.plan_contract(session, contract, today=today)
    store_dates(contract, plan.dates, today)
    session.flush()
    source = f"contract:{contract.id}"
    _arm(session, source, plan.items, now=now)
    _arm_recompute(session, source, plan, now=now)
    note_contract_days(session, contract, plan, now=now)


def store_dates(contract: Contract, dates: ContractDates, today: date) -> None:
    """Keep a contract's dates, as computed today, beside its terms."""
    chain = dates.chain
    contract.period_end, contract.ends_on = dates.period_end, dates.ends_on
    contract.last_notice_day = dates.last_notice_day
    contract.last_working_notice_day = dates.last_working_notice_day
    contract.decide_by = chain.decide_by if chain else None
    contract.invite_by = chain.invite_by if chain else None
    contract.dates_computed_on = today


def rearm_assessment(session: Session, assessment: Assessment, *, now: datetime) -> None:
    """Arm reminders while the supplier may answer, and the next assessment once it has; flag a low result.

    Call it after every change of state or due day, and after scoring.
    """
    rearm_round(session, assessment, now=now)
    newest = latest.newest_submitted(session, assessment.supplier_id)
    if newest is not None and newest.id != assessment.id:
        rearm_round(session, newest, now=now)
    for document in latest.documents_of(session, assessment):
        _arm_document(session, document, now=now)
    for contract in assessment.contracts:
        _arm_contract(session, contract, now=now)
    if RoundState(assessment.state) is RoundState.SUBMITTED:
        low = planning_rounds.plan_low_band(session, assessment)
        flag_contracts(session, assessment.contracts, low, now=now)
    note_certificates(session, assessment.supplier_id, now=now)
    resolve_reasons(session, assessment.supplier.contracts, now=now)


def rearm_round(session: Session, assessment: Assessment, *, now: datetime) -> None:
    """Arm what follows from a round itself, and nothing beside it."""
    planned = planning_rounds.plan_assessment(session, assessment, today=day_of(now))
    _arm(session, f"assessment:{assessment.id}", planned, now=now)


def rearm_document(session: Session, document: Document, *, now: datetime) -> None:
    """Arm what a document says: its last day, and what a person must look at.

    Call it when it was read or a person corrected its facts.
    """
    _arm_document(session, document, now=now)
    note_certificates(session, document.supplier_id, now=now)
    supplier = session.get_one(Supplier, document.supplier_id)
    resolve_reasons(session, supplier.contracts, now=now)


def _arm_document(session: Session, document: Document, *, now: datetime) -> None:
    planned = planning.plan_document(session, document)
    _arm(session, f"document:{document.id}", planned, now=now)


def rearm_subcontractor(session: Session, entry: Subcontractor, *, now: datetime) -> None:
    """Arm the days around a subcontractor's start. Call it when the entry or the tiers allowed have changed."""
    planned = planning_register.plan_subcontractor(entry, entry.contract)
    _arm(session, f"subcontractor:{entry.id}", planned, now=now)
    resolve_reasons(session, [entry.contract], now=now)


def rearm_subcontractors(session: Session, contract: Contract, *, now: datetime) -> None:
    """The same for every entry on a contract's list."""
    query = select(Subcontractor).where(Subcontractor.contract_id == contract.id).order_by(Subcontractor.id)
    for entry in session.scalars(query).all():
        rearm_subcontractor(session, entry, now=now)


def arm_source(session: Session, source: str, planned: Iterable[DueItem], *, now: datetime) -> None:
    """Arm what follows from an object of another module, such as a reported event."""
    _arm(session, source, planned, now=now)


def _arm(session: Session, source: str, planned: Iterable[DueItem], *, now: datetime) -> None:
    """Bring the stored rows of one source in line with a plan."""
    today = day_of(now)
    stored = {row.key: row for row in _rows(session, source)}
    change = rearm(planned, {key: _state(row) for key, row in stored.items()})
    _call_off(session, change.cancel, now=now)
    past = select_due((item for item in change.arm if item.kind in TOLD_THOUGH_PAST), today=today)
    for item in (*past.tell, *(item for item in change.arm if item.due_on > today)):
        _put(session, stored.get(item.key) or DueRow(key=item.key, source=source), item, now=now)
    for item in past.superseded:
        row = stored.get(item.key) or DueRow(key=item.key, source=source)
        _put(session, row, item, now=now, outcome="superseded")
    session.flush()


def _rows(session: Session, source: str) -> Iterable[DueRow]:
    return session.scalars(select(DueRow).where(DueRow.source == source, DueRow.kind != RECOMPUTE))


def _state(row: DueRow) -> State:
    if row.done_at is None:
        return "waiting"
    return "cancelled" if row.outcome == "cancelled" else "done"


def _call_off(session: Session, keys: Iterable[str], *, now: datetime) -> None:
    session.execute(
        update(DueRow)
        .where(DueRow.key.in_(list(keys)), DueRow.done_at.is_(None))
        .values(done_at=now, outcome="cancelled")
    )


def _put(session: Session, row: DueRow, item: DueItem, *, now: datetime, outcome: str | None = None) -> None:
    row.kind, row.ladder, row.due_on = item.kind, ladder_of(item.key), item.due_on
    row.due_at = _moment(item, now)
    row.params = {
        "audience": item.audience,
        "opens_review": item.opens_review,
        "severity": item.severity,
        "values": dict(item.params),
    }
    row.outcome, row.done_at = outcome, now if outcome else None
    row.attempts, row.last_error = 0, ""
    session.add(row)


def _moment(item: DueItem, now: datetime) -> datetime:
    """When a step is taken: in the morning of a working day; what is critical and has come, at once."""
    if item.severity == "critical" and item.due_on <= day_of(now):
        return now
    return sending_moment(item.due_on, today=day_of(now), deadline=_deadline(item))


def _deadline(item: DueItem) -> date | None:
    """The day a message must not come after: the date of the trigger, for the steps before it."""
    anchor = date.fromisoformat(item.key.split(":")[2])
    return anchor if item.due_on <= anchor else None


def _arm_recompute(session: Session, source: str, plan: planning.ContractPlan, *, now: datetime) -> None:
    """One row on the day after the period: the dates are then seen anew. The row of another day is called off."""
    day = plan.recompute_on
    key = f"{RECOMPUTE}:{source.replace(':', '-')}:{day}"
    session.execute(
        update(DueRow)
        .where(DueRow.source == source, DueRow.kind == RECOMPUTE, DueRow.key != key, DueRow.done_at.is_(None))
        .values(done_at=now, outcome="cancelled")
    )
    if day is None:
        return
    row = session.scalar(select(DueRow).where(DueRow.key == key)) or DueRow(key=key, source=source, params={})
    row.kind, row.due_on, row.done_at, row.outcome = RECOMPUTE, day, None, None
    row.due_at = datetime.combine(day, time(), tzinfo=STOCKHOLM) + timedelta(minutes=1)
    session.add(row)
    session.flush()


def as_due_item(row: DueRow) -> DueItem:
    """The planned item that a row holds."""
    params = row.params
    return DueItem(
        kind=row.kind,
        key=row.key,
        due_on=row.due_on,
        audience=params["audience"],
        opens_review=params["opens_review"],
        severity=params["severity"],
        params=params["values"],
    )
