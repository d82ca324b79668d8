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

from compliance.assessments import LINK_WORKS, OPEN_TO_SUPPLIER, State
from compliance.storage.models import AccessLink, Assessment, ColleagueInvitation, Contact, User
from compliance.storage.queries.colleagues import open_shares_of_address, standing_invitations
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
    if not _opens(State(session.get_one(Assessment, link.assessment_id).state), link.contact):
        return LinkState.ROUND_CLOSED, link
    if link.revoked_at is not None or not link.contact.active or _nothing_shared(session, link):
        return LinkState.REVOKED, link
    return LinkState.WORKS, link


def _opens(state: State, contact: Contact) -> bool:
    """A colleague helps to answer and has nothing to do with what was sent in."""
    return state in OPEN_TO_SUPPLIER if contact.is_colleague else state in LINK_WORKS | {State.DECLINED}


def _nothing_shared(session: Session, link: AccessLink) -> bool:
    """Whether everything that a colleague was asked for in the link's round was withdrawn."""
    return link.contact.is_colleague and not standing_invitations(
        session, link.assessment_id, link.contact_id
    )


def use_link(session: Session, link: AccessLink, *, now: datetime) -> User:
    """The user to sign in for a working link, made on first use; the opening is recorded once."""
    link.last_used_at = now
    if link.contact.is_colleague:
        _note_colleague(session, link, now=now)
        return user_of_contact(session, link.contact, now=now)
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


def _note_colleague(session: Session, link: AccessLink, *, now: datetime) -> None:
    """The inviter sees that a colleague came; the round itself is not opened by it."""
    fresh = [
        one
        for one in standing_invitations(session, link.assessment_id, link.contact_id)
        if one.opened_at is None
    ]
    for invitation in fresh:
        invitation.opened_at = now
    if fresh:
        case, actor = assessment_case(link.assessment_id), f"contact:{link.contact_id}"
        record(session, case, "colleague_came", actor=actor, now=now, draft=True)


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
    for invitation in open_shares_of_address(session, email):
        send_colleague_link(session, invitation, now=now)


def send_colleague_link(session: Session, invitation: ColleagueInvitation, *, now: datetime) -> None:
    """Mail a new link to a colleague, at most once an hour, while the round is open."""
    assessment = session.get_one(Assessment, invitation.assessment_id)
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        return
    draft = Draft(
        kind="colleague_invitation",
        key=f"colleague_link:{assessment.id}:{now:%Y-%m-%dT%H}",
        why="Someone with an old link asked for a new one.",
        params={"invitation": invitation.id},
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, invitation.contact, draft, now=now)
