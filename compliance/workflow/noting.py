"""Noting: a person reports something that happened around a contract, and the contract comes under review at once.

What was written stays in the record: no mail and no log holds it.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.due_items import DueItem
from compliance.reviews.flags import ORDER
from compliance.reviews.parameters import parameters
from compliance.reviews.reported import (
    SERIOUS_DEVIATION,
    Report,
    event_kinds,
    report_refusals,
    reported_event,
    severity_of,
)
from compliance.storage.models import Contract, DueRow, ReportedEvent, User
from compliance.suppliers.refusals import Refusal
from compliance.workflow.arming import arm_source
from compliance.workflow.flagging import find_open_review, flag_contracts
from compliance.workflow.recording import actor_of, contract_case, record
from compliance.workflow.reviewing import bring_forward


class ReportRefusedError(Exception):
    """The event cannot be taken; `refusals` name kind, severity, source, text or happened_on."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{refusal.at}: {refusal.message}" for refusal in refusals))
        self.refusals = refusals


def report_event(
    session: Session, contract: Contract, report: Report, *, by: User, now: datetime
) -> ReportedEvent:
    """Write an event down and put the contract under review. Raises `ReportRefusedError`."""
    today = day_of(now)
    refusals = report_refusals(report, today=today)
    severity = severity_of(report)
    if refusals or severity is None or report.happened_on is None:
        raise ReportRefusedError(refusals)
    row = ReportedEvent(
        contract_id=contract.id,
        kind=report.kind,
        happened_on=report.happened_on,
        text=report.text.strip(),
        source=report.source,
        severity=severity,
        report_due_on=_report_due(report.kind, today),
        reported_by_id=by.id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, row, "event_reported", by, now)
    items = plan_event(row)
    arm_source(session, f"event:{row.id}", items, now=now)
    flag_contracts(
        session, [contract], [item for item in items if item.due_on <= today], now=now, by_hand=True
    )
    review = find_open_review(session, contract)
    if review is not None:
        bring_forward(session, review, now=now)
    return row


def plan_event(row: ReportedEvent) -> tuple[DueItem, ...]:
    """What an event sets off; once the supplier's own report has come, nothing more."""
    severity = next(word for word in ORDER if word == row.severity)
    items = reported_event(f"event-{row.id}", row.kind, severity, day_of(row.created_at), parameters())
    if row.report_came_on is None:
        return items
    return tuple(item for item in items if item.due_on <= day_of(row.created_at))


def note_report(session: Session, row: ReportedEvent, *, by: User, now: datetime) -> None:
    """The supplier's own report about a serious deviation has come; nothing when that was noted before."""
    if row.report_due_on is None or row.report_came_on is not None:
        return
    row.report_came_on = day_of(now)
    session.flush()
    session.execute(
        update(DueRow)
        .where(DueRow.source == f"event:{row.id}", DueRow.done_at.is_(None))
        .values(done_at=now, outcome="cancelled")
    )
    _record(session, row, "event_answered", by, now)


def events_of(session: Session, contract: Contract) -> list[ReportedEvent]:
    """What was reported about a contract, newest first."""
    query = select(ReportedEvent).where(ReportedEvent.contract_id == contract.id)
    return list(session.scalars(query.order_by(ReportedEvent.id.desc())))


def _report_due(kind: str, today: date) -> date | None:
    if event_kinds()[kind].trigger != SERIOUS_DEVIATION:
        return None
    return today + timedelta(days=parameters().serious_deviation.report_days)


def _record(session: Session, row: ReportedEvent, name: str, by: User, now: datetime) -> None:
    payload = {
        "event": row.id,
        "event_kind": row.kind,
        "severity": row.severity,
        "happened_on": row.happened_on.isoformat(),
    }
    record(session, contract_case(row.contract_id), name, actor=actor_of(by), now=now, payload=payload)
