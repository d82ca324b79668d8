"""Flagging: a contract that needs a person gets its one open review, or one more reason in it.

The key of a reason names trigger, object and date: the same reason never comes twice, also when its review was
closed; it comes back only when it has become more serious than what was decided about.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.reviews.due_items import DueItem, topic_of
from compliance.reviews.flags import ORDER
from compliance.reviews.parameters import Severity, parameters
from compliance.storage.models import Contract, Review, ReviewReason
from compliance.workflow.opening import admit, queue_opening, reasons_that_hold
from compliance.workflow.recording import contract_case, record
from compliance.workflow.telling import Told, sentences_of, tell_office

DEADLINES = (
    "decide_by", "renew_by", "valid_until", "follow_up_on", "answers_due", "begin_by", "report_by", "report_due_on",
    "meeting_on",
)  # fmt: skip
"""The values of a reason that say until when to act, the most useful first."""


def flag_contracts(
    session: Session,
    contracts: Iterable[Contract],
    reasons: Sequence[DueItem],
    *,
    now: datetime,
    by_hand: bool = False,
) -> list[Review]:
    """Give each contract's one review these reasons; its owner is mailed once for each reason and step.

    A new review waits until the clock opens it (see `opening`); a critical one and one that a person asks for
    (`by_hand`) come to the desk at once. Gives the reviews that changed: a reason that is known and no worse than
    before changes nothing.
    """
    changed: dict[int, Review] = {}
    for contract in contracts:
        for item in reasons:
            review = _flag(session, contract, item, by_hand=by_hand, now=now)
            if review is not None:
                changed[review.id] = review
    return list(changed.values())


def _flag(
    session: Session, contract: Contract, item: DueItem, *, by_hand: bool, now: datetime
) -> Review | None:
    key = _key_to_use(session, contract, item)
    if key is None:
        return None
    review, is_new = _open_review(session, contract, item, now)
    stored = _store_reason(session, review, key, item, now)
    weigh_anew(session, review)
    if review.waiting and (by_hand or item.severity == "critical"):
        admit(session, review, now=now)
        return review
    _record(session, review, stored, "review_waits" if is_new else "review_reason_added", now)
    if is_new:
        queue_opening(session, now=now)
    elif not review.waiting:
        _tell(session, review, item, now)
    session.flush()
    return review


def weigh_anew(session: Session, review: Review) -> None:
    """Severity and day of a review from the reasons that hold; those of the last stay when none does."""
    reasons = reasons_that_hold(session, review)
    if reasons:
        review.severity = reasons[0].severity
        review.due_on = min((reason.due_on for reason in reasons if reason.due_on), default=None)
    session.flush()


def _tell(session: Session, review: Review, item: DueItem, now: datetime) -> None:
    """Mail the office, unless the review was put off for something as serious or the reason needs no mail."""
    if item.kind in parameters().without_mail:
        return
    if review.snoozed_until is not None:
        if ORDER.index(item.severity) >= ORDER.index(severity_word(review.snoozed_severity)):
            return
        wake(session, review, now=now)
    sentences = sentences_of(item.kind, item.params, now=now)
    tell_office(session, review, Told(item.key, item.severity, _deadline(item), sentences), now=now)


def wake(session: Session, review: Review, *, now: datetime) -> None:
    """A review that was put off is back on the desk."""
    review.snoozed_until, review.snoozed_severity = None, ""
    payload = {"review": review.id, "severity": review.severity}
    record(
        session, contract_case(review.contract_id), "review_woken", actor="system", now=now, payload=payload
    )


def severity_word(text: str) -> Severity:
    """A stored severity as the steps know it."""
    return next(known for known in ORDER if known == text)


def _key_to_use(session: Session, contract: Contract, item: DueItem) -> str | None:
    """The key under which a reason is stored; None when it was decided about and is no worse now."""
    key = period_key(item.key)
    known = session.execute(
        select(ReviewReason.severity, Review.closed_at)
        .join(Review, ReviewReason.review_id == Review.id)
        .where(
            ReviewReason.contract_id == contract.id,
            ReviewReason.key.in_(_keys(key)),
            ReviewReason.resolved_at.is_(None),
        )
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
    """The contract's open review, and whether it was made here. It is locked: others may add reasons as well."""
    locked = _open(contract).with_for_update().execution_options(populate_existing=True)
    present = session.scalar(locked)
    if present is not None:
        return present, False
    try:
        with session.begin_nested():
            review = Review(contract_id=contract.id, severity=item.severity, opened_at=now, waiting=True)
            session.add(review)
            session.flush()
    except (
        IntegrityError
    ):  # somebody else opened it in the same moment: the unique index let only one through
        return session.scalars(locked).one(), False
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
    reason.resolved_at = None
    if not same:
        reason.created_at = now
        session.add(reason)
    session.flush()
    return reason


def _reasons(session: Session, review: Review) -> list[ReviewReason]:
    query = select(ReviewReason).where(ReviewReason.review_id == review.id).order_by(ReviewReason.id)
    return list(session.scalars(query))


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
