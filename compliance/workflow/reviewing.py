"""Reviewing: a procurer opens a review by hand, or has looked at a round and found nothing that needs a decision."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from compliance.assessments import NotAllowedNow, State, step
from compliance.clock import day_of
from compliance.storage.models import Assessment, AssessmentContract, Contract, Review, ReviewReason
from compliance.workflow import arming
from compliance.workflow.flagging import wake
from compliance.workflow.opening import admit
from compliance.workflow.recording import assessment_case, contract_case, record
from compliance.workflow.telling import BY_HAND

__all__ = ["BY_HAND", "ReviewsOpenError", "close_round", "end_round", "is_under_review", "open_by_hand"]


class ReviewsOpenError(Exception):
    """Contracts of the round are under review: decide about them first."""


def open_by_hand(session: Session, contract: Contract, text: str, *, actor: str, now: datetime) -> Review:
    """Open the contract's review, or add to the open one, with a reason that a person gives."""
    session.scalar(select(Contract.id).where(Contract.id == contract.id).with_for_update())
    query = select(Review).where(Review.contract_id == contract.id, Review.closed_at.is_(None))
    review = session.scalar(query)
    if review is None:
        review = Review(contract_id=contract.id, severity="normal", opened_at=now)
        session.add(review)
        session.flush()
    reason = ReviewReason(
        review_id=review.id,
        contract_id=contract.id,
        key=f"{BY_HAND}:{contract.id}:{now.isoformat()}",
        trigger=BY_HAND,
        severity="normal",
        params={"text": text},
        created_at=now,
        updated_at=now,
    )
    session.add(reason)
    session.flush()
    bring_forward(session, review, now=now)
    session.expire(review, ["reasons"])
    payload = {"review": review.id, "reason": reason.id}
    record(session, contract_case(contract.id), "review_asked_for", actor=actor, now=now, payload=payload)
    return review


def bring_forward(session: Session, review: Review, *, now: datetime) -> None:
    """A review that a person asks for waits no longer, nor is it put off."""
    if review.waiting:
        admit(session, review, now=now)
    if review.snoozed_until is not None:
        wake(session, review, now=now)
    session.flush()


def close_round(session: Session, assessment: Assessment, *, actor: str, now: datetime) -> None:
    """End a submitted round that needs no decision. Raises `NotAllowedNow`, `ReviewsOpenError`."""
    if State(assessment.state) is not State.SUBMITTED:
        raise NotAllowedNow(State(assessment.state), State.CLOSED)
    if is_under_review(session, assessment):
        raise ReviewsOpenError
    end_round(session, assessment, actor=actor, now=now)


def end_round(session: Session, assessment: Assessment, *, actor: str, now: datetime) -> None:
    """Close the round: its link stops working, its contracts have the day on which the next is due."""
    assessment.state = step(State(assessment.state), State.CLOSED)
    assessment.closed_at = now
    session.execute(
        update(Contract)
        .where(
            Contract.id.in_(_covered(assessment)),
            Contract.next_assessment_on.is_(None) | (Contract.next_assessment_on <= day_of(now)),
        )
        .values(next_assessment_on=assessment.reassess_on)
    )
    session.flush()
    record(session, assessment_case(assessment.id), "round_closed", actor=actor, now=now)
    arming.rearm_assessment(session, assessment, now=now)


def is_under_review(session: Session, assessment: Assessment) -> bool:
    """Whether a contract that the round covers has an open review."""
    under_review = exists().where(Review.contract_id.in_(_covered(assessment)), Review.closed_at.is_(None))
    return bool(session.scalar(select(under_review)))


def _covered(assessment: Assessment):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return select(AssessmentContract.contract_id).where(AssessmentContract.assessment_id == assessment.id)
