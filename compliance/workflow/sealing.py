"""Sealing: a document about one person's pay is encrypted when it has been read, opened once, then lost for good."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from compliance.evidence.intake import Accepted
from compliance.evidence.sealed import SEALED, seal, unseal, view_once
from compliance.evidence.store import EvidenceStore
from compliance.storage.models import Document, FactRow, FileSeal, User
from compliance.workflow.filing import give_up_file, keep_file
from compliance.workflow.recording import record, supplier_case


class SealBrokenError(Exception):
    """The document cannot be opened any more: its key has been destroyed, or it was opened by somebody else."""


def seal_if_private(session: Session, document: Document, store: EvidenceStore, *, now: datetime) -> bool:
    """Seal a document of such a kind, just read; whether it was. The plain file goes with the commit.

    Of what was read only facts that say nothing of the person stay, without the words they were read from.
    """
    if document.kind not in view_once().kinds or document.file.media_type == SEALED:
        return False
    plain, data = document.file, store.get(document.sha256)
    key, sealed = seal(data)
    media_type = plain.media_type
    accepted = Accepted(document.name, hashlib.sha256(sealed).hexdigest(), len(sealed), SEALED)
    keep_file(session, accepted, sealed, store=store, now=now)
    document.sha256 = accepted.sha256
    session.add(
        FileSeal(
            document_id=document.id,
            key=key,
            media_type=media_type,
            sealed_at=now,
            ends_at=now + view_once().kept,
        )
    )
    session.flush()
    session.expire(document, ["file"])
    give_up_file(session, store, plain.sha256)
    _forget_words(session, document)
    _record(session, document, "document_sealed", "system", now)
    return True


def seal_of(session: Session, document: Document) -> FileSeal | None:
    """The seal of a document; None for one that has none, or whose key did not come out of a backup."""
    return session.get(FileSeal, document.id)


def may_open(seal: FileSeal | None, user: User, *, now: datetime) -> bool:
    """Once, and for a short while again by the same person, because downloads fail."""
    if seal is None or seal.key is None or seal.ends_at <= now:
        return False
    return seal.opened_at is None or seal.opened_by_id == user.id


def open_once(
    session: Session, document: Document, store: EvidenceStore, *, by: User, now: datetime
) -> bytes:
    """The plain document. From the first time on its key lives for a short while only.

    Raises `SealBrokenError`.
    """
    found = session.scalar(select(FileSeal).where(FileSeal.document_id == document.id).with_for_update())
    if found is None or found.key is None or not may_open(found, by, now=now):
        raise SealBrokenError
    if found.opened_at is None:
        found.opened_at, found.opened_by_id = now, by.id
        found.ends_at = now + view_once().open_for
        _record(session, document, "sealed_document_opened", f"user:{by.id}", now)
    return unseal(found.key, store.get(document.sha256))


def destroy_keys(session: Session, *, now: datetime) -> int:
    """Destroy the keys whose time is over; how many. What they opened is lost."""
    over = select(FileSeal).where(FileSeal.ends_at <= now, FileSeal.key.is_not(None))
    found = list(session.scalars(over))
    for one in found:
        one.key = None
        _record(session, session.get_one(Document, one.document_id), "seal_destroyed", "system", now)
    session.flush()
    return len(found)


def _forget_words(session: Session, document: Document) -> None:
    kept = view_once().kept_facts
    session.execute(delete(FactRow).where(FactRow.document_id == document.id, FactRow.field.not_in(kept)))
    session.execute(update(FactRow).where(FactRow.document_id == document.id).values(quote=""))
    document.fingerprint = None
    session.expire(document, ["facts"])


def _record(session: Session, document: Document, name: str, actor: str, now: datetime) -> None:
    case, payload = supplier_case(document.supplier_id), {"document": document.id}
    record(session, case, name, actor=actor, now=now, payload=payload, draft=actor == "system")
