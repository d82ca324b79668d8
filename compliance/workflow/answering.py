"""Answering: the supplier's way through its questions, and one answer saved as it is given.

Each answer has a revision; a save says which one it saw, and a save that saw an older one changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from compliance.answers.journey import Journey
from compliance.answers.planned import Planned, plan
from compliance.answers.routing import Item
from compliance.answers.values import GivenAnswer
from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State, step
from compliance.clock import day_of
from compliance.questionnaires.question_types import Value
from compliance.storage.models import Answer, Assessment, User
from compliance.storage.queries.answering import answer_to, document_ids_of, key_of
from compliance.workflow.gathering import answers_of, round_of
from compliance.workflow.recording import actor_of, assessment_case, digest, record_draft
from compliance.workflow.remembering import with_memory
from compliance.workflow.storing import store_first, store_over

CLEARED = "cleared"
SET_ASIDE = "set_aside"
"""The state of an answer whose question came to mean something else: kept, and counted for nothing."""

PLANNED = "planned"
"""Where a session keeps the journey that was planned last; it ends with the session, which is to say the request."""

_ASSESSMENT = Assessment.__table__.c
LOCK = select(_ASSESSMENT.state).where(_ASSESSMENT.id == bindparam("assessment")).with_for_update()


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an answer says. `state` is answered, dont_know, na_claimed or cleared (nothing said, comment kept)."""

    state: str
    value: Value | None = None
    comment: str = ""
    na_reason: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same content."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return digest({"state": self.state, "value": value, "comment": self.comment, "na": self.na_reason})


NOTHING = Content(state=CLEARED)


class StaleAnswerError(Exception):
    """Somebody saved another answer in the meantime; `saved` is that one."""

    def __init__(self, saved: Answer) -> None:
        super().__init__(f"revision {saved.revision}")
        self.saved = saved


def content_of(row: Answer | None) -> Content:
    """What a stored answer says; nothing when there is none."""
    if row is None or row.state == SET_ASIDE:
        return NOTHING
    value = tuple(row.value) if isinstance(row.value, list) else row.value
    return Content(state=row.state, value=value, comment=row.comment, na_reason=row.na_reason)


def content_of_given(given: GivenAnswer | None) -> Content:
    """What an answer says that counts; nothing when there is none."""
    if given is None:
        return NOTHING
    return Content(state=given.state, value=given.value, comment=given.comment, na_reason=given.na_reason)


def judged_on(assessment: Assessment, *, today: date) -> date:
    """The day on which answers are judged: today, or the day of submission once the round waits for nothing."""
    if State(assessment.state) in OPEN_TO_SUPPLIER or assessment.submitted_at is None:
        return today
    return day_of(assessment.submitted_at)


def journey_of(session: Session, assessment: Assessment, *, now: datetime) -> Journey:
    """The way through the form as it stands now."""
    round_ = round_of(assessment, on=judged_on(assessment, today=day_of(now)))
    if State(assessment.state) in OPEN_TO_SUPPLIER:
        round_ = with_memory(session, assessment, round_)
    asked = round_, answers_of(session, assessment), document_ids_of(session, assessment.id)
    last: Planned | None = session.info.get(PLANNED)
    planned = session.info[PLANNED] = last.again(*asked) if last else plan(*asked)
    return planned.journey


def lock_for_answers(session: Session, assessment: Assessment) -> None:
    """Hold the round until the end of the transaction. Raises `NotAllowedNow` when the supplier may not answer."""
    session.flush()
    set_committed_value(assessment, "state", session.scalar(LOCK, {"assessment": assessment.id}))
    present = State(assessment.state)
    if present not in OPEN_TO_SUPPLIER:
        raise NotAllowedNow(present, State.ANSWERING)


def save_answer(  # noqa: PLR0913  who saves what, where, having seen what, when
    session: Session,
    assessment: Assessment,
    item: Item,
    content: Content,
    *,
    seen: int,
    by: User,
    now: datetime,
) -> Answer:
    """Save one answer to an asked question and record it. `seen` is the revision the page showed, 0 for none.

    Saving what is there already changes nothing, so that a save whose answer got lost can be repeated.
    Raises `NotAllowedNow`, and `StaleAnswerError` when a newer answer says something else.
    """
    lock_for_answers(session, assessment)
    present = _stored(session, assessment, item)
    if content.fingerprint == content_of(present).fingerprint:
        return present or Answer(revision=0, state=CLEARED, value=None, comment="", na_reason="")
    values: dict[str, object] = {
        "state": content.state,
        "value": list(content.value) if isinstance(content.value, tuple) else content.value,
        "comment": content.comment,
        "na_reason": content.na_reason,
        "answered_by_id": by.id,
        "confirmed_from_id": None,
        "saved_at": now,
    }
    saved = (
        store_over(session, assessment, item, values, seen)
        if seen
        else store_first(session, assessment, item, values)
    )
    if not saved:
        newer = _stored(session, assessment, item)
        if newer is None:  # a page that knows a revision of an answer that was never given
            return save_answer(session, assessment, item, content, seen=0, by=by, now=now)
        raise StaleAnswerError(newer)
    row = _now_saved(present, values) if present else cast("Answer", _stored(session, assessment, item))
    _record(session, assessment, row, content, now=now)
    begin(assessment)
    return row


def begin(assessment: Assessment) -> None:
    """The first thing a supplier gives makes an invited round an answered one."""
    if assessment.state == State.INVITED:
        assessment.state = step(State.INVITED, State.ANSWERING)


def note_progress(session: Session, assessment: Assessment, *, now: datetime) -> Journey:
    """Store the share that is answered (all that staff see of a draft); the journey after what was saved."""
    session.flush()
    journey = journey_of(session, assessment, now=now)
    if assessment.answered_share != journey.progress.share:
        assessment.answered_share = journey.progress.share
    session.flush()
    return journey


def _record(
    session: Session, assessment: Assessment, row: Answer, content: Content, *, now: datetime
) -> None:
    """The save in the log: which answer, not what it says. It is the supplier's own until submission."""
    by = session.get_one(User, row.answered_by_id)
    payload = {
        "question": row.question_id,
        "contract": key_of(row)[1],
        "revision": row.revision,
        "digest": content.fingerprint,
    }
    case, actor = assessment_case(assessment.id), actor_of(by)
    record_draft(session, case, "answer_saved", actor=actor, now=now, payload=payload)


def _stored(session: Session, assessment: Assessment, item: Item) -> Answer | None:
    return answer_to(session, assessment.id, item.key, anew=True)


def _now_saved(row: Answer, values: dict[str, object]) -> Answer:
    """The row as it stands after it was replaced, without asking again: nobody else can have changed it."""
    for name, value in {**values, "revision": row.revision + 1}.items():
        set_committed_value(row, name, value)
    return row
