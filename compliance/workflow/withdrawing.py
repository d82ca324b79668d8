"""Withdrawing: a mail whose cause is gone by the time it would leave is not sent, and says why."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from compliance.assessments import LINK_WORKS, OPEN_TO_SUPPLIER, State
from compliance.storage.models import Assessment, Contact, Message, Review, User

TO_SUPPLIER_WITH_LINK = frozenset({"invitation", "fresh_link", "reminder", "sent_back", "due_day_changed"})
"""Kinds that carry a link into the supplier's assessment."""

STATES_THAT_WANT = {
    "invitation": OPEN_TO_SUPPLIER,
    "reminder": OPEN_TO_SUPPLIER,
    "due_day_changed": OPEN_TO_SUPPLIER,
    "request_refused": OPEN_TO_SUPPLIER,
    "sent_back": frozenset({State.SENT_BACK}),
    "fresh_link": LINK_WORKS | {State.DECLINED},
}


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ASSESSMENT_MOVED_ON = N_("The assessment had moved on before the mail was sent.")
DUE_DAY_MOVED = N_("The last day to answer was moved before the mail was sent.")
CONTACT_CHANGED = N_("Another person answers for the supplier now.")
CONTACT_INACTIVE = N_("The contact is no longer active.")
ADDRESS_BOUNCES = N_("Mail to this address comes back.")
ADDRESS_CHANGED = N_("The address was changed before the mail was sent.")
USER_INACTIVE = N_("The account was deactivated before the mail was sent.")
HAS_PASSWORD = N_("The account has a password already.")
REVIEW_CLOSED = N_("The review was closed before the mail was sent.")


def reason_to_withdraw(session: Session, message: Message) -> str | None:
    """The first reason why a mail should not leave any more, as an English sentence; None when it should."""
    return next((reason for check in _CHECKS if (reason := check(session, message)) is not None), None)


def _user(session: Session, message: Message) -> str | None:
    user = session.get(User, message.user_id) if message.user_id is not None else None
    if user is None:
        return None
    if not user.active:
        return USER_INACTIVE
    return HAS_PASSWORD if message.kind == "staff_welcome" and user.password is not None else None


def _contact(session: Session, message: Message) -> str | None:
    contact = session.get(Contact, message.contact_id) if message.contact_id is not None else None
    if contact is None:
        return None
    if not contact.active:
        return CONTACT_INACTIVE
    if contact.bounced_at is not None:
        return ADDRESS_BOUNCES
    return None if contact.email == message.recipient else ADDRESS_CHANGED


def _assessment(session: Session, message: Message) -> str | None:
    wanted = STATES_THAT_WANT.get(message.kind)
    if wanted is None or message.assessment_id is None:
        return None
    assessment = session.get_one(Assessment, message.assessment_id)
    if State(assessment.state) not in wanted:
        return ASSESSMENT_MOVED_ON
    if assessment.contact_id != message.contact_id:
        return CONTACT_CHANGED
    stated = message.params.get("due_on")
    if message.kind == "reminder" and stated not in {None, assessment.due_on.isoformat()}:
        return DUE_DAY_MOVED
    return None


def _review(session: Session, message: Message) -> str | None:
    if message.kind != "review_opened":
        return None
    review = session.get(Review, message.params.get("review"))
    return REVIEW_CLOSED if review is not None and review.closed_at is not None else None


_CHECKS: tuple[Callable[[Session, Message], str | None], ...] = (_user, _contact, _assessment, _review)
