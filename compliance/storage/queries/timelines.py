"""What timelines read: the events of some cases, newest first, without what is still the supplier's own."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from compliance.storage.models import Assessment, Contact, Event, EventChain, User

LONGEST = 100
EACH_SAVE = "answer_saved"
"""Every save of every answer is in the log; in a timeline it would hide the rest."""


def find_events(session: Session, cases: Iterable[str], *, limit: int = LONGEST) -> list[Event]:
    """The newest events of these cases that staff may see."""
    query = (
        select(Event)
        .where(Event.case.in_(cases), Event.name != EACH_SAVE, or_(~Event.draft, _was_submitted()))
        .order_by(Event.happened_at.desc(), Event.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def _was_submitted() -> ColumnElement[bool]:
    """A draft's events become known with the submission that they led to, not before."""
    return exists().where(
        Event.case == literal("assessment:") + cast(Assessment.id, String),
        Assessment.submitted_at >= Event.happened_at,
    )


def names_of_actors(session: Session, actors: Iterable[str]) -> dict[str, str]:
    """The names of the people behind `user:ID` and `contact:ID`."""
    ids: dict[str, list[int]] = {"user": [], "contact": []}
    for actor in set(actors):
        kind, _, number = actor.partition(":")
        if kind in ids and number.isdigit():
            ids[kind].append(int(number))
    users = session.execute(select(User.id, User.name).where(User.id.in_(ids["user"])))
    contacts = session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(ids["contact"])))
    return {
        **{f"user:{number}": name for number, name in users},
        **{f"contact:{number}": name for number, name in contacts},
    }


def head_of(session: Session, case: str) -> str | None:
    """The hash at the head of a case's chain."""
    return session.scalar(select(EventChain.head).where(EventChain.case == case))


def decision_event(session: Session, case: str, decision_id: int) -> Event | None:
    """The event with which a decision was recorded."""
    query = select(Event).where(Event.case == case, Event.name == "decision_made").order_by(Event.sequence)
    return next(
        (event for event in session.scalars(query) if (event.payload or {}).get("decision") == decision_id),
        None,
    )
