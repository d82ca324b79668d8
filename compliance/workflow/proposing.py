"""Proposing: what falls short in a round calls for an action with a day; the supplier accepts it or says its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from compliance.answers.values import Key, item_id
from compliance.assessments import NotAllowedNow, State
from compliance.clock import day_of
from compliance.decisions.actions import (
    Reply,
    ReplyWord,
    fails,
    falls_short,
    recommended_day,
    reply_refusals,
)
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Action, Question
from compliance.scoring.items import Item
from compliance.storage.models import Assessment, ProposedAction, Scorecard, User
from compliance.storage.queries.answering import key_of, stored_contract
from compliance.suppliers.refusals import Refusal
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.snapshots import items_in

REPLIES_TAKEN = frozenset({State.SUBMITTED, State.SENT_BACK})
"""Replies are taken from submission until the round is closed."""


class ReplyRefusedError(Exception):
    """The reply cannot be taken like this; `refusals` name word, text or day."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{one.at}: {one.message}" for one in refusals))
        self.refusals = refusals


class StaleReplyError(Exception):
    """Somebody replied in the meantime; `saved` is the action as it stands."""

    def __init__(self, saved: ProposedAction) -> None:
        super().__init__(f"revision {saved.revision}")
        self.saved = saved


@dataclass(frozen=True)
class _Shortfall:
    """One answer that calls for an action."""

    item: Item
    entry: Mapping[str, Any]
    action: Action

    @property
    def key(self) -> Key:
        return self.entry["question"], self.entry["contract"]


def recommend(session: Session, assessment: Assessment, card: Scorecard, *, now: datetime) -> None:
    """Bring the proposed actions of a round in line with its newest result.

    An answer that falls short gets its action once; one that no longer does has its action set aside, with what the
    supplier replied, and gets it back should it fall short again.
    """
    present = {key_of(row): row for row in _rows(session, assessment)}
    short = {one.key: one for one in _shortfalls(card)}
    added = [
        _add(session, assessment, one, card, now=now) for key, one in short.items() if key not in present
    ]
    lapsed = [row for key, row in present.items() if key not in short and row.lapsed_at is None]
    back = [row for key, row in present.items() if key in short and row.lapsed_at is not None]
    for row in lapsed:
        row.lapsed_at = now
    for row in back:
        row.lapsed_at = None
    for key, row in present.items():
        row.failed = fails(short[key].item) if key in short else row.failed
    session.flush()
    if added or lapsed or back:
        changes = {"recommended": [*added, *back], "lapsed": lapsed}
        payload = {name: [row.id for row in rows] for name, rows in changes.items()}
        case = assessment_case(assessment.id)
        record(session, case, "actions_recommended", actor="system", now=now, payload=payload)


def reply_to(
    session: Session, action: ProposedAction, reply: Reply, *, seen: int, by: User, now: datetime
) -> ProposedAction:
    """Store what the supplier will do. `seen` is the revision that the page showed.

    Saying what is there already changes nothing. Raises `ReplyRefusedError`, `StaleReplyError`, and `NotAllowedNow`
    once the round is closed.
    """
    assessment = session.get_one(Assessment, action.assessment_id)
    session.refresh(assessment, ["state"], with_for_update=True)
    if (present := State(assessment.state)) not in REPLIES_TAKEN:
        raise NotAllowedNow(present, State.SUBMITTED)
    session.refresh(action)
    if _says(action, reply):
        return action
    refusals = reply_refusals(reply, recommended_on=action.recommended_on, today=day_of(now))
    if refusals:
        raise ReplyRefusedError(refusals)
    if not _store(session, action, reply, seen=seen, by=by, now=now):
        session.refresh(action)
        raise StaleReplyError(action)
    session.refresh(action)
    _record(session, action, by=by, now=now)
    return action


def is_open_to_replies(assessment: Assessment) -> bool:
    """Whether the supplier may still reply."""
    return State(assessment.state) in REPLIES_TAKEN


def _rows(session: Session, assessment: Assessment) -> list[ProposedAction]:
    query = select(ProposedAction).where(ProposedAction.assessment_id == assessment.id)
    return list(session.scalars(query.order_by(ProposedAction.id)))


def _shortfalls(card: Scorecard) -> Iterator[_Shortfall]:
    items = {item.id: item for item in items_in(card)}
    for entry in card.inputs["questions"]:
        item = items.get(item_id(entry["question"], entry["contract"]))
        if item is None or not entry["asked"] or not falls_short(item):
            continue
        if (action := _question(entry).action) is not None:
            yield _Shortfall(item, entry, action)


def _question(entry: Mapping[str, Any]) -> Question:
    question = catalogue.get(entry["questionnaire"], entry["version"]).question(entry["question"])
    assert question is not None, "released questionnaires are frozen"
    return question


def _add(
    session: Session, assessment: Assessment, one: _Shortfall, card: Scorecard, *, now: datetime
) -> ProposedAction:
    submitted_on = date.fromisoformat(card.inputs["on"])
    row = ProposedAction(
        assessment_id=assessment.id,
        question_id=one.key[0],
        contract_id=stored_contract(one.key[1]),
        questionnaire=one.entry["questionnaire"],
        version=one.entry["version"],
        failed=fails(one.item),
        recommended=one.action.text.model_dump(),
        recommended_on=recommended_day(one.action, submitted_on),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _says(action: ProposedAction, reply: Reply) -> bool:
    text, day = _kept(action, reply)
    return (action.reply, action.text, action.promised_on) == (reply.word, text, day)


def _kept(action: ProposedAction, reply: Reply) -> tuple[str, date | None]:
    """Text and day as they are stored: those recommended have their place already."""
    if reply.word == ReplyWord.ACCEPTED:
        return "", action.recommended_on
    return reply.text.strip(), reply.day


def _store(
    session: Session, action: ProposedAction, reply: Reply, *, seen: int, by: User, now: datetime
) -> bool:
    """Of several who saw the same revision only one finds it still there."""
    text, day = _kept(action, reply)
    changed = session.execute(
        update(ProposedAction)
        .where(ProposedAction.id == action.id, ProposedAction.revision == seen)
        .values(
            reply=reply.word,
            text=text,
            promised_on=day,
            revision=seen + 1,
            replied_by_id=by.id,
            replied_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    return bool(changed.rowcount == 1)


def _record(session: Session, action: ProposedAction, *, by: User, now: datetime) -> None:
    """The reply in the log: to what, and by when, not what it says."""
    payload = {
        "action": action.id,
        "question": action.question_id,
        "contract": key_of(action)[1],
        "reply": action.reply,
        "promised_on": action.promised_on.isoformat() if action.promised_on else None,
        "revision": action.revision,
    }
    case, actor = assessment_case(action.assessment_id), f"contact:{by.contact_id}"
    record(session, case, "action_replied", actor=actor, now=now, payload=payload)
