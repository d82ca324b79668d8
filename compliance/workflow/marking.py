"""Marking: the supplier asks that an answer be kept secret; and what a snapshot keeps about who gave each answer.

The wish binds nobody. When somebody asks for the document the public body decides (OSL 2009:400, chapters 19 and 31),
and it needs a reason for each answer to go by.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.storage.models import Assessment, SecrecyRequest, User
from compliance.storage.queries.answering import stored_contract
from compliance.storage.queries.marks import paper_of, savers_of, secrecy_for, secrecy_of
from compliance.workflow.answering import lock_for_answers
from compliance.workflow.recording import actor_of, assessment_case, record

COVERS = ("answer", "documents", "both")


def ask_for_secrecy(  # noqa: PLR0913  what for, why, who, when
    session: Session,
    assessment: Assessment,
    item: Item,
    *,
    covers: str,
    reason: str,
    by: User,
    now: datetime,
) -> SecrecyRequest:
    """Ask for secrecy about one answer, or change what was asked. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    wish = secrecy_for(session, assessment.id, item.key)
    if wish is not None and (wish.covers, wish.reason) == (covers, reason):
        return wish
    if wish is None:
        question_id, contract_id = item.key
        wish = SecrecyRequest(
            assessment_id=assessment.id, question_id=question_id, contract_id=stored_contract(contract_id)
        )
        session.add(wish)
    wish.covers, wish.reason = covers, reason
    wish.asked_by_id, wish.asked_at = by.id, now
    session.flush()
    _record(session, assessment, item, "secrecy_asked_for", by=by, now=now)
    return wish


def take_back_secrecy(
    session: Session, assessment: Assessment, item: Item, *, by: User, now: datetime
) -> None:
    """No longer ask for secrecy about an answer. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    wish = secrecy_for(session, assessment.id, item.key)
    if wish is None:
        return
    session.delete(wish)
    session.flush()
    _record(session, assessment, item, "secrecy_taken_back", by=by, now=now)


def marks_of(session: Session, assessment: Assessment) -> Mapping[Key, dict[str, Any]]:
    """What a snapshot keeps beside each answer: `secrecy` (covers, reason), `saved_by`, `saved_at`, `paper` (its day).

    A key is left out where there is nothing to say.
    """
    paper, marks = paper_of(session, assessment.id), dict[Key, dict[str, Any]]()
    for key, wish in secrecy_of(session, assessment.id).items():
        marks[key] = {"secrecy": {"covers": wish.covers, "reason": wish.reason}}
    for key, saved in savers_of(session, assessment.id, paper).items():
        told: dict[str, Any] = {"saved_by": saved.user_id, "saved_at": saved.at.isoformat()}
        if saved.on_paper and paper is not None:
            told["paper"] = paper.received_on.isoformat()
        marks[key] = marks.get(key, {}) | told
    return marks


def _record(
    session: Session, assessment: Assessment, item: Item, name: str, *, by: User, now: datetime
) -> None:
    payload = {"question": item.key[0], "contract": item.key[1]}
    case = assessment_case(assessment.id)
    record(session, case, name, actor=actor_of(by), now=now, payload=payload, draft=True)
