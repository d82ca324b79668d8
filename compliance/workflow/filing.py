"""Filing: a file comes into the store with its row, and goes when no row owns it any more.

A file is written while its row is locked, and removed while no row can come back: so no row is ever without its file,
also when two suppliers send and withdraw the same file at the same moment.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, event, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from compliance.evidence.intake import Accepted
from compliance.evidence.store import EvidenceStore
from compliance.storage.engine import only_reading
from compliance.storage.models import Document, StoredFile

NOTHING = "application/octet-stream"
GIVEN_UP = "files_given_up"
"""Where a session notes files that go with its commit."""


def keep_file(
    session: Session, accepted: Accepted, data: bytes, *, store: EvidenceStore, now: datetime
) -> None:
    """The row first, which locks it, then the file: who would remove the file waits or sees the row.

    Raises `StoreError` when the file could not be written; then neither is kept.
    """
    values = {
        "sha256": accepted.sha256,
        "size": accepted.size,
        "media_type": accepted.media_type,
        "created_at": now,
    }
    locked = select(StoredFile.sha256).where(StoredFile.sha256 == accepted.sha256).with_for_update(read=True)
    while True:
        try:
            with session.begin_nested():
                session.execute(insert(StoredFile).values(**values))
            break
        except IntegrityError:
            if session.scalar(locked) is not None:  # else its last owner has just withdrawn it
                break
    store.put(data)


def give_up_file(session: Session, store: EvidenceStore, sha256: str) -> None:
    """A document with this content was deleted: the file goes with the commit, unless somebody else sent it too."""
    if session.scalar(select(func.count()).where(Document.sha256 == sha256)):
        return
    try:
        with session.begin_nested():
            session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256))
    except IntegrityError:  # another supplier sent the same file in this moment: it stays
        return
    if GIVEN_UP not in session.info:
        session.info[GIVEN_UP] = GivenUp()
        event.listen(session, "after_commit", _promise_removal)
        event.listen(session, "after_transaction_end", _remove_given_up)
    session.info[GIVEN_UP].noted.append((session.get_bind(), store, sha256))


@dataclass
class GivenUp:
    """Files without an owner: noted in a transaction, and to be removed once it has been committed."""

    noted: list[tuple[Engine | Connection, EvidenceStore, str]] = field(default_factory=list)
    to_remove: list[tuple[Engine | Connection, EvidenceStore, str]] = field(default_factory=list)


def _promise_removal(session: Session) -> None:
    """Only at the end of the whole transaction, not of a part of it."""
    given_up: GivenUp = session.info[GIVEN_UP]
    if not session.in_nested_transaction():
        given_up.to_remove, given_up.noted = given_up.noted, []


def _remove_given_up(session: Session, transaction: SessionTransaction) -> None:
    """Once the transaction has let go of its connection: removing takes another, which would wait for it."""
    if transaction.parent is not None:
        return
    given_up: GivenUp = session.info[GIVEN_UP]
    removed, given_up.to_remove, given_up.noted = given_up.to_remove, [], []
    for engine, store, sha256 in removed:
        remove_unowned(engine, store, sha256)


def remove_unowned(engine: Engine | Connection, store: EvidenceStore, sha256: str) -> None:
    """Remove a file that no row owns any more. Taking the row's place keeps a new owner waiting until it is gone."""
    moment = {"size": 0, "media_type": NOTHING, "created_at": func.current_timestamp()}
    with engine.engine.connect() as connection, connection.begin() as transaction:
        try:
            connection.execute(insert(StoredFile).values(sha256=sha256, **moment))
        except IntegrityError:
            return
        store.remove(sha256)
        transaction.rollback()


def sweep(engine: Engine, store: EvidenceStore) -> int:
    """Remove files that no row owns: a crash between the commit and the removal leaves one. Gives how many.

    One that is being given at this moment has its row already, though nobody else sees it yet: see `remove_unowned`.
    """
    with only_reading(), engine.connect() as connection:
        owned = set(connection.scalars(select(StoredFile.sha256)))
    unowned = [sha256 for sha256 in store if sha256 not in owned]
    for sha256 in unowned:
        remove_unowned(engine, store, sha256)
    return sum(sha256 not in store for sha256 in unowned)
