"""Deciding: a procurer's decision closes a review, says when the matter comes back, and may send answers back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from compliance.assessments import State, step
from compliance.clock import day_of
from compliance.decisions.codes import (
    DecisionCode,
    DecisionDraft,
    decision_code,
    decision_refusals,
    decision_table,
)
from compliance.decisions.follow_up import FollowUpFacts, suggested_follow_up
from compliance.storage.models import (
    Assessment,
    AssessmentContract,
    Contract,
    Decision,
    Review,
    Scorecard,
    User,
)
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_json import read_contract
from compliance.suppliers.refusals import Refusal
from compliance.workflow import arming
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.recording import assessment_case, contract_case, record
from compliance.workflow.reviewing import end_round, is_under_review
from compliance.workflow.starting import open_round

TOLD_TO_SUPPLIER = frozenset({"approve", "approve_with_plan"})
REASSESSMENT = "reassessment"


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ASKED_MISSING = N_("Write what the supplier is to complete.")
NOTHING_TO_SEND_BACK = N_("There is no submitted round about this contract to send back.")
ANOTHER_ROUND_OPEN = N_("The supplier has another round open. Its answers will come from there.")
SENT_BACK_WHY = N_("A procurer asked the supplier to complete its answers.")
SENT_BACK_STOP = N_("The supplier submits again, or the round is cancelled.")
DECIDED_WHY = N_("A procurer made a decision about the supplier's answers.")


class DecisionRefusedError(Exception):
    """The decision cannot be taken like this; `refusals` name code, reason, next_on, heard_on or asked."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{refusal.at}: {refusal.message}" for refusal in refusals))
        self.refusals = refusals


class AlreadyDecidedError(Exception):
    """Somebody else closed the review in the meantime."""


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """A decision as typed, with what the supplier is asked to complete (for decisions that send answers back)."""

    draft: DecisionDraft
    asked: str = ""


def assessment_for(session: Session, contract: Contract) -> Assessment | None:
    """The newest submitted round of the contract's supplier, which a review looks at."""
    return session.scalar(
        select(Assessment)
        .where(Assessment.supplier_id == contract.supplier_id, Assessment.submitted_at.is_not(None))
        .order_by(Assessment.id.desc())
        .limit(1)
    )


def suggested_days(session: Session, contract: Contract, *, today: date) -> dict[str, date | None]:
    """For each decision code the day on which the matter would come back."""
    assessment, table = assessment_for(session, contract), decision_table()
    newest = _newest_scorecard(session, assessment) if assessment else None
    facts = FollowUpFacts(
        decided_on=today,
        dates=contract_dates(read_contract(contract.terms).terms, on=today),
        assessed_on=day_of(assessment.submitted_at) if assessment and assessment.submitted_at else None,
        reassess_months=newest.result.get("reassess_months") if newest else None,
        band=assessment.band if assessment else None,
    )
    return {code: suggested_follow_up(row, facts, table.follow_up) for code, row in table.codes.items()}


def record_decision(
    session: Session, review: Review, deciding: Deciding, *, decided_by: User, now: datetime
) -> Decision:
    """Take a decision. Raises `DecisionRefusedError`, and `AlreadyDecidedError` when the review is closed."""
    assessment = assessment_for(session, review.contract)
    row = _refuse_or_read(session, review.contract, assessment, deciding, day_of(now))
    if row.closes_review:
        _close(session, review, now)
    newest = _newest_scorecard(session, assessment) if assessment else None
    draft = deciding.draft
    decision = Decision(
        review_id=review.id,
        contract_id=review.contract_id,
        assessment_id=assessment.id if assessment else None,
        scorecard_id=newest.id if newest else None,
        code=draft.code,
        reason=draft.reason.strip(),
        next_on=draft.next_on,
        decided_by_id=decided_by.id,
        decided_at=now,
    )
    session.add(decision)
    session.flush()
    _record(session, decision, draft, now)
    _follow_on(session, decision, row, deciding, assessment, now=now)
    return decision


def _refuse_or_read(
    session: Session, contract: Contract, assessment: Assessment | None, deciding: Deciding, today: date
) -> DecisionCode:
    refusals = list(decision_refusals(deciding.draft, today=today))
    row = decision_code(deciding.draft.code)
    if row is not None and row.reopens_assessment:
        refusals += _completion_refusals(session, contract, assessment, deciding)
    if refusals or row is None:
        raise DecisionRefusedError(tuple(refusals))
    return row


def _completion_refusals(
    session: Session, contract: Contract, assessment: Assessment | None, deciding: Deciding
) -> list[Refusal]:
    refusals = [] if deciding.asked.strip() else [Refusal("asked", ASKED_MISSING)]
    can_go_back = assessment is not None and State(assessment.state) in {State.SUBMITTED, State.CLOSED}
    if assessment is None or not can_go_back or not _covers(session, assessment, contract):
        return [*refusals, Refusal("code", NOTHING_TO_SEND_BACK)]
    present = open_round(session, assessment.supplier)
    if present is not None and present.id != assessment.id:
        refusals.append(Refusal("code", ANOTHER_ROUND_OPEN))
    return refusals


