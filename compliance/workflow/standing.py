"""Standing: whether the cause of a reason still holds, and which contracts it concerns, as the facts are now.

Asked before a stored day fires, and again of the reasons of open reviews whenever facts change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.reviews import (
    answer_triggers,
    contract_triggers,
    document_triggers,
    register_triggers,
    reported,
    triggers,
)
from compliance.storage.models import Assessment, Contract, Decision, Document, ReportedEvent, Subcontractor
from compliance.suppliers.contract_dates import CONTRACT_END, LAST_NOTICE_DAY
from compliance.suppliers.contract_json import read_contract
from compliance.workflow import planning, planning_register, planning_rounds
from compliance.workflow.latest import documents_of, is_newest_submitted, newest_submitted


@dataclass(frozen=True)
class Cause:
    """What a key tells of: the trigger, the object by kind and id, and the values of the reason's sentence."""

    trigger: str
    subject: str
    subject_id: int
    values: Mapping[str, Any]
    today: date

    def day(self, name: str) -> date:
        """One of the values, a day."""
        return date.fromisoformat(self.values[name])


def cause_of(key: str, values: Mapping[str, Any], *, today: date) -> Cause:
    """Read the key of a due row or of a reason."""
    trigger, subject = key.split(":")[:2]
    kind, _, number = subject.rpartition("-")
    return Cause(trigger, kind, int(number), values, today)


def concerned(session: Session, cause: Cause) -> list[Contract]:
    """The contracts that a cause concerns; none when it no longer holds."""
    return _CONCERNED[cause.trigger, cause.subject](session, cause)


def can_be_gone(trigger: str, subject: str) -> bool:
    """Whether a cause can go away by itself; what a person reported stays until it was decided about."""
    return (trigger, subject) in _CONCERNED and subject != "event"


def _contract(session: Session, cause: Cause) -> Contract:
    return session.get_one(Contract, cause.subject_id)


def _ends_then(session: Session, cause: Cause) -> list[Contract]:
    """T1: by the present terms this period ends on that day, and the contract has not gone on into another."""
    contract, day = _contract(session, cause), cause.day("deadline")
    then = planning.dates_on(contract, day)
    now = planning.dates_on(contract, cause.today)
    went_on = now.period_end is None or now.period_end > max(day, cause.today)
    holds = day in {then.ends_on, then.period_end} and not (cause.today > day and went_on)
    return [contract] if holds else []


def _notice_then(session: Session, cause: Cause) -> list[Contract]:
    """T2: by the present terms that day is a last day of notice. That it has passed does not make it go away."""
    contract, day = _contract(session, cause), cause.day("deadline")
    return [contract] if day in planning.notice_days(contract, on=day) else []


def _follow_up(session: Session, cause: Cause) -> list[Contract]:
    """T9: no later decision took the follow-up's place."""
    decision = session.get_one(Decision, cause.subject_id)
    contract = session.get_one(Contract, decision.contract_id)
    newest = planning.newest_decision(session, contract)
    return [contract] if newest is not None and newest.id == decision.id else []


def _assessment(session: Session, cause: Cause) -> Assessment:
    return session.get_one(Assessment, cause.subject_id)


def _until_next_round(session: Session, cause: Cause) -> list[Contract]:
    """T4, T17 and T18: no newer round was answered or is under way."""
    assessment = _assessment(session, cause)
    later = select(Assessment.id).where(
        Assessment.supplier_id == assessment.supplier_id,
        Assessment.id > assessment.id,
        Assessment.state.not_in([State.CANCELLED, State.DECLINED]),
    )
    return [] if session.scalar(later.limit(1)) is not None else assessment.contracts


def _too_old(session: Session, cause: Cause) -> list[Contract]:
    """T4: and the day it is to be renewed is still the same."""
    renew_by = _assessment(session, cause).reassess_on
    return _until_next_round(session, cause) if renew_by == cause.day("renew_by") else []


def _late(session: Session, cause: Cause) -> list[Contract]:
    """T5: the answers are still awaited by that day."""
    assessment = _assessment(session, cause)
    waits = State(assessment.state) in OPEN_TO_SUPPLIER and assessment.due_on == cause.day("answers_due")
    return assessment.contracts if waits else []


def _low_band(session: Session, cause: Cause) -> list[Contract]:
    """T7: the result that stands is still low, and no newer one came."""
    assessment = _assessment(session, cause)
    if not _is_newest(session, assessment):
        return []
    return assessment.contracts if planning_rounds.plan_low_band(session, assessment) else []


def _drop(session: Session, cause: Cause) -> list[Contract]:
    """T8: as T7, held against the round before."""
    assessment = _assessment(session, cause)
    if not _is_newest(session, assessment):
        return []
    return assessment.contracts if planning_rounds.plan_drop(session, assessment) else []


