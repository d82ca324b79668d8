"""Moving: a running round goes over to the newest questions, by a procurer's decision and never by itself.

Every answer to a question that means the same is kept. An answer to a question that now means something else is set
aside: it stays stored and counts for nothing, and the question is asked afresh.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Questionnaire
from compliance.questionnaires.versions import Change, compare_all
from compliance.storage.models import Answer, Assessment, Event
from compliance.workflow.answering import SET_ASIDE, lock_for_answers, note_progress
from compliance.workflow.gathering import STATES, questionnaires_of
from compliance.workflow.recording import assessment_case, record

MOVED = "questions_changed"
"""The event of a move: both sets of versions, and nothing of what was answered."""

Versions = Mapping[str, int]


class MovedOnError(Exception):
    """The newest questions are not those that were shown to the procurer, or the round has them already."""


@dataclass(frozen=True)
class Move:
    """From which versions to which, and what that changes, in the order of the form."""

    before: Versions
    after: Versions
    changes: tuple[Change, ...]

    @property
    def mark(self) -> str:
        """Names exactly what is moved to, so that what was shown is what happens."""
        return ",".join(f"{key}:{version}" for key, version in sorted(self.after.items()))


def possible_move(assessment: Assessment) -> Move | None:
    """What moving to the newest questions would change; None when the round has them or takes no answers."""
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        return None
    before = dict(assessment.questionnaires)
    newest = catalogue.with_profiles({key: catalogue.current(key).version for key in _areas(before)})
    after = before | {form.key: form.version for form in newest if form.key in before}
    return (
        Move(before, after, compare_all(questionnaires_of(assessment), newest)) if after != before else None
    )


def move_round(session: Session, assessment: Assessment, mark: str, *, actor: str, now: datetime) -> Move:
    """Move a round to the newest questions; `mark` is that of the move which was shown.

    Raises `NotAllowedNow` when the supplier may not answer, and `MovedOnError`.
    """
    lock_for_answers(session, assessment)
    session.refresh(assessment, ["questionnaires"])
    move = possible_move(assessment)
    if move is None or move.mark != mark:
        raise MovedOnError
    assessment.questionnaires = dict(move.after)
    _set_aside(session, assessment, [change.question for change in move.changes if change.asks_afresh])
    payload = {"before": dict(move.before), "after": dict(move.after)}
    record(session, assessment_case(assessment.id), MOVED, actor=actor, now=now, payload=payload)
    note_progress(session, assessment, now=now)
    return move


@dataclass(frozen=True)
class Moved:
    """A move that happened: when, and what it changed."""

    at: datetime
    changes: tuple[Change, ...]


def latest_move(session: Session, assessment: Assessment) -> Moved | None:
    """The newest move of a round that takes answers; None when its questions were never changed."""
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        return None
    event = session.scalar(
        select(Event)
        .where(Event.case == assessment_case(assessment.id), Event.name == MOVED)
        .order_by(Event.sequence.desc())
        .limit(1)
    )
    if event is None or event.payload is None:  # a payload can be erased by a decision on retention
        return None
    payload = event.payload
    old, new = (_forms(payload[which]) for which in ("before", "after"))
    return Moved(event.happened_at, compare_all(old, new))


def answers_set_aside(session: Session, assessment: Assessment) -> Mapping[str, list[Answer]]:
    """The answers that no longer count, by question; nobody but the supplier may see them."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.assessment_id == assessment.id, Answer.state == SET_ASIDE)
        .order_by(Answer.id)
    )
    found: dict[str, list[Answer]] = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(row)
    return found


def _set_aside(session: Session, assessment: Assessment, questions: list[str]) -> None:
    """A page that is open with the old question is one revision behind, so that its save is held up."""
    session.execute(
        update(Answer)
        .where(
            Answer.assessment_id == assessment.id, Answer.question_id.in_(questions), Answer.state.in_(STATES)
        )
        .values(state=SET_ASIDE, revision=Answer.revision + 1)
        .execution_options(synchronize_session="fetch")
    )


def _areas(versions: Versions) -> list[str]:
    return [key for key, version in versions.items() if catalogue.get(key, version).area is not None]


def _forms(versions: Versions) -> tuple[Questionnaire, ...]:
    return catalogue.with_profiles({key: versions[key] for key in _areas(versions)})
