"""Recording: every step lands in the append-only log of its case."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Event, EventChain, User

ORIGIN = "0" * 64


def assessment_case(assessment_id: int) -> str:
    """The name of an assessment's chain."""
    return f"assessment:{assessment_id}"


def contract_case(contract_id: int) -> str:
    """The name of a contract's chain."""
    return f"contract:{contract_id}"


def supplier_case(supplier_id: int) -> str:
    """The name of a supplier's chain."""
    return f"supplier:{supplier_id}"


OFFICE = "office"
"""The chain of what concerns no supplier: staff, settings."""


def actor_of(user: User) -> str:
    """How events name the one who acts: a supplier's contact, or a member of the staff."""
    return f"user:{user.id}" if user.contact_id is None else f"contact:{user.contact_id}"


def digest(payload: dict[str, Any]) -> str:
    """The sha256 of a payload in its one canonical form."""
    canonical = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def link(previous: str, *, case: str, sequence: int, name: str, moment: datetime, payload_digest: str) -> str:
    """The hash of an event: over the one before and everything that must not change, payload by its digest."""
    text = "\n".join((previous, case, str(sequence), name, moment.isoformat(), payload_digest))
    return hashlib.sha256(text.encode()).hexdigest()


def record(  # noqa: PLR0913  an event has these parts
    session: Session,
    case: str,
    name: str,
    *,
    actor: str,
    now: datetime,
    payload: dict[str, Any] | None = None,
    draft: bool = False,
) -> Event:
    """Append one event to its case's chain.

    `name` is past tense (`invitation_sent`); `actor` is `user:ID`, `contact:ID` or `system`. A `draft` event
    is the supplier's own until submission. No answers, addresses or names belong in a payload: ids, codes,
    dates and digests do.
    """
    chain = session.scalar(select(EventChain).where(EventChain.case == case).with_for_update())
    if chain is None:
        chain = EventChain(case=case, sequence=0, head=ORIGIN)
        session.add(chain)
        session.flush()
    content, moment = payload or {}, now.astimezone(UTC)  # as it is read back, or the hash would not hold
    payload_digest = digest(content)
    sequence, previous = chain.sequence + 1, chain.head
    event = Event(
        case=case,
        sequence=sequence,
        name=name,
        happened_at=moment,
        actor=actor,
        draft=draft,
        payload=content,
        payload_digest=payload_digest,
        previous_hash=previous,
        hash=link(
            previous, case=case, sequence=sequence, name=name, moment=moment, payload_digest=payload_digest
        ),
    )
    session.add(event)
    chain.sequence, chain.head = sequence, event.hash
    session.flush()
    return event


def record_first(
    session: Session, payloads: Mapping[str, dict[str, Any]], name: str, *, actor: str, now: datetime
) -> None:
    """Begin the chains of many new cases at once: the same event, each with its own payload."""
    moment = now.astimezone(UTC)
    events = []
    for case, payload in payloads.items():
        payload_digest = digest(payload)
        events.append(
            Event(
                case=case,
                happened_at=moment,
                actor=actor,
                draft=False,
                payload=payload,
                payload_digest=payload_digest,
                previous_hash=ORIGIN,
                hash=link(
                    ORIGIN, case=case, sequence=1, name=name, moment=moment, payload_digest=payload_digest
                ),
                sequence=1,
                name=name,
            )
        )
    session.add_all(EventChain(case=event.case, sequence=1, head=event.hash) for event in events)
    session.flush()
    session.add_all(events)
    session.flush()