def _accident(session: Session, cause: Cause) -> list[Contract]:
    """T21: the newest answers tell of it. While the supplier completes them nothing is known to have changed."""
    assessment = _assessment(session, cause)
    if State(assessment.state) in OPEN_TO_SUPPLIER:
        return assessment.contracts
    told = is_newest_submitted(session, assessment) and planning_rounds.plan_accident(session, assessment)
    return assessment.contracts if told else []


def _is_newest(session: Session, assessment: Assessment) -> bool:
    """Whether no later round of the supplier was submitted; one that is being completed still counts."""
    newest = newest_submitted(session, assessment.supplier_id)
    return newest is None or newest.id <= assessment.id


def _document(session: Session, cause: Cause) -> list[Contract]:
    """T6: the supplier's newest answers show the document, and none that is valid longer."""
    document = session.get_one(Document, cause.subject_id)
    assessment = newest_submitted(session, document.supplier_id)
    if assessment is None or document not in documents_of(session, assessment):
        return []
    until = planning.valid_until_of(session, document)
    if until is None or until.isoformat() != cause.values.get("valid_until"):
        return []
    return [] if _is_replaced(session, document, assessment) else assessment.contracts


def _finding(session: Session, cause: Cause) -> list[Contract]:
    """T15 and T16: the newest answers show the document, it says so still, and no newer one of its kind is shown."""
    document = session.get_one(Document, cause.subject_id)
    assessment = newest_submitted(session, document.supplier_id)
    if assessment is None:
        return []
    shown = documents_of(session, assessment)
    newer = any(one.kind == document.kind and one.uploaded_at > document.uploaded_at for one in shown)
    found = {item.kind for item in planning.plan_findings(session, document)}
    return assessment.contracts if document in shown and not newer and cause.trigger in found else []


def _is_replaced(session: Session, document: Document, assessment: Assessment) -> bool:
    """Whether the same answers show another document of the same kind that is valid longer."""
    mine = planning.valid_until_of(session, document)
    name = planning.name_of(session, document)
    for other in documents_of(session, assessment):
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


def _listed(session: Session, cause: Cause) -> list[Contract]:
    """T12 and T13: the entry stands on the list, has not ended, and the same is true of it."""
    entry = session.get_one(Subcontractor, cause.subject_id)
    if entry.ends_on is not None and entry.ends_on < cause.today:
        return []
    planned = planning_register.plan_subcontractor(entry, entry.contract)
    same = any(item.kind == cause.trigger and dict(item.params) == dict(cause.values) for item in planned)
    return [entry.contract] if same else []


def _registered(session: Session, cause: Cause) -> list[Contract]:
    """T3, T14, T17, T19, T20 and T22: what is registered about the contract still says the same."""
    contract = _contract(session, cause)
    starts_on = read_contract(contract.terms).terms.start
    dates = planning.dates_on(contract, max(cause.today, starts_on))
    planned = planning_register.plan_register(session, contract, dates)
    same = any(item.kind == cause.trigger and dict(item.params) == dict(cause.values) for item in planned)
    return [contract] if same else []


def _event(session: Session, cause: Cause) -> list[Contract]:
    """T10: the supplier's own report about it has not come."""
    row = session.get_one(ReportedEvent, cause.subject_id)
    return [row.contract] if row.report_came_on is None else []


_CONCERNED: dict[tuple[str, str], Callable[[Session, Cause], list[Contract]]] = {
    (CONTRACT_END, "contract"): _ends_then,
    (LAST_NOTICE_DAY, "contract"): _notice_then,
    (contract_triggers.DEEP_FOLLOW_UP, "contract"): _registered,
    (triggers.ASSESSMENT_AGE, "assessment"): _too_old,
    (triggers.LATE_ANSWERS, "assessment"): _late,
    (triggers.DOCUMENT_EXPIRY, "document"): _document,
    (triggers.LOW_BAND, "assessment"): _low_band,
    (answer_triggers.SCORE_DROP, "assessment"): _drop,
    (triggers.FOLLOW_UP, "decision"): _follow_up,
    (reported.SERIOUS_DEVIATION, "event"): _event,
    (register_triggers.UNAPPROVED, "subcontractor"): _listed,
    (register_triggers.TIERS, "subcontractor"): _listed,
    (answer_triggers.POSTING, "contract"): _registered,
    (document_triggers.TAX_AND_INSURANCE, "document"): _finding,
    (document_triggers.COMPANY_CHANGED, "document"): _finding,
    (contract_triggers.THRESHOLD, "contract"): _registered,
    (contract_triggers.THRESHOLD, "assessment"): _until_next_round,
    (answer_triggers.NEW_QUESTIONS, "assessment"): _until_next_round,
    (contract_triggers.START_UP, "contract"): _registered,
    (contract_triggers.TERMS_WITHOUT_PLAN, "contract"): _registered,
    (answer_triggers.ACCIDENT, "assessment"): _accident,
    (contract_triggers.QUIET, "contract"): _registered,
}
