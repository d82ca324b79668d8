"""Reading: a document that waits is leased, read, and its facts are stored once.

A reader that dies leaves a lease that runs out. Three attempts, then the document is said to have failed on our side.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from compliance.evidence.authenticity import text_is_compared
from compliance.evidence.facts import STATES, Fact, Reading
from compliance.evidence.fingerprint import bands, fingerprint
from compliance.evidence.naming import names_supplier
from compliance.storage.models import Document, FactRow, ReadingJob, TextBand
from compliance.workflow import arming
from compliance.workflow.recording import record, supplier_case
from compliance.workflow.scoring import rescore_document
from compliance.workflow.weighing import known_supplier

LEASE = timedelta(seconds=75)
"""Long enough for a busy machine between two renewals, short enough that nobody waits long after a reader died."""

MOST_ATTEMPTS = 3
GIVEN_UP = "failed"


@dataclass(frozen=True)
class Lease:
    """The right to read one document; `token` tells this lease from a later one."""

    document_id: int
    sha256: str
    token: str


def is_anything_waiting(session: Session, *, now: datetime) -> bool:
    """Whether a document waits; a plain read, so that idle looks cost no write lock."""
    return session.scalar(select(ReadingJob.document_id).where(_waits(now)).limit(1)) is not None


def lease_next(session: Session, *, now: datetime) -> Lease | None:
    """Take the document that has waited longest; None when none waits. Commit before reading."""
    oldest = (
        select(ReadingJob.document_id)
        .where(_waits(now))
        .order_by(ReadingJob.created_at, ReadingJob.document_id)
        .limit(1)
    )
    while (document_id := session.scalar(oldest)) is not None:
        job = session.get_one(ReadingJob, document_id, populate_existing=True)
        if job.attempts >= MOST_ATTEMPTS:
            _give_up(session, job, now=now)
            continue
        if (token := _take(session, document_id, now)) is not None:
            return Lease(document_id, session.get_one(Document, document_id).sha256, token)
    return None


def finish(session: Session, lease: Lease, reading: Reading, *, now: datetime) -> bool:
    """Store what was read, in place of anything read before. False when the lease was another's by then."""
    ended = session.execute(
        update(ReadingJob)
        .where(
            ReadingJob.document_id == lease.document_id,
            ReadingJob.state == "leased",
            ReadingJob.lease == lease.token,
        )
        .values(state="done", lease=None, leased_until=None, finished_at=now)
    )
    if not _changed(ended):
        return False
    document = session.get_one(Document, lease.document_id)
    session.execute(delete(FactRow).where(FactRow.document_id == document.id))
    session.add_all(_row(document, fact) for fact in reading.facts)
    kind = reading.first("document_type")
    document.kind = kind.value[:40] if kind is not None else None
    document.pages = reading.pages or None
    document.names_supplier = names_supplier(reading, known_supplier(document.supplier))
    _keep_traces(session, document, reading)
    _set_state(session, document, reading.state, now=now)
    session.expire(document, ["facts"])
    arming.rearm_document(session, document, now=now)
    rescore_document(session, document, now=now)
    return True


def _keep_traces(session: Session, document: Document, reading: Reading) -> None:
    """What questions of authenticity need: when the file was made, and of the text only its fingerprint."""
    document.made_on = date.fromisoformat(reading.made_on) if reading.made_on else None
    document.changed_on = date.fromisoformat(reading.changed_on) if reading.changed_on else None
    compared = text_is_compared(document.kind or "")
    traces = fingerprint(reading.text, (document.supplier.name,)) if compared else ()
    document.fingerprint = list(traces) or None
    session.execute(delete(TextBand).where(TextBand.document_id == document.id))
    session.add_all(TextBand(document_id=document.id, band=band) for band in bands(traces))


def renew(session: Session, lease: Lease, *, now: datetime) -> bool:
    """Hold a document for longer while it is still being read. False when the lease was another's by then."""
    held = session.execute(
        update(ReadingJob)
        .where(
            ReadingJob.document_id == lease.document_id,
            ReadingJob.state == "leased",
            ReadingJob.lease == lease.token,
        )
        .values(leased_until=now + LEASE)
    )
    return _changed(held)


def put_back_expired(session: Session, *, now: datetime) -> int:
    """Let documents wait again whose reader died; the number of them."""
    result = session.execute(
        update(ReadingJob)
        .where(ReadingJob.state == "leased", ReadingJob.leased_until < now)
        .values(state="waiting", lease=None, leased_until=None)
    )
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def _take(session: Session, document_id: int, now: datetime) -> str | None:
    token = secrets.token_hex(16)
    taken = session.execute(
        update(ReadingJob)
        .where(ReadingJob.document_id == document_id, _waits(now))
        .values(state="leased", lease=token, leased_until=now + LEASE, attempts=ReadingJob.attempts + 1)
    )
    return token if _changed(taken) else None


def _give_up(session: Session, job: ReadingJob, *, now: datetime) -> None:
    job.state, job.lease, job.leased_until, job.finished_at = "failed", None, None, now
    document = session.get_one(Document, job.document_id)
    _set_state(session, document, GIVEN_UP, now=now)
    rescore_document(session, document, now=now)


def _set_state(session: Session, document: Document, state: str, *, now: datetime) -> None:
    document.state, document.state_reason, document.read_at = state, STATES[state], now
    session.flush()
    payload = {"document": document.id, "state": state}
    case = supplier_case(document.supplier_id)
    record(session, case, "document_read", actor="system", now=now, payload=payload, draft=True)


def _row(document: Document, fact: Fact) -> FactRow:
    return FactRow(
        document_id=document.id,
        field=fact.field,
        value=fact.value,
        page=fact.page,
        box=list(fact.box),
        quote=fact.quote,
        confidence=fact.confidence,
        source=fact.source,
        warnings=list(fact.warnings),
        is_answer=fact.answer,
    )


def _waits(now: datetime) -> ColumnElement[bool]:
    left_behind = and_(ReadingJob.state == "leased", ReadingJob.leased_until < now)
    return or_(ReadingJob.state == "waiting", left_behind)


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
