"""Proving: documents are taken in, held up for an answer, and taken away again with everything that hangs on them.

A file is written while its row is locked, and removed while no row can come back: so no row is ever without its file,
also when two suppliers send and withdraw the same file at the same moment.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, event, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.evidence.facts import N_
from compliance.evidence.intake import Accepted, Refusal, take_in
from compliance.evidence.store import EvidenceStore, StoreError
from compliance.storage.engine import only_reading
from compliance.storage.models import AnswerDocument, Assessment, Document, ReadingJob, StoredFile, User
from compliance.storage.queries.answering import proof_at, stored_contract
from compliance.storage.waking import READING, wake_after_commit
from compliance.workflow.answering import begin, lock_for_answers
from compliance.workflow.recording import assessment_case, record

PDF = "application/pdf"
MOST_DOCUMENTS = 10
NOT_STORED = N_("We could not store the file just now. Try again in a while.")
TOO_MANY = N_("There are as many documents here as there may be. Remove one first.")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name and its bytes."""

    name: str
    data: bytes


def give_file(  # noqa: PLR0913  who gives what for which answer, where it is kept, when
    session: Session,
    assessment: Assessment,
    item: Item,
    upload: Upload,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Document | Refusal:
    """Take a file in and hold it up for an answer; or the reason why not. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    accepted = take_in(upload.name, upload.data)
    if isinstance(accepted, Refusal):
        return accepted
    if len(item.documents) >= most_documents(item):
        return Refusal("too_many", TOO_MANY)
    try:
        with session.begin_nested():
            document = _document(session, assessment, accepted, upload, store=store, by=by, now=now)
    except StoreError:
        return Refusal("not_stored", NOT_STORED)
    _hold_up(session, assessment, item, document, by=by, now=now)
    return document


def give_document(
    session: Session, assessment: Assessment, item: Item, document: Document, *, by: User, now: datetime
) -> Refusal | None:
    """Hold up a document that was given before for one more answer. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    assert document.supplier_id == assessment.supplier_id, "documents are looked up through their supplier"
    if len(item.documents) >= most_documents(item) and str(document.id) not in item.documents:
        return Refusal("too_many", TOO_MANY)
    _hold_up(session, assessment, item, document, by=by, now=now)
    return None


def take_away(  # noqa: PLR0913  whose document for which answer, where it is kept, when
    session: Session,
    assessment: Assessment,
    item: Item,
    document: Document,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> None:
    """No longer hold up a document for an answer. One that serves no answer at all any more is deleted."""
    lock_for_answers(session, assessment)
    removed = session.execute(
        delete(AnswerDocument)
        .where(*proof_at(assessment.id, item.key), AnswerDocument.document_id == document.id)
        .returning(AnswerDocument.id)
    ).all()
    if not removed:
        return
    _record(session, assessment, item, document, "document_detached", by=by, now=now)
    others = select(func.count()).where(AnswerDocument.document_id == document.id)
    if not session.scalar(others):
        _delete(session, document, store)


def most_documents(item: Item) -> int:
    """How many documents an answer may have."""
    return item.question.upload.max_files if item.question.upload else MOST_DOCUMENTS


def _document(  # noqa: PLR0913  the parts of a document
    session: Session,
    assessment: Assessment,
    accepted: Accepted,
    upload: Upload,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Document:
    """The document of this supplier with this content: the one sent before, or a new one that waits to be read."""
    known = select(Document).where(
        Document.supplier_id == assessment.supplier_id, Document.sha256 == accepted.sha256
    )
    if (present := session.scalar(known)) is not None:
        return present
    _keep(session, accepted, upload, store=store, now=now)
    document = Document(
        supplier_id=assessment.supplier_id,
        sha256=accepted.sha256,
        name=accepted.display_name,
        uploaded_by_id=by.id,
        uploaded_at=now,
    )
    session.add(document)
    session.flush()
    session.add(ReadingJob(document_id=document.id, created_at=now))
    session.flush()
    wake_after_commit(session, READING)
    return document


def _keep(
    session: Session, accepted: Accepted, upload: Upload, *, store: EvidenceStore, now: datetime
) -> None:
    """The row first, which locks it, then the file: who would remove the file waits or sees the row."""
    values = {"sha256": accepted.sha256, "size": accepted.size, "media_type": PDF, "created_at": now}
    locked = select(StoredFile.sha256).where(StoredFile.sha256 == accepted.sha256).with_for_update(read=True)
    while True:
        try:
            with session.begin_nested():
                session.execute(insert(StoredFile).values(**values))
            break
        except IntegrityError:
            if session.scalar(locked) is not None:  # else its last owner has just withdrawn it
                break
    store.put(upload.data)


def _hold_up(
    session: Session, assessment: Assessment, item: Item, document: Document, *, by: User, now: datetime
) -> None:
    at = select(AnswerDocument).where(
        *proof_at(assessment.id, item.key), AnswerDocument.document_id == document.id
    )
    if session.scalar(at) is not None:
        return
    question_id, contract_id = item.key
    session.add(
        AnswerDocument(
            assessment_id=assessment.id,
            question_id=question_id,
            contract_id=stored_contract(contract_id),
            document_id=document.id,
            attached_at=now,
        )
    )
    session.flush()
    _record(session, assessment, item, document, "document_attached", by=by, now=now)
    begin(assessment)


def _record(  # noqa: PLR0913  who did what with which document, when
    session: Session,
    assessment: Assessment,
    item: Item,
    document: Document,
    name: str,
    *,
    by: User,
    now: datetime,
) -> None:
    payload = {
        "document": document.id,
        "sha256": document.sha256,
        "question": item.key[0],
        "contract": item.key[1],
    }
    case, actor = assessment_case(assessment.id), f"contact:{by.contact_id}"
    record(session, case, name, actor=actor, now=now, payload=payload, draft=True)


def _delete(session: Session, document: Document, store: EvidenceStore) -> None:
    sha256 = document.sha256
    session.execute(delete(ReadingJob).where(ReadingJob.document_id == document.id))
    session.delete(document)
    session.flush()
    if session.scalar(select(func.count()).where(Document.sha256 == sha256)):
        return
    try:
        with session.begin_nested():
            session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256))
    except IntegrityError:  # another supplier sent the same file in this moment: it stays
        return
    engine = session.get_bind()
    event.listen(session, "after_commit", lambda _: remove_unowned(engine, store, sha256), once=True)


def remove_unowned(engine: Engine | Connection, store: EvidenceStore, sha256: str) -> None:
    """Remove a file that no row owns any more. Taking the row's place keeps a new owner waiting until it is gone."""
    moment = {"size": 0, "media_type": PDF, "created_at": func.current_timestamp()}
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
