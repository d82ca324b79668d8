"""Taking in: answers that were given in a workbook, saved together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from compliance.storage.models import Assessment, User
from compliance.storage.queries.answering import answers_of
from compliance.workflow.answering import (
    Content,
    content_of,
    journey_of,
    lock_for_answers,
    note_progress,
    save_answer,
)


@dataclass(frozen=True)
class Wanted:
    """An answer to save; `seen` is the revision that the preview showed, 0 for none."""

    content: Content
    seen: int


def take_in(
    session: Session, assessment: Assessment, wanted: Mapping[str, Wanted], *, by: User, now: datetime
) -> tuple[list[str], list[str]]:
    """Save answers by item, in the order of the form; which were saved, and which are not asked and were left out.

    An answer may make another question asked, so the way through the form is looked at again until nothing more can
    be saved. Raises `NotAllowedNow`, and `StaleAnswerError` when somebody saved another answer since the preview: the
    caller then rolls everything back.
    """
    lock_for_answers(session, assessment)
    waiting, saved = dict(wanted), list[str]()
    while waiting:
        plan = journey_of(session, assessment, now=now)
        rows = answers_of(session, assessment.id)
        ready = [item for item in plan.items if item.id in waiting]
        if not ready:
            break
        for item in ready:
            one = waiting.pop(item.id)
            present = content_of(rows.get(item.key))
            save_answer(session, assessment, item, _onto(present, one.content), seen=one.seen, by=by, now=now)
            saved.append(item.id)
    note_progress(session, assessment, now=now)
    return saved, list(waiting)


def _onto(present: Content, new: Content) -> Content:
    """The new answer, and whatever else is kept about the present one."""
    return replace(present, state=new.state, value=new.value, comment=new.comment, na_reason=new.na_reason)
