"""Storing: one answer's row, put where none stands or in place of the one that was seen; the faster writer wins."""

from typing import Any

from sqlalchemy import CursorResult, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.storage.models import Answer, Assessment
from compliance.storage.queries.answering import answer_at, stored_contract

FIRST = 1


def store_first(session: Session, assessment: Assessment, item: Item, values: dict[str, Any]) -> bool:
    """Whether it was the first answer there: the unique key lets only one in."""
    where = {
        "assessment_id": assessment.id,
        "question_id": item.question.id,
        "contract_id": stored_contract(item.key[1]),
    }
    try:
        with session.begin_nested():
            session.execute(insert(Answer).values(revision=FIRST, **where, **values))
    except IntegrityError:
        return False
    return True


def store_over(
    session: Session, assessment: Assessment, item: Item, values: dict[str, Any], seen: int
) -> bool:
    """Whether the revision that was seen still stood: of several writers who saw it only one finds it there."""
    changed = session.execute(
        update(Answer)
        .where(*answer_at(assessment.id, item.key), Answer.revision == seen)
        .values(revision=Answer.revision + 1, **values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    return bool(changed.rowcount == 1)
