"""What is read about answers beside their content: who saved them, whether they came on paper, what is to be secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, distinct, exists, func, or_, select
from sqlalchemy.orm import Session

from compliance.answers.values import Key
from compliance.storage.models import Answer, PaperEntry, SecrecyRequest, User
from compliance.storage.models.assessments import COMPANY
from compliance.storage.queries.answering import key_of, stored_contract

_ROUND: BindParameter[int] = bindparam("assessment")
ANYTHING = select(
    or_(
        exists().where(SecrecyRequest.assessment_id == _ROUND),
        exists().where(PaperEntry.assessment_id == _ROUND),
        select(func.count(distinct(Answer.answered_by_id)))
        .where(Answer.assessment_id == _ROUND)
        .scalar_subquery()
        > 1,
    )
)


@dataclass(frozen=True)
class SavedBy:
    """Who saved an answer last, and when. `on_paper`: a procurer typed it in from the supplier's paper."""

    user_id: int
    name: str
    at: datetime
    on_paper: bool


def is_anything_marked(session: Session, assessment_id: int) -> bool:
    """Whether a round has a wish for secrecy, a paper, or more than one person who answered: mostly not."""
    return bool(session.scalar(ANYTHING, {"assessment": assessment_id}))


def secrecy_of(session: Session, assessment_id: int) -> dict[Key, SecrecyRequest]:
    """The answers of a round for which secrecy is asked: `covers` and `reason` by (question, contract)."""
    rows = session.scalars(select(SecrecyRequest).where(SecrecyRequest.assessment_id == assessment_id))
    return {key_of(row): row for row in rows}


def secrecy_for(session: Session, assessment_id: int, key: Key) -> SecrecyRequest | None:
    """The wish for secrecy about one answer."""
    return session.scalar(
        select(SecrecyRequest).where(
            SecrecyRequest.assessment_id == assessment_id,
            SecrecyRequest.question_id == key[0],
            SecrecyRequest.contract_id == stored_contract(key[1]),
        )
    )


def paper_of(session: Session, assessment_id: int) -> PaperEntry | None:
    """The paper whose answers a procurer types in for a round."""
    return session.scalar(select(PaperEntry).where(PaperEntry.assessment_id == assessment_id))


def savers_of(session: Session, assessment_id: int, paper: PaperEntry | None) -> dict[Key, SavedBy]:
    """Who saved each answer of a round last; answers whose saver is not known are left out."""
    rows = session.execute(
        select(Answer.question_id, Answer.contract_id, Answer.saved_at, User.id, User.name, User.contact_id)
        .join(User, User.id == Answer.answered_by_id)
        .where(Answer.assessment_id == assessment_id)
    )
    started = paper.started_at if paper else None
    return {
        (question_id, None if contract_id == COMPANY else contract_id): SavedBy(
            user_id, name, at, on_paper=contact_id is None and started is not None and at >= started
        )
        for question_id, contract_id, at, user_id, name, contact_id in rows
    }


def keys_of_paper(session: Session, assessment_id: int) -> frozenset[Key]:
    """The answers that were typed in from paper and not changed by the supplier since."""
    savers = savers_of(session, assessment_id, paper_of(session, assessment_id))
    return frozenset(key for key, saved in savers.items() if saved.on_paper)
