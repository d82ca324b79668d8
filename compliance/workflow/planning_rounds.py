"""Planning rounds: what falls due because of a supplier's assessment: T4, T5, T7, T8, T17, T18, T21."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.clock import day_of
from compliance.questionnaires import catalogue
from compliance.reviews import answer_triggers, triggers
from compliance.reviews.answer_facts import EMPLOYEES, SERIOUS_ACCIDENT, number, says
from compliance.reviews.answer_triggers import Outcome
from compliance.reviews.contract_triggers import employees_crossing
from compliance.reviews.due_items import DueItem
from compliance.reviews.parameters import parameters
from compliance.storage.models import Assessment
from compliance.workflow.latest import (
    facts_answered,
    is_newest_submitted,
    newest_scorecard,
    submitted_before,
)

LONG_AGO = date(1990, 1, 1)
SUBMITTED = frozenset({State.SUBMITTED, State.SENT_BACK, State.CLOSED})


def plan_assessment(session: Session, assessment: Assessment, *, today: date) -> tuple[DueItem, ...]:
    """T5 while the supplier may answer; once it has, T4 and what the answers tell."""
    subject, rules = f"assessment-{assessment.id}", parameters()
    if State(assessment.state) in OPEN_TO_SUPPLIER:
        sent_back = State(assessment.state) is State.SENT_BACK
        late = triggers.late_completion if sent_back else triggers.late_answers
        return late(subject, assessment.due_on, LONG_AGO, rules)
    if assessment.submitted_at is None or State(assessment.state) not in SUBMITTED:
        return ()
    if not is_newest_submitted(session, assessment):
        return ()
    return (
        *_too_old(assessment, subject),
        *plan_drop(session, assessment),
        *plan_growth(session, assessment),
        *plan_new_questions(assessment, today=today),
        *plan_accident(session, assessment),
    )


def _too_old(assessment: Assessment, subject: str) -> tuple[DueItem, ...]:
    if assessment.submitted_at is None or assessment.reassess_on is None:
        return ()
    items = triggers.assessment_too_old(
        subject, assessment.reassess_on, 0, parameters()
    )  # a decision may set any day
    assessed_on = {"assessed_on": day_of(assessment.submitted_at).isoformat()}
    return tuple(replace(item, params={**item.params, **assessed_on}) for item in items)


def plan_low_band(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T7, from the newest scorecard."""
    card = newest_scorecard(session, assessment)
    if card is None:
        return ()
    result = (card.result.get("band"), card.result.get("gates", ()))
    return triggers.low_band(f"assessment-{assessment.id}", day_of(card.created_at), result, parameters())


def plan_drop(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T8, against the round before."""
    before = submitted_before(session, assessment)
    if before is None or assessment.submitted_at is None:
        return ()
    outcomes = (_outcome(session, before), _outcome(session, assessment))
    day = day_of(assessment.submitted_at)
    return answer_triggers.score_drop(f"assessment-{assessment.id}", day, outcomes, parameters())


def _outcome(session: Session, assessment: Assessment) -> Outcome:
    card = newest_scorecard(session, assessment)
    return Outcome(assessment.band, card.result.get("shown") if card else None)


def plan_growth(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T17, from the number of employees in two rounds."""
    before = submitted_before(session, assessment)
    if before is None:
        return ()
    employees = (
        number(EMPLOYEES, facts_answered(session, before)),
        number(EMPLOYEES, facts_answered(session, assessment)),
    )
    subject = f"assessment-{assessment.id}"
    return employees_crossing(subject, employees, assessment.reassess_on, parameters())


def plan_new_questions(assessment: Assessment, *, today: date) -> tuple[DueItem, ...]:
    """T18, from the versions that are released and hold today."""
    return answer_triggers.new_questions(
        f"assessment-{assessment.id}",
        assessment.questionnaires,
        newest_versions(today),
        assessment.reassess_on,
        parameters(),
    )


def newest_versions(today: date) -> dict[str, int]:
    """The newest version of each questionnaire that was released by today."""
    newest: dict[str, int] = {}
    for one in catalogue.released():
        if one.released_on is not None and one.released_on <= today:
            newest[one.key] = max(one.version, newest.get(one.key, 0))
    return newest


def plan_accident(session: Session, assessment: Assessment) -> tuple[DueItem, ...]:
    """T21, from the answers."""
    if assessment.submitted_at is None or not says(SERIOUS_ACCIDENT, facts_answered(session, assessment)):
        return ()
    day = day_of(assessment.submitted_at)
    return answer_triggers.accident_answered(f"assessment-{assessment.id}", day, parameters())
