"""Staffing: who works at the buyer's desk, in which roles, and the mails that let them choose a password.

Everything is an event in the office's own case. Somebody must always be able to administer: the last active
administrator cannot be deactivated and cannot lose the role, and nobody can shut themselves out.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from compliance.reviews.digests import Pace
from compliance.storage.models import Message, Role, User
from compliance.workflow.posting import Draft, post_to_user
from compliance.workflow.recording import OFFICE, record

ADMINISTRATOR = "administrator"
ROLES = ("procurer", "reader", ADMINISTRATOR)
MAILS_WITH_LINK = ("password_reset", "staff_welcome")
MINUTES_BETWEEN_LINKS = 5


def N_(text: str) -> str:  # noqa: N802  the customary name of the marker
    """Mark a text for translation."""
    return text


@dataclass(frozen=True, kw_only=True)
class StaffDetails:
    """What an administrator says about a staff member. `roles` are of `ROLES`, at least one."""

    name: str
    email: str
    roles: frozenset[str]
    locale: str = "sv"


@dataclass(frozen=True, kw_only=True)
class OwnDetails:
    """What staff say about themselves."""

    name: str
    locale: str
    mail_pace: Pace


class EmailTaken(Exception):  # noqa: N818  it is a state of affairs, not a fault
    """Somebody else at the desk has this e-mail address."""


class LastAdministrator(Exception):  # noqa: N818
    """Without this person nobody could administer."""


class NotYourself(Exception):  # noqa: N818
    """Nobody deactivates themselves: a slip could not be undone."""


def find_staff(session: Session) -> list[User]:
    """Everybody at the desk, active ones first, by name."""
    query = select(User).where(User.contact_id.is_(None)).order_by(User.active.desc(), User.name, User.id)
    return list(session.scalars(query))


def add_staff(session: Session, details: StaffDetails, *, actor: User | None, now: datetime) -> User:
    """A new staff member, who gets a mail to choose a password. `actor` None is the command line.

    Raises `EmailTaken`.
    """
    _refuse_taken_address(session, details.email, but=None)
    user = User(
        name=details.name,
        email=details.email,
        locale=details.locale,
        fs_uniquifier=secrets.token_hex(32),
        created_at=now,
        roles=_roles(session, details.roles),
    )
    session.add(user)
    session.flush()
    _record(session, "staff_added", user, actor=actor, now=now, roles=sorted(details.roles))
    post_welcome(session, user, now=now)
    return user


def change_staff(session: Session, user: User, details: StaffDetails, *, actor: User, now: datetime) -> None:
    """Store what changed. Raises `EmailTaken`, and `LastAdministrator` when that role would have nobody left."""
    _refuse_taken_address(session, details.email, but=user)
    if ADMINISTRATOR not in details.roles:
        _refuse_last_administrator(session, user)
    moved = details.email != user.email
    changed = [name for name in ("name", "email", "locale") if getattr(user, name) != getattr(details, name)]
    if details.roles != {role.name for role in user.roles}:
        changed.append("roles")
    if not changed:
        return
    user.name, user.email, user.locale = details.name, details.email, details.locale
    user.roles = _roles(session, details.roles)
    session.flush()
    _record(session, "staff_changed", user, actor=actor, now=now, fields=changed, roles=sorted(details.roles))
    if moved:
        _follow_to_new_address(session, user, actor=actor, now=now)


def change_own_account(session: Session, user: User, details: OwnDetails, *, now: datetime) -> None:
    """Store what changed. Mails that wait for a digest already still go with it."""
    wanted = {"name": details.name, "locale": details.locale, "mail_pace": details.mail_pace.value}
    fields = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in fields:
        setattr(user, name, wanted[name])
    if fields:
        _record(session, "staff_changed", user, actor=user, now=now, fields=fields)


def deactivate_staff(session: Session, user: User, *, actor: User, now: datetime) -> None:
    """Shut somebody out at once: sessions, links on their way and sign-in end. What they did stays theirs.

    Raises `NotYourself` and `LastAdministrator`.
    """
    if not user.active:
        return
    if user.id == actor.id:
        raise NotYourself
    _refuse_last_administrator(session, user)
    user.active = False
    _end_sessions_and_links(session, user)
    _record(session, "staff_deactivated", user, actor=actor, now=now)


def reactivate_staff(session: Session, user: User, *, actor: User, now: datetime) -> None:
    """Let somebody in again, with the password they had."""
    if user.active:
        return
    user.active = True
    _record(session, "staff_reactivated", user, actor=actor, now=now)


def post_welcome(session: Session, user: User, *, now: datetime) -> None:
    """Mail a link to choose the first password."""
    why = N_("An administrator added you as a user.")
    post_to_user(session, user, _link_mail("staff_welcome", user, why, now.isoformat()), now=now)


def welcome_again(session: Session, user: User, *, actor: User, now: datetime) -> None:
    """Mail the link to choose a first password once more; nothing for those who have a password or are shut out."""
    if user.password is not None or not user.active:
        return
    post_welcome(session, user, now=now)
    _record(session, "welcome_sent", user, actor=actor, now=now)


def post_password_link(session: Session, user: User, *, now: datetime) -> None:
    """Mail a link to choose a new password, at most one in five minutes."""
    why = N_("Someone asked for a new password for this address.")
    window = now.replace(minute=now.minute - now.minute % MINUTES_BETWEEN_LINKS)
    post_to_user(session, user, _link_mail("password_reset", user, why, f"{window:%Y-%m-%dT%H:%M}"), now=now)


def password_was_changed(session: Session, user: User, *, now: datetime) -> None:
    """Record it, and tell its owner, who may know nothing of it."""
    _record(session, "password_changed", user, actor=user, now=now)
    draft = Draft(
        kind="password_changed",
        key=f"password_changed:{user.id}:{now.isoformat()}",
        why=N_("The password of this account was changed."),
    )
    post_to_user(session, user, draft, now=now)


def _link_mail(kind: str, user: User, why: str, when: str) -> Draft:
    return Draft(
        kind=kind,
        key=f"{kind}:{user.id}:{when}",
        why=why,
        cancelled_by=N_("The account is deactivated or gets another address."),
    )


def _refuse_taken_address(session: Session, email: str, *, but: User | None) -> None:
    found = session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    if found is not None and found is not but:
        raise EmailTaken


def _refuse_last_administrator(session: Session, user: User) -> None:
    """Locks the role, so that two administrators cannot remove each other in the same moment."""
    role = session.scalar(select(Role).where(Role.name == ADMINISTRATOR).with_for_update())
    administrators = select(User.id).where(User.active, User.roles.any(Role.name == ADMINISTRATOR))
    if role is not None and list(session.scalars(administrators)) == [user.id]:
        raise LastAdministrator


def _roles(session: Session, names: frozenset[str]) -> list[Role]:
    unknown = names - set(ROLES)
    if unknown or not names:
        raise ValueError(f"roles must be some of {ROLES}, not {sorted(names)}")
    found = {role.name: role for role in session.scalars(select(Role).where(Role.name.in_(names)))}
    return [found.get(name) or Role(name=name) for name in sorted(names)]


def _follow_to_new_address(session: Session, user: User, *, actor: User, now: datetime) -> None:
    """Links mailed to the former address die; somebody without a password is welcomed at the new one."""
    if user.id != actor.id:
        _end_sessions_and_links(session, user)
    if user.password is None:
        post_welcome(session, user, now=now)


def _end_sessions_and_links(session: Session, user: User) -> None:
    """A new uniquifier ends every session and every link already sent; links still to be sent are cancelled."""
    user.fs_uniquifier = secrets.token_hex(32)
    session.flush()
    session.execute(
        update(Message)
        .where(Message.user_id == user.id, Message.state == "queued", Message.kind.in_(MAILS_WITH_LINK))
        .values(state="cancelled")
    )


def _record(
    session: Session, name: str, user: User, *, actor: User | None, now: datetime, **payload: Any
) -> None:
    record(
        session,
        OFFICE,
        name,
        actor=f"user:{actor.id}" if actor else "system",
        now=now,
        payload={"user": user.id, **payload},
    )
