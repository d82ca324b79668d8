"""Carrying: in one act a supplier says that its answers of last time still are true, and they become this round's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from compliance.answers.carried import Forecast, LastTime, forecast
from compliance.answers.journey import Journey
from compliance.answers.routing import Item
from compliance.storage.models import Assessment, User
from compliance.storage.queries.answering import (
    answer_to,
    document_ids_of,
    own_document,
)
from compliance.workflow.answering import (
    begin,
    content_of_given,
    journey_of,
    lock_for_answers,
    note_progress,
)
from compliance.workflow.gathering import answers_of
from compliance.workflow.proving import give_document
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.remembering import LastRound, remember
from compliance.workflow.storing import FIRST, store_first, store_over

CONFIRMED = "answers_confirmed"


@dataclass(frozen=True)
class Confirming:
    """What one act did: the journey after it, what was confirmed, and what was shown but is not last time's now."""

    journey: Journey
    confirmed: tuple[str, ...]
    overtaken: tuple[str, ...]


def last_round_of(session: Session, assessment: Assessment, journey: Journey) -> LastRound | None:
    """Last time's answers as they meet this round; None when it renews nothing."""
    if assessment.renews_id is None or not journey.items:
        return None
    return remember(session, assessment, journey.items[0].round)


def forecast_of(session: Session, assessment: Assessment, journey: Journey) -> Forecast | None:
    """What a renewal is likely to take from here; None when it renews nothing."""
    last = last_round_of(session, assessment, journey)
    if last is None:
        return None
    answers, documents = answers_of(session, assessment), document_ids_of(session, assessment.id)
    return forecast(journey, answers, documents, last.answers)


def confirm(
    session: Session, assessment: Assessment, shown: Collection[str], *, by: User, now: datetime
) -> Confirming:
    """Make last time's answers to the questions with these ids the answers of this round, with their documents.

    Only what was shown is confirmed, and of that only what still is unanswered and may be confirmed: an answer that
    somebody gave in the meantime stands. Raises `NotAllowedNow`.
    """
    lock_for_answers(session, assessment)
    before = journey_of(session, assessment, now=now)
    last = last_round_of(session, assessment, before)
    wanted = [item for item in before.items if item.id in shown and item.confirmable and last]
    done = [
        (item, revision)
        for item in wanted
        if last and (revision := _put(session, assessment, item, last, by=by, now=now))
    ]
    for item, _ in done:
        if last is not None:
            _hold_up(session, assessment, item, last.answers[item.key].last, by=by, now=now)
    if done and last is not None:
        _record(session, assessment, last, done, by=by, now=now)
        begin(assessment)
    confirmed = tuple(item.id for item, _ in done)
    after = note_progress(session, assessment, now=now)
    return Confirming(after, confirmed, tuple(one for one in shown if one not in confirmed))


def _put(
    session: Session, assessment: Assessment, item: Item, last: LastRound, *, by: User, now: datetime
) -> int:
    """Store the answer as this round's; its revision, 0 when somebody else was faster."""
    content = content_of_given(last.answers[item.key].last.given)
    value = None if item.question.type == "upload" else content.value
    values: dict[str, Any] = {
        "state": content.state,
        "value": list(value) if isinstance(value, tuple) else value,
        "comment": content.comment,
        "na_reason": "",
        "answered_by_id": by.id,
        "confirmed_from_id": last.id,
        "saved_at": now,
    }
    cleared = answer_to(session, assessment.id, item.key)
    if cleared is None:
        return FIRST if store_first(session, assessment, item, values) else 0
    seen = cleared.revision
    stored = store_over(session, assessment, item, values, seen)
    session.expire_all()
    return seen + 1 if stored else 0


def _hold_up(
    session: Session, assessment: Assessment, item: Item, last: LastTime, *, by: User, now: datetime
) -> None:
    for reference in last.documents:
        document = own_document(session, int(reference), assessment.supplier_id)
        if document is not None:
            give_document(session, assessment, item, document, by=by, now=now)


def _record(
    session: Session,
    assessment: Assessment,
    last: LastRound,
    done: list[tuple[Item, int]],
    *,
    by: User,
    now: datetime,
) -> None:
    """One act is one event: which answers, from which round, and what each said by its digest."""
    payload = {
        "from": last.id,
        "answered_on": last.on.isoformat(),
        "answers": [
            {
                "question": item.key[0],
                "contract": item.key[1],
                "revision": revision,
                "digest": content_of_given(last.answers[item.key].last.given).fingerprint,
            }
            for item, revision in done
        ],
    }
    case, actor = assessment_case(assessment.id), f"contact:{by.contact_id}"
    record(session, case, CONFIRMED, actor=actor, now=now, payload=payload, draft=True)
