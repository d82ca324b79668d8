"""What the page of messages reads: the outbox, newest first."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Message
from compliance.storage.queries.paging import PAGE, Listing, cut


def find_messages(
    session: Session, *, state: str = "", after: int | None = None, assessment_id: int | None = None
) -> Listing[Message]:
    """Mails, newest first; all or those in one state, all or those about one round."""
    query = select(Message).order_by(Message.id.desc()).limit(PAGE + 1)
    if state:
        query = query.where(Message.state == state)
    if assessment_id is not None:
        query = query.where(Message.assessment_id == assessment_id)
    if after is not None:
        query = query.where(Message.id < after)
    return cut(session.scalars(query).all())
