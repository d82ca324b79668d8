"""The events of the office's own case, as sentences that people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Event, User
from compliance.web.forms.account import ROLE_NAMES
from compliance.workflow.recording import OFFICE

PAGE = 50


def N_(text: str) -> str:  # noqa: N802  the customary name of the marker
    """Mark a text for translation."""
    return text


SENTENCES = {
    "staff_added": N_("%(person)s was added"),
    "staff_changed": N_("%(person)s was changed"),
    "staff_deactivated": N_("%(person)s was deactivated"),
    "staff_reactivated": N_("%(person)s was reactivated"),
    "welcome_sent": N_("A new link to choose a password was sent to %(person)s"),
    "password_changed": N_("%(person)s chose a new password"),
    "code_published": N_("A version of the code of conduct was published"),
    "questions_released": N_("New questions hold from now on"),
    "reviews_per_day_changed": N_("The number of new reviews a day was changed"),
    "contracts_imported": N_("Contracts were imported from a file"),
}
FIELDS = {
    "name": N_("name"),
    "email": N_("e-mail"),
    "locale": N_("language"),
    "roles": N_("roles"),
}


@dataclass(frozen=True, kw_only=True)
class OfficeEvent:
    """One line of the log: number, moment, what happened, who did it, and particulars."""

    sequence: int
    happened_at: datetime
    title: str
    actor: str
    particulars: tuple[str, ...]


def office_events(session: Session, *, before: int | None = None) -> list[OfficeEvent]:
    """The newest events of the office, or those before a number; one more than a page when there are older ones."""
    query = select(Event).where(Event.case == OFFICE).order_by(Event.sequence.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(Event.sequence < before)
    found = list(session.scalars(query))
    names = _names(session, found)
    return [_told(event, names) for event in found]


def _names(session: Session, events: Iterable[Event]) -> dict[int, str]:
    ids = {
        number
        for event in events
        for number in (_actor_id(event), (event.payload or {}).get("user"))
        if number
    }
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _actor_id(event: Event) -> int | None:
    kind, _, number = event.actor.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None


def _told(event: Event, names: dict[int, str]) -> OfficeEvent:
    payload = event.payload or {}
    person = names.get(payload.get("user", 0), gettext("A person no longer registered"))
    sentence = SENTENCES.get(event.name)
    return OfficeEvent(
        sequence=event.sequence,
        happened_at=event.happened_at,
        title=gettext(sentence) % {"person": person} if sentence else event.name,
        actor=names.get(_actor_id(event) or 0, gettext("The system")),
        particulars=_particulars(payload),
    )


def _particulars(payload: dict[str, Any]) -> tuple[str, ...]:
    lines = []
    if payload.get("fields"):
        fields = ", ".join(gettext(FIELDS[name]) for name in payload["fields"] if name in FIELDS)
        lines.append(gettext("Changed: %(fields)s", fields=fields))
    if payload.get("roles"):
        roles = ", ".join(str(ROLE_NAMES[name]) for name in payload["roles"] if name in ROLE_NAMES)
        lines.append(gettext("Roles: %(roles)s", roles=roles))
    return tuple(lines)
