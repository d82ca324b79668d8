"""Withdrawing: a mail whose cause is gone by the time it would leave is not sent, and says why."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.assessments import LINK_WORKS, OPEN_TO_SUPPLIER, State
from compliance.storage.models import Assessment, ColleagueInvitation, Contact, Message, Review, User
from compliance.workflow.posting import DIGEST, GATHERED

TO_SUPPLIER_WITH_LINK = frozenset({
    "invitation", "fresh_link", "reminder", "sent_back", "due_day_changed", "paper_started",
})  # fmt: skip
"""Kinds that carry a link into the supplier's assessment."""

TO_COLLEAGUE = frozenset({"colleague_invitation", "colleague_reminder"})
"""Kinds that carry a link to the part of an assessment that a colleague was asked for. Staff do not see them."""

STATES_THAT_WANT = {
    "invitation": OPEN_TO_SUPPLIER,
    "reminder": OPEN_TO_SUPPLIER,
    "due_day_changed": OPEN_TO_SUPPLIER,
    "paper_started": OPEN_TO_SUPPLIER,
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
INVITATION_WITHDRAWN = N_("The invitation of the colleague was withdrawn before the mail was sent.")
USER_INACTIVE = N_("The account was deactivated before the mail was sent.")
HAS_PASSWORD = N_("The account has a password already.")
NOTHING_LEFT = N_("Nothing of what was gathered is of interest any more.")
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


def _colleague(session: Session, message: Message) -> str | None:
    if message.kind not in TO_COLLEAGUE or message.assessment_id is None:
        return None
    invitation = session.get(ColleagueInvitation, message.params.get("invitation"))
    if invitation is None or invitation.withdrawn_at is not None:
        return INVITATION_WITHDRAWN
    assessment = session.get_one(Assessment, message.assessment_id)
    return None if State(assessment.state) in OPEN_TO_SUPPLIER else ASSESSMENT_MOVED_ON


def _review(session: Session, message: Message) -> str | None:
    if message.kind != "review_opened":
        return None
    review = session.get(Review, message.params.get("review"))
    return REVIEW_CLOSED if review is not None and review.closed_at is not None else None


def _digest(session: Session, message: Message) -> str | None:
    """A digest in which nothing is left; what is stale has been taken out before."""
    if message.kind != DIGEST:
        return None
    held = select(Message.id).where(Message.digest_id == message.id, Message.state == GATHERED)
    return NOTHING_LEFT if session.scalar(held.limit(1)) is None else None


_CHECKS: tuple[Callable[[Session, Message], str | None], ...] = (
    _user,
    _contact,
    _assessment,
    _colleague,
    _review,
    _digest,
)
