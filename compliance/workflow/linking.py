"""Linking: the mailed link that opens one assessment for one contact, without a password.

Only a hash of the token is stored, and the token is made at the moment the mail is sent: it is in no ledger, log or
backup, so nobody else can sign in as the supplier. GET shows a page, POST signs in (mail scanners follow links).
A link works until the round closes or it is revoked.
"""

import hashlib
import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from compliance.assessments import LINK_WORKS, State
from compliance.storage.models import AccessLink, Assessment, Contact, User
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.recording import assessment_case, record

TOKEN_BYTES = 32


class LinkState(StrEnum):
    """What a link is worth now."""

    WORKS = "works"
    REVOKED = "revoked"
    ROUND_CLOSED = "round_closed"
    UNKNOWN = "unknown"


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(session: Session, assessment: Assessment, contact: Contact, *, now: datetime) -> str:
    """A new token for this contact and assessment; earlier ones go on working. Call it while sending the mail."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        AccessLink(
            assessment_id=assessment.id, contact_id=contact.id, token_hash=hash_of(token), created_at=now
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str) -> tuple[LinkState, AccessLink | None]:
    """The link that a token opens, and whether it still does."""
    link = session.scalar(select(AccessLink).where(AccessLink.token_hash == hash_of(token)))
    if link is None:
        return LinkState.UNKNOWN, None
    assessment = session.get_one(Assessment, link.assessment_id)
    if State(assessment.state) not in LINK_WORKS and assessment.state != State.DECLINED:
        return LinkState.ROUND_CLOSED, link
    if link.revoked_at is not None or not link.contact.active:
        return LinkState.REVOKED, link
    return LinkState.WORKS, link


def use_link(session: Session, link: AccessLink, *, now: datetime) -> User:
    """The user to sign in for a working link, made on first use; the opening is recorded once."""
    link.last_used_at = now
    assessment = session.get_one(Assessment, link.assessment_id)
    if assessment.opened_at is None:
        assessment.opened_at = now
        record(
            session,
            assessment_case(assessment.id),
            "link_opened",
            actor=f"contact:{link.contact_id}",
            now=now,
        )
    return user_of_contact(session, link.contact, now=now)


def user_of_contact(session: Session, contact: Contact, *, now: datetime) -> User:
    """The user that stands for a contact: no address, no password, only reachable by link."""
    user = session.scalar(select(User).where(User.contact_id == contact.id))
    if user is None:
        user = User(
            name=contact.name,
            locale=contact.locale,
            contact_id=contact.id,
            fs_uniquifier=secrets.token_hex(32),
            created_at=now,
        )
        session.add(user)
        session.flush()
    return user


def revoke_links(session: Session, contact: Contact, *, now: datetime) -> None:
    """End every link of a contact, and its open sessions."""
    session.execute(
        update(AccessLink)
        .where(AccessLink.contact_id == contact.id, AccessLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    session.execute(
        update(User).where(User.contact_id == contact.id).values(fs_uniquifier=secrets.token_hex(32))
    )


def send_fresh_link(session: Session, assessment: Assessment, *, now: datetime) -> None:
    """Mail a new link to the registered contact of a round that is still open, at most once an hour."""
    post_to_contact(
        session,
        assessment.contact,
        Draft(
            kind="fresh_link",
            key=f"fresh_link:{assessment.id}:{now:%Y-%m-%dT%H}",
            why="Someone with an old link asked for a new one.",
            supplier_id=assessment.supplier_id,
            assessment_id=assessment.id,
        ),
        now=now,
    )


def send_fresh_links_to(session: Session, email: str, *, now: datetime) -> None:
    """Mail new links for every round still open whose contact has this address; nothing when there is none."""
    open_rounds = (
        select(Assessment)
        .join(Contact, Contact.id == Assessment.contact_id)
        .where(func.lower(Contact.email) == email.lower(), Contact.active)
        .where(Assessment.state.in_([*LINK_WORKS, State.DECLINED]))
        .order_by(Assessment.id)
    )
    for assessment in session.scalars(open_rounds):
        send_fresh_link(session, assessment, now=now)
