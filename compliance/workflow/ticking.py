"""Ticking: what is due is claimed, looked at once more, and done.

A row that fires is a suggestion from the day it was armed: the facts are checked again, and when they no longer hold
nothing happens. Each function is one transaction of the job that calls it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import Session, aliased

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.clock import day_of
from compliance.reviews.contract_triggers import QUIET
from compliance.storage.models import Assessment, Contract, DueRow, Review, User
from compliance.workflow.arming import RECOMPUTE, as_due_item, rearm_contract
from compliance.workflow.digesting import gather
from compliance.workflow.flagging import flag_contracts
from compliance.workflow.inviting import remind_colleagues
from compliance.workflow.opening import OPENING, open_waiting
from compliance.workflow.posting import DIGEST, Draft, post_to_contact
from compliance.workflow.snoozing import SNOOZE, end_snooze
from compliance.workflow.standing import cause_of, concerned

DONE, SUPERSEDED, CANCELLED = "done", "superseded", "cancelled"
FIRST_DELAY = timedelta(minutes=10)
LONGEST_DELAY = timedelta(days=1)


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ANSWERS_MISSING = N_("The supplier's answers have not come in.")
UNTIL_SUBMITTED = N_("The supplier submits, or the round is cancelled.")


def due_rows(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The ids of what is due and not done, what has been due longest first."""
    query = select(DueRow.id).where(DueRow.done_at.is_(None), DueRow.due_at <= now)
    return list(session.scalars(query.order_by(DueRow.due_at, DueRow.id).limit(limit)))


def do_due_row(session: Session, row_id: int, *, now: datetime) -> str | None:
    """Claim a due row and do what it says: done, superseded or cancelled.

    None when another clock was faster, or when the row is to be looked at again.
    """
    claimed = session.execute(
        update(DueRow).where(DueRow.id == row_id, DueRow.done_at.is_(None)).values(done_at=now)
    )
    if not _changed(claimed):
        return None
    row = session.get_one(DueRow, row_id, populate_existing=True)
    outcome = SUPERSEDED if _newer_step_is_due(session, row, now) else _fire(session, row, now)
    row.outcome, row.last_error = outcome, ""
    session.flush()
    return outcome


def push_ahead(session: Session, row_id: int, problem: str, *, now: datetime) -> None:
    """A row that failed: try again later, twice as late each time, so that it never blocks the others."""
    row = session.get_one(DueRow, row_id, populate_existing=True)
    if row.done_at is not None:
        return
    delay = min(FIRST_DELAY * 2 ** min(row.attempts, 10), LONGEST_DELAY)
    row.attempts += 1
    row.last_error, row.due_at = problem[:200], now + delay
    session.flush()


def _newer_step_is_due(session: Session, row: DueRow, now: datetime) -> bool:
    if not row.ladder:
        return False
    other = aliased(DueRow)
    newer = exists().where(
        other.ladder == row.ladder, other.done_at.is_(None), other.due_at <= now, other.due_on > row.due_on
    )
    return bool(session.scalar(select(newer)))


def _fire(session: Session, row: DueRow, now: datetime) -> str | None:
    if row.kind in _OWN_ROWS:
        return _OWN_ROWS[row.kind](session, row, now)
    if row.params["audience"] == "supplier":
        return _remind(session, session.get_one(Assessment, _source_id(row)), row, now)
    cause = cause_of(row.key, row.params["values"], today=day_of(now))
    contracts = [one for one in concerned(session, cause) if not _has_ended(one, now)]
    if not contracts:
        if row.kind == QUIET:  # something was done meanwhile: count anew from there
            rearm_contract(session, session.get_one(Contract, cause.subject_id), now=now)
        return CANCELLED
    return DONE if flag_contracts(session, contracts, [as_due_item(row)], now=now) else CANCELLED


def _recompute(session: Session, row: DueRow, now: datetime) -> str:
    rearm_contract(session, session.get_one(Contract, _source_id(row)), now=now)
    return DONE


def _digest(session: Session, row: DueRow, now: datetime) -> str:
    reader = session.get_one(User, _source_id(row))
    return DONE if gather(session, reader, on=row.due_on, now=now) else CANCELLED


def _open_waiting(session: Session, row: DueRow, now: datetime) -> str | None:
    return DONE if open_waiting(session, row, now=now) else None


def _end_snooze(session: Session, row: DueRow, now: datetime) -> str:
    review = session.get_one(Review, _source_id(row))
    return DONE if end_snooze(session, review, on=row.due_on, now=now) else CANCELLED


_OWN_ROWS: dict[str, Callable[[Session, DueRow, datetime], str | None]] = {
    RECOMPUTE: _recompute,
    DIGEST: _digest,
    OPENING: _open_waiting,
    SNOOZE: _end_snooze,
}
"""Rows that are not a step of a trigger."""


def _source_id(row: DueRow) -> int:
    return int(row.source.partition(":")[2])


def _remind(session: Session, assessment: Assessment, row: DueRow, now: datetime) -> str:
    """Mail the supplier's contact, unless the answers came, every contract ended, or mail does not arrive."""
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        return CANCELLED
    contracts = assessment.contracts
    if contracts and all(_has_ended(one, now) for one in contracts):
        return CANCELLED
    draft = Draft(
        kind="reminder",
        key=f"reminder:{row.key}",
        why=ANSWERS_MISSING,
        cancelled_by=UNTIL_SUBMITTED,
        params={"due_on": assessment.due_on.isoformat()},
        due_on=assessment.due_on,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    remind_colleagues(session, assessment, occasion=row.key, now=now)
    return DONE if post_to_contact(session, assessment.contact, draft, now=now) else CANCELLED


def _has_ended(contract: Contract, now: datetime) -> bool:
    """Whether nothing can be done about a contract any more. Its own end is told of, also when it comes late."""
    return contract.period_end is not None and contract.period_end < day_of(now)


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
