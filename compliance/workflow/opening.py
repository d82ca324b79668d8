"""Opening: new reviews come to the desk, worst first and at most so many a day; the rest wait and can be seen.

One due row opens them, after everything else that is due has been done, so that the worst is known; only the clock
that has claimed the row counts and opens, so that any number of clocks never open one too many. Critical reviews
and those that a person asked for do not wait.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import CursorResult, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.clock import STOCKHOLM, day_of
from compliance.reviews.flags import ORDER
from compliance.reviews.parameters import parameters
from compliance.storage.models import DueRow, Installation, Review, ReviewReason
from compliance.storage.queries.desk import waiting
from compliance.suppliers.calendar import working_day_on_or_after
from compliance.workflow.recording import contract_case, record
from compliance.workflow.telling import Told, sentences_of, tell_office

OPENING = "opening"
DEFAULT_PER_DAY = 10
MOST_PER_DAY = 1000
SOON = timedelta(seconds=5)
NEXT_MORNING = time(6, 1)
"""Just after what falls due in the morning, so that the worst of that can go first."""


def per_day(session: Session) -> int:
    """How many new reviews come to the desk in a day."""
    stored = session.scalar(select(Installation.reviews_per_day))
    return DEFAULT_PER_DAY if stored is None else stored


def queue_opening(session: Session, *, now: datetime) -> None:
    """See to it that the clock looks at the waiting reviews."""
    if _wake(session, now):
        return
    try:
        with session.begin_nested():
            row = DueRow(
                key=OPENING, kind=OPENING, source="review:0", due_on=day_of(now), due_at=now, params={}
            )
            session.add(row)
    except IntegrityError:  # somebody made it in the same moment
        _wake(session, now)


def _wake(session: Session, now: datetime) -> bool:
    """Make the row due; waits for a clock that is at it, and then has it look again."""
    woken = session.execute(
        update(DueRow)
        .where(DueRow.key == OPENING)
        .values(done_at=None, outcome=None, due_on=day_of(now), due_at=now)
    )
    assert isinstance(woken, CursorResult)
    return bool(woken.rowcount)


def open_waiting(session: Session, row: DueRow, *, now: datetime) -> bool:
    """Open what there is room for today. False when some still wait: the row then says when to go on."""
    if _something_else_is_due(session, now):
        return _again(row, now + SOON)
    today = day_of(now)
    taken = session.scalar(select(func.count(Review.id)).where(Review.admitted_on == today)) or 0
    room = max(0, per_day(session) - taken)
    chosen = session.scalars(waiting().limit(room).with_for_update(skip_locked=True)).all()
    for review in chosen:
        review.admitted_on = today
        admit(session, review, now=now)
    session.flush()
    if session.scalar(waiting().with_only_columns(Review.id).limit(1)) is None:
        return True
    if len(chosen) < room:  # somebody is changing them just now
        return _again(row, now + SOON)
    tomorrow = working_day_on_or_after(today + timedelta(days=1))
    return _again(row, datetime.combine(tomorrow, NEXT_MORNING, tzinfo=STOCKHOLM))


def _again(row: DueRow, moment: datetime) -> bool:
    row.done_at, row.due_at, row.due_on = None, moment, day_of(moment)
    return False


def _something_else_is_due(session: Session, now: datetime) -> bool:
    """Rows that are done at this moment by other clocks count as well: they are not done before they are committed."""
    other = exists().where(DueRow.done_at.is_(None), DueRow.due_at <= now, DueRow.key != OPENING)
    return bool(session.scalar(select(other)))


def admit(session: Session, review: Review, *, now: datetime) -> None:
    """A waiting review comes to the desk, and the office is told with all its reasons in one mail."""
    review.waiting, review.opened_at = False, now
    reasons = reasons_that_hold(session, review)
    payload = {"review": review.id, "severity": review.severity, "triggers": [one.trigger for one in reasons]}
    record(
        session, contract_case(review.contract_id), "review_opened", actor="system", now=now, payload=payload
    )
    told = [one for one in reasons if one.trigger not in parameters().without_mail]
    if told:
        sentences = [each for one in told for each in sentences_of(one.trigger, one.params, now=now)]
        tell_office(
            session,
            review,
            Told(f"{told[0].key}:{review.id}", review.severity, review.due_on, sentences),
            now=now,
        )


def reasons_that_hold(session: Session, review: Review) -> list[ReviewReason]:
    """The reasons whose cause has not gone, worst and oldest first."""
    query = select(ReviewReason).where(
        ReviewReason.review_id == review.id, ReviewReason.resolved_at.is_(None)
    )
    found = session.scalars(query.order_by(ReviewReason.id)).all()
    return sorted(found, key=lambda one: (ORDER.index(one.severity), one.created_at, one.id))