def _close(session: Session, review: Review, now: datetime) -> None:
    """Close the review if nobody else has; of two decisions at once only the first counts."""
    closed = session.execute(
        update(Review).where(Review.id == review.id, Review.closed_at.is_(None)).values(closed_at=now)
    )
    assert isinstance(closed, CursorResult)
    if closed.rowcount != 1:
        raise AlreadyDecidedError
    session.refresh(review)


def _record(session: Session, decision: Decision, draft: DecisionDraft, now: datetime) -> None:
    payload = {
        "decision": decision.id,
        "review": decision.review_id,
        "code": decision.code,
        "codes_version": decision_table().version,
        "next_on": _iso(decision.next_on),
        "heard_on": _iso(draft.heard_on),
        "scorecard": decision.scorecard_id,
    }
    actor = f"user:{decision.decided_by_id}"
    record(
        session, contract_case(decision.contract_id), "decision_made", actor=actor, now=now, payload=payload
    )


def _follow_on(
    session: Session,
    decision: Decision,
    row: DecisionCode,
    deciding: Deciding,
    assessment: Assessment | None,
    *,
    now: datetime,
) -> None:
    contract = session.get_one(Contract, decision.contract_id)
    if row.next_from == REASSESSMENT and decision.next_on is not None:
        contract.next_assessment_on = decision.next_on
    if assessment is not None and row.reopens_assessment:
        send_back(session, assessment, deciding, actor=f"user:{decision.decided_by_id}", now=now)
    elif assessment is not None and _covers(session, assessment, contract):
        _after_decision(session, decision, row, assessment, now=now)
    session.flush()
    arming.rearm_contract(session, contract, now=now)


def send_back(
    session: Session, assessment: Assessment, deciding: Deciding, *, actor: str, now: datetime
) -> None:
    """Give the supplier its answers back to complete them by a day. The decision has been checked before."""
    due_on = deciding.draft.next_on
    assert due_on is not None, "decision_refusals demands a day"
    assessment.state = step(State(assessment.state), State.SENT_BACK)
    assessment.sent_back_note = deciding.asked.strip()
    assessment.due_on, assessment.closed_at = due_on, None
    session.flush()
    payload = {"due_on": due_on.isoformat()}
    event = record(
        session, assessment_case(assessment.id), "sent_back", actor=actor, now=now, payload=payload
    )
    draft = Draft(
        kind="sent_back",
        key=f"sent_back:{assessment.id}:{event.sequence}",
        why=SENT_BACK_WHY,
        cancelled_by=SENT_BACK_STOP,
        params=payload,
        due_on=due_on,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, assessment.contact, draft, now=now)
    arming.rearm_assessment(session, assessment, now=now)


def _after_decision(
    session: Session, decision: Decision, row: DecisionCode, assessment: Assessment, *, now: datetime
) -> None:
    """Set the next round of the assessment, tell the supplier, and close the round when all is decided."""
    assessment.reassess_on = _earliest_next(session, assessment) or assessment.reassess_on
    actor = f"user:{decision.decided_by_id}"
    if decision.code in TOLD_TO_SUPPLIER:
        draft = Draft(
            kind="decision_made",
            key=f"decision_made:{decision.id}",
            why=DECIDED_WHY,
            params={"decision": row.label.in_language(assessment.contact.locale)},
            supplier_id=assessment.supplier_id,
            assessment_id=assessment.id,
            contract_id=decision.contract_id,
        )
        post_to_contact(session, assessment.contact, draft, now=now)
    if State(assessment.state) is State.SUBMITTED and not is_under_review(session, assessment):
        end_round(session, assessment, actor=actor, now=now)
    else:
        arming.rearm_assessment(session, assessment, now=now)


def _earliest_next(session: Session, assessment: Assessment) -> date | None:
    """The first day on which a contract of the round is to be assessed again."""
    query = select(func.min(Contract.next_assessment_on)).where(
        Contract.id.in_(
            select(AssessmentContract.contract_id).where(AssessmentContract.assessment_id == assessment.id)
        )
    )
    return session.scalar(query)


def _covers(session: Session, assessment: Assessment, contract: Contract) -> bool:
    return session.get(AssessmentContract, (assessment.id, contract.id)) is not None


def _newest_scorecard(session: Session, assessment: Assessment) -> Scorecard | None:
    query = select(Scorecard).where(Scorecard.assessment_id == assessment.id)
    return session.scalar(query.order_by(Scorecard.sequence.desc()).limit(1))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
