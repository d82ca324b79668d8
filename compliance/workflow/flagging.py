"""Flagging: a contract that needs a person gets its one open review, or one more reason in it.

The key of a reason names trigger, object and date: the same reason never comes twice, also when its review was
closed; it comes back only when it has become more serious than what was decided about.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.due_items import DueItem, topic_of
from compliance.reviews.flags import ORDER, Reason, ReviewFlag, add_reason, reason_from
from compliance.reviews.parameters import Severity
from compliance.reviews.reasons import wording
from compliance.storage.models import Contract, Review, ReviewReason
from compliance.workflow.addressing import office_for
from compliance.workflow.posting import Draft, post_to_user
from compliance.workflow.recording import contract_case, record

DEADLINES = ("decide_by", "renew_by", "valid_until", "follow_up_on", "answers_due")
"""The values of a reason that say until when to act, the most useful first."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NEEDS_REVIEW = N_("A contract needs a review.")
UNTIL_CLOSED = N_("The review is closed before the mail is sent.")


def flag_contracts(
    session: Session, contracts: Iterable[Contract], reasons: Sequence[DueItem], *, now: datetime
) -> list[Review]:
    """Open or update the one review of each contract; the owner is mailed once for each reason and step.

    Gives the reviews that changed: a reason that is known and no worse than before changes nothing.
    """
    changed: dict[int, Review] = {}
    for contract in contracts:
        for item in reasons:
            review = _flag(session, contract, item, now)
            if review is not None:
                changed[review.id] = review
    return list(changed.values())


def _flag(session: Session, contract: Contract, item: DueItem, now: datetime) -> Review | None:
    key = _key_to_use(session, contract, item)
    if key is None:
        return None
    review, opened = _open_review(session, contract, item, now)
    stored = _store_reason(session, review, key, item, now)
    flag = add_reason(
        _as_flag(session, review, stored), str(contract.id), reason_from(item, today=day_of(now))
    )
    review.severity = flag.severity
    review.due_on = min(
        (reason.due_on for reason in _reasons(session, review) if reason.due_on), default=None
    )
    session.flush()
    _record(session, review, stored, "review_opened" if opened else "review_reason_added", now)
    _tell_office(session, contract, review, item, now)
    return review


def _key_to_use(session: Session, contract: Contract, item: DueItem) -> str | None:
    """The key under which a reason is stored; None when it was decided about and is no worse now."""
    key = period_key(item.key)
    known = session.execute(
        select(ReviewReason.severity, Review.closed_at)
        .join(Review, ReviewReason.review_id == Review.id)
        .where(ReviewReason.contract_id == contract.id, ReviewReason.key.in_(_keys(key)))
    ).all()
    decided = [severity for severity, closed_at in known if closed_at is not None]
    if not decided:
        return key
    worst = min(ORDER.index(severity) for severity in decided)
    return f"{key}:{item.severity}" if ORDER.index(item.severity) < worst else None


def period_key(due_key: str) -> str:
    """What makes a reason the same: trigger, object and date, whichever step and audience."""
    return ":".join(due_key.split(":")[:3])


def _keys(key: str) -> list[str]:
    return [key, *(f"{key}:{severity}" for severity in ORDER)]


def _open_review(session: Session, contract: Contract, item: DueItem, now: datetime) -> tuple[Review, bool]:
    """The contract's open review, and whether it was opened here."""
    present = find_open_review(session, contract)
    if present is not None:
        return present, False
    try:
        with session.begin_nested():
            review = Review(contract_id=contract.id, severity=item.severity, opened_at=now)
            session.add(review)
            session.flush()
    except (
        IntegrityError
    ):  # somebody else opened it in the same moment: the unique index let only one through
        return session.scalars(_open(contract)).one(), False
    return review, True


def find_open_review(session: Session, contract: Contract) -> Review | None:
    """The contract's one open review, or None."""
    return session.scalar(_open(contract))


def _open(contract: Contract) -> Select[Review]:
    return select(Review).where(Review.contract_id == contract.id, Review.closed_at.is_(None))


def _store_reason(session: Session, review: Review, key: str, item: DueItem, now: datetime) -> ReviewReason:
    """Update the open review's reason about the same thing, or add one."""
    topic = topic_of(item.key)
    same = [one for one in _reasons(session, review) if topic_of(one.key) == topic]
    reason = same[0] if same else ReviewReason(review_id=review.id, contract_id=review.contract_id)
    reason.key, reason.trigger, reason.severity = key, item.kind, item.severity
    reason.params, reason.due_on, reason.updated_at = dict(item.params), _deadline(item), now
    if not same:
        reason.created_at = now
        session.add(reason)
    session.flush()
    return reason


def _reasons(session: Session, review: Review) -> list[ReviewReason]:
    query = select(ReviewReason).where(ReviewReason.review_id == review.id).order_by(ReviewReason.id)
    return list(session.scalars(query))


def _as_flag(session: Session, review: Review, but: ReviewReason) -> ReviewFlag | None:
    """The review's other reasons as the step knows them."""
    reasons = tuple(_as_reason(one) for one in _reasons(session, review) if one.id != but.id)
    return ReviewFlag(str(review.contract_id), day_of(review.opened_at), reasons) if reasons else None


def _as_reason(row: ReviewReason) -> Reason:
    severity: Severity = next(known for known in ORDER if known == row.severity)
    return Reason(topic_of(row.key), row.trigger, severity, day_of(row.created_at), row.params)


def _deadline(item: DueItem) -> date:
    for name in DEADLINES:
        if name in item.params:
            return date.fromisoformat(item.params[name])
    return item.due_on


def _record(session: Session, review: Review, reason: ReviewReason, name: str, now: datetime) -> None:
    payload = {
        "review": review.id,
        "trigger": reason.trigger,
        "key": reason.key,
        "severity": reason.severity,
    }
    record(session, contract_case(review.contract_id), name, actor="system", now=now, payload=payload)


def _tell_office(session: Session, contract: Contract, review: Review, item: DueItem, now: datetime) -> None:
    words = wording(item.kind, item.params, today=day_of(now))
    params = {
        "review": review.id,
        "severity": item.severity,
        "reasons": [
            {"sentence": sentence, "params": dict(item.params)} for sentence in (words.why, words.what_now)
        ],
    }
    draft = Draft(
        kind="review_opened",
        key=f"review_opened:{contract.id}:{item.key}",
        why=NEEDS_REVIEW,
        cancelled_by=UNTIL_CLOSED,
        params=params,
        due_on=_deadline(item),
        supplier_id=contract.supplier_id,
        contract_id=contract.id,
        may_wait=item.severity != "critical",
    )
    for user in office_for(session, [contract]):
        post_to_user(session, user, draft, now=now)
