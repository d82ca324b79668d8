"""Resolving: a reason whose cause has gone says so; a review without reasons closes itself, unless a person has begun.

What a person asked for or reported does not go away by itself.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from compliance.clock import day_of
from compliance.storage.models import Contract, Review, ReviewReason
from compliance.workflow.flagging import weigh_anew
from compliance.workflow.opening import reasons_that_hold
from compliance.workflow.recording import contract_case, record
from compliance.workflow.standing import can_be_gone, cause_of, concerned

CAUSE_GONE = "cause_gone"
"""How a review was closed that closed itself."""


def resolve_reasons(session: Session, contracts: Iterable[Contract], *, now: datetime) -> list[Review]:
    """Look at the open reviews of these contracts after facts have changed; gives those that closed themselves."""
    ids = [contract.id for contract in contracts]
    query = (
        select(Review)
        .where(Review.contract_id.in_(ids), Review.closed_at.is_(None))
        .order_by(Review.id)
        .options(selectinload(Review.reasons), selectinload(Review.decisions))
        .execution_options(populate_existing=True)
    )
    return [review for review in session.scalars(query).all() if _resolve(session, review, now)]


def _resolve(session: Session, review: Review, now: datetime) -> bool:
    gone = [reason for reason in review.reasons if _is_gone(session, review, reason, now)]
    for reason in gone:
        _record(session, review, "review_reason_resolved", now, trigger=reason.trigger, key=reason.key)
        reason.resolved_at = now
        reason.key = f"{reason.key}~{reason.id}"  # free for the same cause, should it come back
    if not gone:
        return False
    session.flush()
    weigh_anew(session, review)
    if reasons_that_hold(session, review) or review.decisions:
        return False
    review.closed_at, review.closed_as = now, CAUSE_GONE
    session.flush()
    _record(session, review, "review_closed_itself", now)
    return True


def _is_gone(session: Session, review: Review, reason: ReviewReason, now: datetime) -> bool:
    if reason.resolved_at is not None:
        return False
    subject = reason.key.split(":")[1].rpartition("-")[0]
    if not can_be_gone(reason.trigger, subject):
        return False
    cause = cause_of(reason.key, reason.params, today=day_of(now))
    return review.contract_id not in {contract.id for contract in concerned(session, cause)}


def _record(session: Session, review: Review, name: str, now: datetime, **payload: str) -> None:
    case = contract_case(review.contract_id)
    record(session, case, name, actor="system", now=now, payload={"review": review.id, **payload})
