"""What the desk reads: everything that waits for a person, in a fixed number of queries on stored columns."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Case, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.storage.models import (
    Assessment,
    ClockLease,
    Contract,
    Installation,
    Message,
    Review,
    SupplierRequest,
)
from compliance.storage.queries.messages import to_colleague

MOST = 50
NOTICE_NEAR = timedelta(days=60)
INVITE_AHEAD = timedelta(days=14)
UNOPENED_AFTER = timedelta(days=7)
FAILED_MAIL_SHOWN = timedelta(days=30)
RESOLVED_SHOWN = timedelta(days=14)
CLOCK_SILENT_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What waits, each list worst first and cut at `MOST`."""

    reviews: list[Review]
    requests: list[SupplierRequest]
    submitted: list[Assessment]
    rounds: list[Assessment]
    contracts: list[Contract]
    to_invite: list[Contract]
    mails: list[Message]
    waiting: list[Review]
    waiting_count: int
    snoozed: list[Review]
    resolved: list[Review]
    last_tick_at: datetime | None
    clock_silent: bool
    mail_held_at: datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        waiting = (self.reviews, self.requests, self.submitted, self.rounds, self.contracts, self.to_invite)
        return not any((*waiting, self.mails, self.waiting, self.snoozed, self.resolved))


def read_desk(session: Session, *, today: date, now: datetime) -> Desk:
    """Everything that waits for a person."""
    last_tick_at = session.scalar(select(ClockLease.last_tick_at).where(ClockLease.id == 1))
    return Desk(
        reviews=_open_reviews(session),
        requests=_open_requests(session),
        submitted=_submitted(session),
        rounds=_rounds_to_chase(session, today, now),
        contracts=_contracts_near_notice(session, today),
        to_invite=_contracts_to_assess(session, today),
        mails=_failed_mails(session, now),
        **_set_aside(session, now),
        last_tick_at=last_tick_at,
        clock_silent=last_tick_at is None or now - last_tick_at > CLOCK_SILENT_AFTER,
        mail_held_at=session.scalar(select(Installation.mail_held_at)),
    )


def _open_reviews(session: Session) -> list[Review]:
    """On the desk now; a critical one stays there while it is put off."""
    query = (
        select(Review)
        .where(
            Review.closed_at.is_(None),
            ~Review.waiting,
            or_(Review.snoozed_until.is_(None), Review.severity == "critical"),
        )
        .order_by(_worst_first(), Review.due_on.nulls_last(), Review.id)
    )
    contract = joinedload(Review.contract).joinedload(Contract.supplier)
    return list(session.scalars(query.limit(MOST).options(selectinload(Review.reasons), contract)))


def waiting() -> Select[Review]:
    """Reviews that have not come to the desk yet, the one that is opened next first."""
    return (
        select(Review)
        .where(Review.waiting, Review.closed_at.is_(None))
        .order_by(_worst_first(), Review.due_on.nulls_last(), Review.opened_at, Review.id)
    )


def _set_aside(session: Session, now: datetime) -> dict[str, Any]:
    """Reviews that wait to be opened, that were put off, and that closed by themselves lately: one query for all."""
    gone_lately = and_(Review.closed_as != "", Review.closed_at > now - RESOLVED_SHOWN)
    still_open = and_(Review.closed_at.is_(None), or_(Review.waiting, Review.snoozed_until.is_not(None)))
    query = (
        select(Review)
        .where(or_(gone_lately, still_open))
        .order_by(Review.waiting, _worst_first(), Review.due_on.nulls_last(), Review.opened_at, Review.id)
        .limit(3 * MOST)
        .options(joinedload(Review.contract).joinedload(Contract.supplier))
    )
    found = list(session.scalars(query))
    shown = [one for one in found if one.waiting and one.closed_at is None]
    counted = waiting().order_by(None).with_only_columns(func.count())
    return {
        "waiting": shown[:MOST],
        "waiting_count": len(shown) if len(shown) < MOST else session.scalar(counted) or 0,
        "snoozed": sorted(
            (one for one in found if one.snoozed_until and one.closed_at is None),
            key=lambda one: (one.snoozed_until, one.id),
        ),
        "resolved": [one for one in found if one.closed_at is not None],
    }


def _worst_first() -> Case[int]:
    return case((Review.severity == "critical", 0), (Review.severity == "high", 1), else_=2)


def _open_requests(session: Session) -> list[SupplierRequest]:
    query = (
        select(SupplierRequest)
        .where(SupplierRequest.handled_at.is_(None))
        .order_by(SupplierRequest.id)
        .limit(MOST)
        .options(joinedload(SupplierRequest.assessment).joinedload(Assessment.supplier))
    )
    return list(session.scalars(query))


def _submitted(session: Session) -> list[Assessment]:
    query = (
        select(Assessment)
        .where(Assessment.state == State.SUBMITTED)
        .order_by(Assessment.submitted_at, Assessment.id)
        .limit(MOST)
        .options(joinedload(Assessment.supplier))
    )
    return list(session.scalars(query))


def _rounds_to_chase(session: Session, today: date, now: datetime) -> list[Assessment]:
    late = Assessment.due_on < today
    long_ago = now - UNOPENED_AFTER
    on_its_way = exists().where(  # invitations of a cohort leave a few a day
        Message.assessment_id == Assessment.id,
        Message.kind == "invitation",
        or_(Message.state.in_(("queued", "sending")), Message.sent_at > long_ago),
    )
    unopened = and_(Assessment.opened_at.is_(None), Assessment.created_at < long_ago, ~on_its_way)
    query = (
        select(Assessment)
        .where(Assessment.state.in_(OPEN_TO_SUPPLIER), or_(late, unopened))
        .order_by(Assessment.due_on, Assessment.id)
        .limit(MOST)
        .options(joinedload(Assessment.supplier), joinedload(Assessment.contact))
    )
    return list(session.scalars(query))


def _contracts_near_notice(session: Session, today: date) -> list[Contract]:
    """Contracts whose last day of notice is near and that are not under review already."""
    reviewed = exists().where(Review.contract_id == Contract.id, Review.closed_at.is_(None))
    query = (
        select(Contract)
        .where(Contract.last_notice_day.between(today, today + NOTICE_NEAR), ~reviewed)
        .order_by(Contract.last_notice_day, Contract.id)
        .limit(MOST)
        .options(joinedload(Contract.supplier))
    )
    return list(session.scalars(query))


def _contracts_to_assess(session: Session, today: date) -> list[Contract]:
    """Contracts whose next round should begin now: the day set, or for the first round the day of the chain."""
    day = Contract.assess_on
    running = exists().where(
        Assessment.supplier_id == Contract.supplier_id,
        Assessment.state.not_in((State.CLOSED, State.CANCELLED)),
    )
    query = (
        select(Contract)
        .where(
            day <= today + INVITE_AHEAD,
            or_(Contract.period_end.is_(None), Contract.period_end >= today),
            ~running,
        )
        .order_by(day, Contract.id)
        .limit(MOST)
        .options(joinedload(Contract.supplier))
    )
    return list(session.scalars(query))


def _failed_mails(session: Session, now: datetime) -> list[Message]:
    query = (
        select(Message)
        .where(Message.state == "failed", Message.created_at > now - FAILED_MAIL_SHOWN, ~to_colleague())
        .order_by(Message.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(query))
