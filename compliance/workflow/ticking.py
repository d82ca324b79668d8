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
from compliance.reviews.triggers import ASSESSMENT_AGE, DOCUMENT_EXPIRY, FOLLOW_UP, LATE_ANSWERS
from compliance.storage.models import Assessment, Contract, Document, DueRow, User
from compliance.suppliers.contract_dates import CONTRACT_END, LAST_NOTICE_DAY
from compliance.workflow import planning
from compliance.workflow.arming import RECOMPUTE, as_due_item, rearm_contract
from compliance.workflow.digesting import gather
from compliance.workflow.flagging import flag_contracts
from compliance.workflow.inviting import remind_colleagues
from compliance.workflow.posting import DIGEST, Draft, post_to_contact

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
    """Claim a due row and do what it says: done, superseded or cancelled; None when another clock was faster."""
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


def _fire(session: Session, row: DueRow, now: datetime) -> str:
    source_id = int(row.source.partition(":")[2])
    if row.kind == RECOMPUTE:
        rearm_contract(session, session.get_one(Contract, source_id), now=now)
        return DONE
    if row.kind == DIGEST:
        reader = session.get_one(User, source_id)
        return DONE if gather(session, reader, on=row.due_on, now=now) else CANCELLED
    if row.params["audience"] == "supplier":
        return _remind(session, session.get_one(Assessment, source_id), row, now)
    contracts = [
        one for one in _CONCERNED[row.kind](session, source_id, row) if not _has_ended(one, row, now)
    ]
    if not contracts:
        return CANCELLED
    return DONE if flag_contracts(session, contracts, [as_due_item(row)], now=now) else CANCELLED


def _remind(session: Session, assessment: Assessment, row: DueRow, now: datetime) -> str:
    """Mail the supplier's contact, unless the answers came, every contract ended, or mail does not arrive."""
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        return CANCELLED
    contracts = assessment.contracts
    if contracts and all(_has_ended(one, row, now) for one in contracts):
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


def _has_ended(contract: Contract, row: DueRow, now: datetime) -> bool:
    """Whether nothing can be done about a contract any more. Its own end is told of, also when it comes late."""
    del row
    return contract.period_end is not None and contract.period_end < day_of(now)


def _of_contract(session: Session, source_id: int, row: DueRow) -> list[Contract]:
    del row
    return [session.get_one(Contract, source_id)]


def _of_decision(session: Session, source_id: int, row: DueRow) -> list[Contract]:
    """The contract, unless a later decision took the follow-up's place."""
    contract = session.get_one(Contract, source_id)
    decision = planning.newest_decision(session, contract)
    return [contract] if decision is not None and f":decision-{decision.id}:" in row.key else []


def _of_old_assessment(session: Session, source_id: int, row: DueRow) -> list[Contract]:
    """The contracts it covers, unless a newer round was answered or is under way."""
    del row
    assessment = session.get_one(Assessment, source_id)
    later = select(Assessment.id).where(
        Assessment.supplier_id == assessment.supplier_id,
        Assessment.id > assessment.id,
        Assessment.state.not_in([State.CANCELLED, State.DECLINED]),
    )
    return [] if session.scalar(later.limit(1)) is not None else assessment.contracts


def _of_late_answers(session: Session, source_id: int, row: DueRow) -> list[Contract]:
    del row
    assessment = session.get_one(Assessment, source_id)
    return assessment.contracts if State(assessment.state) in OPEN_TO_SUPPLIER else []


def _of_document(session: Session, source_id: int, row: DueRow) -> list[Contract]:
    """The contracts of the supplier's newest submitted answers, if these show the document and no newer one."""
    document = session.get_one(Document, source_id)
    assessment = planning.newest_submitted(session, document.supplier_id)
    if assessment is None or document not in planning.documents_of(session, assessment):
        return []
    until = planning.valid_until_of(session, document)
    if until is None or until.isoformat() != row.params["values"].get("valid_until"):
        return []
    return [] if _is_replaced(session, document, assessment) else assessment.contracts


def _is_replaced(session: Session, document: Document, assessment: Assessment) -> bool:
    """Whether the same answers show another document of the same kind that is valid longer."""
    mine = planning.valid_until_of(session, document)
    name = planning.name_of(session, document)
    for other in planning.documents_of(session, assessment):
        until = planning.valid_until_of(session, other)
        if (
            other.kind == document.kind
            and planning.name_of(session, other) == name
            and until
            and mine
            and until > mine
        ):
            return True
    return False


_CONCERNED: dict[str, Callable[[Session, int, DueRow], list[Contract]]] = {
    CONTRACT_END: _of_contract,
    LAST_NOTICE_DAY: _of_contract,
    FOLLOW_UP: _of_decision,
    ASSESSMENT_AGE: _of_old_assessment,
    LATE_ANSWERS: _of_late_answers,
    DOCUMENT_EXPIRY: _of_document,
}


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
