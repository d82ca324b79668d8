"""Verifying: walking every chain of events and naming the first link that does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Event, EventChain
from compliance.workflow.recording import ORIGIN, digest, link


@dataclass(frozen=True)
class BrokenLink:
    """A place where a chain does not hold: the case, the sequence number and why."""

    case: str
    sequence: int
    why: str


def broken_links(session: Session) -> Iterator[BrokenLink]:
    """The first fault of each chain that has one. An erased payload (null) is no fault; a changed one is."""
    for chain in session.scalars(select(EventChain).order_by(EventChain.case)):
        fault = _first_fault(session, chain)
        if fault is not None:
            yield fault


def _first_fault(session: Session, chain: EventChain) -> BrokenLink | None:
    previous, sequence = ORIGIN, 0
    events = (
        select(Event)
        .where(Event.case == chain.case)
        .order_by(Event.sequence)
        .execution_options(yield_per=500)
    )
    for event in session.scalars(events):
        sequence += 1
        why = _fault(event, previous, sequence)
        if why:
            return BrokenLink(chain.case, sequence, why)
        previous = event.hash
    if (chain.sequence, chain.head) != (sequence, previous):
        return BrokenLink(chain.case, sequence + 1, "the last events are missing")
    return None


def _fault(event: Event, previous: str, sequence: int) -> str | None:
    if event.sequence != sequence:
        return "an event is missing"
    if event.payload is not None and digest(event.payload) != event.payload_digest:
        return "the content was changed"
    expected = link(
        previous,
        case=event.case,
        sequence=event.sequence,
        name=event.name,
        moment=event.happened_at,
        payload_digest=event.payload_digest,
    )
    return None if event.hash == expected else "the event was changed"
