"""Contacting: the people at a supplier are written down and changed; a changed address is told to the old one.

Whoever can change the address of a link can answer as the supplier, so a change is logged, told to the former address,
and ends the links and sessions of before.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER
from compliance.storage.models import Assessment, Contact, Supplier
from compliance.workflow.linking import revoke_links
from compliance.workflow.posting import Draft, post_to_address, post_to_contact
from compliance.workflow.recording import assessment_case, record, supplier_case


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


TOLD_OLD_ADDRESS = N_("The address of the contact was changed, so the former address is told.")
NEW_PERSON_INVITED = N_("Another person or address answers for the supplier now.")
UNTIL_SUBMITTED = N_("The supplier submits, or the round is cancelled.")


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """A person at a supplier. `locale` is sv or en, the language of mails and pages."""

    name: str
    email: str
    phone: str = ""
    locale: str = "sv"


class ContactNeededError(Exception):
    """The contact answers for a round that is open: another one must take over first."""


def add_contact(
    session: Session, supplier: Supplier, details: ContactDetails, *, actor: str, now: datetime
) -> Contact:
    """One more person at a supplier."""
    contact = Contact(supplier_id=supplier.id, created_at=now, **asdict(details))
    session.add(contact)
    session.flush()
    payload = {"contact": contact.id}
    record(session, supplier_case(supplier.id), "contact_added", actor=actor, now=now, payload=payload)
    return contact


def change_contact(
    session: Session, contact: Contact, details: ContactDetails, *, actor: str, now: datetime
) -> None:
    """Change a contact. A new address ends its links, is told to the old one, and gets a fresh invitation."""
    former_email, former_locale = contact.email, contact.locale
    changed = [name for name, value in asdict(details).items() if getattr(contact, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(contact, name, getattr(details, name))
    payload = {"contact": contact.id, "changed": changed}
    event = record(
        session, supplier_case(contact.supplier_id), "contact_changed", actor=actor, now=now, payload=payload
    )
    if former_email.casefold() == details.email.casefold():
        return
    contact.bounced_at = None
    revoke_links(session, contact, now=now)
    post_to_address(
        session,
        former_email,
        former_locale,
        Draft(
            kind="contact_changed",
            key=f"contact_changed:{contact.id}:{event.sequence}",
            why=TOLD_OLD_ADDRESS,
            supplier_id=contact.supplier_id,
        ),
        now=now,
    )
    for assessment in open_rounds_of(session, contact):
        invite_again(session, assessment, key=f"contact:{event.sequence}", now=now)


def deactivate_contact(session: Session, contact: Contact, *, actor: str, now: datetime) -> None:
    """The person no longer answers: no mail, no way in. Raises `ContactNeededError` while a round needs it."""
    if open_rounds_of(session, contact):
        raise ContactNeededError
    contact.active = False
    revoke_links(session, contact, now=now)
    payload = {"contact": contact.id}
    record(
        session,
        supplier_case(contact.supplier_id),
        "contact_deactivated",
        actor=actor,
        now=now,
        payload=payload,
    )


def hand_over(
    session: Session, assessment: Assessment, contact: Contact, *, actor: str, now: datetime
) -> None:
    """Another contact of the same supplier answers this round; the former one's links end, the new one is invited."""
    former = assessment.contact
    if former.id == contact.id:
        return
    assert contact.supplier_id == assessment.supplier_id, "a contact answers only for its own company"
    assessment.contact = contact
    session.flush()
    revoke_links(session, former, now=now)
    payload = {"former": former.id, "contact": contact.id}
    event = record(
        session, assessment_case(assessment.id), "handed_over", actor=actor, now=now, payload=payload
    )
    post_to_contact(
        session,
        former,
        Draft(
            kind="contact_changed",
            key=f"handed_over:{assessment.id}:{event.sequence}",
            why=TOLD_OLD_ADDRESS,
            supplier_id=assessment.supplier_id,
            assessment_id=assessment.id,
        ),
        now=now,
    )
    invite_again(session, assessment, key=f"handed_over:{event.sequence}", now=now)


def invite_again(
    session: Session, assessment: Assessment, *, key: str, now: datetime, why: str = NEW_PERSON_INVITED
) -> bool:
    """Mail the invitation anew, with a new link; False when no mail can be written to the contact."""
    message = post_to_contact(
        session,
        assessment.contact,
        Draft(
            kind="invitation",
            key=f"invitation:{assessment.id}:{key}",
            why=why,
            cancelled_by=UNTIL_SUBMITTED,
            params={"due_on": assessment.due_on.isoformat()},
            due_on=assessment.due_on,
            supplier_id=assessment.supplier_id,
            assessment_id=assessment.id,
        ),
        now=now,
    )
    return message is not None


def open_rounds_of(session: Session, contact: Contact) -> list[Assessment]:
    """The rounds that wait for this contact's answers."""
    return list(
        session.scalars(
            select(Assessment).where(
                Assessment.contact_id == contact.id, Assessment.state.in_(OPEN_TO_SUPPLIER)
            )
        )
    )
