"""What pages read of proposed actions: those of a round, and one by its number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from compliance.storage.models import ProposedAction


def actions_of(session: Session, assessment_id: int) -> Sequence[ProposedAction]:
    """The proposed actions of a round that stand, failures first, else as they were recommended."""
    return session.scalars(
        select(ProposedAction)
        .where(ProposedAction.assessment_id == assessment_id, ProposedAction.lapsed_at.is_(None))
        .order_by(ProposedAction.failed.desc(), ProposedAction.id)
        .options(joinedload(ProposedAction.replied_by))
    ).all()
