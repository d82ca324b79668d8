"""Recording: every step lands in the append-only log of its case."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from compliance.storage.models import Event, EventChain, User

ORIGIN = "0" * 64
CHAIN = select(EventChain).where(EventChain.case == bindparam("of_case")).with_for_update()
ADD_EVENT = insert(cast("Table", Event.__table__))
MOVE_CHAIN = update(cast("Table", EventChain.__table__)).where(EventChain.case == bindparam("of_case"))


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
    chain = _locked_chain(session, case)
    event = Event(**_next(chain, name, now, payload or {}), actor=actor, draft=draft)
    session.add(event)
    chain.sequence, chain.head = event.sequence, event.hash
    session.flush()
    return event


def record_draft(
    session: Session, case: str, name: str, *, actor: str, now: datetime, payload: dict[str, Any]
) -> None:
    """The same for what happens at every keystroke or so: a draft event, written without an object made of it."""
    chain = _locked_chain(session, case)
    event = _next(chain, name, now, payload) | {"actor": actor, "draft": True}
    session.execute(ADD_EVENT, event)
    head = {"sequence": event["sequence"], "head": event["hash"]}
    session.execute(MOVE_CHAIN, head | {"of_case": case})
    for column, value in head.items():
        set_committed_value(chain, column, value)


def _locked_chain(session: Session, case: str) -> EventChain:
    chain = session.scalar(CHAIN, {"of_case": case})
    if chain is None:
        chain = EventChain(case=case, sequence=0, head=ORIGIN)
        session.add(chain)
        session.flush()
    return chain


def _next(chain: EventChain, name: str, now: datetime, payload: dict[str, Any]) -> dict[str, Any]:
    """What the chain's next event holds; its moment as it is read back, or the hash would not hold."""
    moment, payload_digest, sequence = now.astimezone(UTC), digest(payload), chain.sequence + 1
    parts: dict[str, Any] = {"case": chain.case, "sequence": sequence, "name": name}
    return {
        **parts,
        "happened_at": moment,
        "payload": payload,
        "payload_digest": payload_digest,
        "previous_hash": chain.head,
        "hash": link(chain.head, **parts, moment=moment, payload_digest=payload_digest),
    }


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
