"""Storing: one answer's row, put where none stands or in place of the one that was seen; the faster writer wins."""

from typing import Any, cast

from sqlalchemy import CursorResult, Table, bindparam, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.storage.models import Answer, Assessment
from compliance.storage.queries.answering import stored_contract

FIRST = 1

_ROW = Answer.__table__.c
OVER = (
    update(cast("Table", Answer.__table__))
    .where(
        _ROW.assessment_id == bindparam("of_assessment"),
        _ROW.question_id == bindparam("of_question"),
        _ROW.contract_id == bindparam("of_contract"),
        _ROW.revision == bindparam("seen"),
    )
    .values(revision=_ROW.revision + 1)
)


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
    question, contract = item.key
    where = {
        "of_assessment": assessment.id,
        "of_question": question,
        "of_contract": stored_contract(contract),
        "seen": seen,
    }
    changed = session.execute(OVER, values | where)
    assert isinstance(changed, CursorResult)
    return bool(changed.rowcount == 1)
