"""What the page of messages reads: the outbox, newest first."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from compliance.storage.models import Contact, Message
from compliance.storage.queries.paging import PAGE, Listing, cut


def find_messages(
    session: Session, *, state: str = "", after: int | None = None, assessment_id: int | None = None
) -> Listing[Message]:
    """Mails, newest first; all or those in one state, all or those about one round.

    Those to colleagues are left out: whom a supplier asks for help is its own affair.
    """
    query = select(Message).where(~to_colleague()).order_by(Message.id.desc()).limit(PAGE + 1)
    if state:
        query = query.where(Message.state == state)
    if assessment_id is not None:
        query = query.where(Message.assessment_id == assessment_id)
    if after is not None:
        query = query.where(Message.id < after)
    return cut(session.scalars(query).all())


def find_message(session: Session, message_id: int) -> Message | None:
    """One mail that staff may see."""
    return session.scalar(select(Message).where(Message.id == message_id, ~to_colleague()))


def told_in(session: Session, message: Message) -> list[Message]:
    """The mails that were gathered in this one, in the order in which they were written."""
    return list(session.scalars(select(Message).where(Message.digest_id == message.id).order_by(Message.id)))


def to_colleague() -> ColumnElement[bool]:
    """Mails to somebody whom a supplier asked for help."""
    return exists().where(Contact.id == Message.contact_id, Contact.is_colleague)
