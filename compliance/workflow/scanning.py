"""Scanning: what a virus scanner says of a file is kept with it; an infected one is neither served nor read.

A scanner that is away holds nothing up: the file is read, is marked as not scanned, and the tick asks again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from compliance.evidence.facts import N_
from compliance.storage.models import Document, FactRow, ReadingJob, StoredFile
from compliance.workflow.recording import record, supplier_case
from compliance.workflow.scoring import rescore_document

ScanState = Literal["not_scanned", "clean", "infected"]
NOT_SCANNED, CLEAN, INFECTED = "not_scanned", "clean", "infected"
STATE = "refused"
INFECTED_REASON = N_(
    "The virus scanner found harmful code in the file. It is not opened and cannot be downloaded. "
    "Remove it, check your computer, and upload a clean copy."
)


def scan_state(session: Session, sha256: str) -> str:
    """What a scanner said of a file; not_scanned when none did or the file is gone."""
    query = select(StoredFile.scan_state).where(StoredFile.sha256 == sha256)
    return session.scalar(query) or NOT_SCANNED


def not_scanned(session: Session, *, limit: int) -> Sequence[str]:
    """The addresses of files that no scanner has judged: those never tried first, then those tried longest ago."""
    query = select(StoredFile.sha256).where(StoredFile.scan_state == NOT_SCANNED)
    return session.scalars(
        query.order_by(
            StoredFile.scanned_at.is_not(None), StoredFile.scanned_at, StoredFile.created_at
        ).limit(limit)
    ).all()


def note_scan(session: Session, sha256: str, said: ScanState, *, now: datetime) -> None:
    """Keep what the scanner said, also that it could not tell. Documents with an infected file forget what was read."""
    session.execute(
        update(StoredFile).where(StoredFile.sha256 == sha256).values(scan_state=said, scanned_at=now)
    )
    if said != INFECTED:
        return
    for document in session.scalars(select(Document).where(Document.sha256 == sha256).order_by(Document.id)):
        refuse_infected(session, document, now=now)


def refuse_infected(session: Session, document: Document, *, now: datetime) -> None:
    """The document is not read, whether it waits or was read before; once is enough."""
    if document.state_reason == INFECTED_REASON:
        return
    session.execute(delete(FactRow).where(FactRow.document_id == document.id))
    session.execute(
        update(ReadingJob)
        .where(ReadingJob.document_id == document.id)
        .values(state="done", lease=None, leased_until=None, finished_at=now)
    )
    document.state, document.state_reason, document.read_at = STATE, INFECTED_REASON, now
    document.kind, document.names_supplier = None, False
    session.flush()
    session.expire(document, ["facts", "file"])
    case, payload = supplier_case(document.supplier_id), {"document": document.id}
    record(session, case, "document_infected", actor="system", now=now, payload=payload, draft=True)
    rescore_document(session, document, now=now)
