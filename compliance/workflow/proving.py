"""Proving: documents are taken in, held up for an answer, and taken away again with everything that hangs on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.evidence.facts import N_
from compliance.evidence.intake import Accepted, Refusal, take_in
from compliance.evidence.page_range import Range
from compliance.evidence.store import NOT_STORED, EvidenceStore, StoreError
from compliance.storage.models import AnswerDocument, Assessment, Document, ReadingJob, User
from compliance.storage.queries.answering import proof_at, stored_contract
from compliance.storage.waking import READING, wake_after_commit
from compliance.workflow.answering import begin, lock_for_answers
from compliance.workflow.filing import give_up_file, keep_file
from compliance.workflow.recording import actor_of, assessment_case, record
from compliance.workflow.scanning import INFECTED, INFECTED_REASON, scan_state

MOST_DOCUMENTS = 10
TOO_MANY = N_("There are as many documents here as there may be. Remove one first.")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Received:
    """A document that was taken in; `is_known` when the supplier had given the very same file before."""

    document: Document
    is_known: bool


def give_file(  # noqa: PLR0913  who gives what for which answer, where it is kept, when
    session: Session,
    assessment: Assessment,
    item: Item,
    upload: Upload,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Received | Refusal:
    """Take a file in and hold it up for an answer; or the reason why not. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    accepted = take_in(upload.name, upload.data)
    if isinstance(accepted, Refusal):
        return accepted
    if is_full(item, known_document(session, assessment.supplier_id, accepted.sha256)):
        return Refusal("too_many", TOO_MANY)
    received = receive(session, assessment, accepted, upload, store=store, by=by, now=now)
    if isinstance(received, Received):
        hold_up(session, assessment, item, received.document, by=by, now=now)
    return received


def give_document(
    session: Session, assessment: Assessment, item: Item, document: Document, *, by: User, now: datetime
) -> Refusal | None:
    """Hold up a document that was given before for one more answer. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    assert document.supplier_id == assessment.supplier_id, "documents are looked up through their supplier"
    if is_full(item, document):
        return Refusal("too_many", TOO_MANY)
    hold_up(session, assessment, item, document, by=by, now=now)
    return None


def name_pages(
    session: Session, assessment: Assessment, item: Item, document: Document, pages: Range
) -> None:
    """Say on which pages of a document the proof of an answer stands; None takes it back. Raises `NotAllowedNow`."""
    lock_for_answers(session, assessment)
    use = use_of(session, assessment, item, document)
    if use is not None:
        use.first_page, use.last_page = pages or (None, None)
        session.flush()


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
    """No longer hold up a document for an answer. One that serves no answer at all any more is deleted.

    One that was sent in stays, because the answers that were sent in rest on it; so does an earlier version.
    """
    lock_for_answers(session, assessment)
    use = use_of(session, assessment, item, document)
    if use is None:
        return
    drop_use(session, assessment, use)
    record_about(session, assessment, item.key, document, "document_detached", by=by, now=now)
    delete_unused(session, document, store)


def most_documents(item: Item) -> int:
    """How many documents an answer may have."""
    return item.question.upload.max_files if item.question.upload else MOST_DOCUMENTS


def is_full(item: Item, document: Document | None) -> bool:
    """Whether an answer has no room for a document that it does not show yet."""
    shown = document is not None and str(document.id) in item.documents
    return not shown and len(item.documents) >= most_documents(item)


def known_document(session: Session, supplier_id: int, sha256: str) -> Document | None:
    """The document of this supplier with this content, if it gave one."""
    return session.scalar(
        select(Document).where(Document.supplier_id == supplier_id, Document.sha256 == sha256)
    )


def use_of(session: Session, assessment: Assessment, item: Item, document: Document) -> AnswerDocument | None:
    """The document as proof of this answer, if it is."""
    return session.scalar(
        select(AnswerDocument).where(
            *proof_at(assessment.id, item.key), AnswerDocument.document_id == document.id
        )
    )


def receive(  # noqa: PLR0913  what was sent by whom in which round, where it is kept, when
    session: Session,
    assessment: Assessment,
    accepted: Accepted,
    upload: Upload,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Received | Refusal:
    """The document of this supplier with this content: the one sent before, or a new one that waits to be read."""
    while True:
        known = known_document(session, assessment.supplier_id, accepted.sha256)
        if known is not None:
            return Received(known, is_known=True)
        if scan_state(session, accepted.sha256) == INFECTED:
            return Refusal("infected", INFECTED_REASON)
        try:
            with session.begin_nested():
                keep_file(session, accepted, upload.data, store=store, now=now)
                document = _new_document(session, assessment, accepted, by=by, now=now)
        except StoreError:
            return Refusal("not_stored", NOT_STORED)
        except IntegrityError:  # a colleague sent the very same file in this moment: then that one is taken
            continue
        return Received(document, is_known=False)


def _new_document(
    session: Session, assessment: Assessment, accepted: Accepted, *, by: User, now: datetime
) -> Document:
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


def hold_up(
    session: Session, assessment: Assessment, item: Item, document: Document, *, by: User, now: datetime
) -> None:
    """Make a document proof of an answer; nothing happens when it is already."""
    if use_of(session, assessment, item, document) is not None:
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
    record_about(session, assessment, item.key, document, "document_attached", by=by, now=now)
    begin(assessment)


def drop_use(session: Session, assessment: Assessment, use: AnswerDocument) -> None:
    """A document no longer proves an answer; that it was sent in as proof is remembered."""
    if assessment.submitted_at is not None and use.attached_at <= assessment.submitted_at:
        use.document.sent_in = True
    session.delete(use)
    session.flush()
    session.expire(use.document, ["uses"])


def delete_unused(session: Session, document: Document, store: EvidenceStore) -> None:
    """Delete a document that nothing rests on, and then the earlier version that only it kept."""
    uses = select(func.count()).where(AnswerDocument.document_id == document.id)
    newer = select(func.count()).where(Document.replaces_id == document.id)
    if document.sent_in or session.scalar(uses) or session.scalar(newer):
        return
    earlier, sha256 = document.replaces, document.sha256
    session.execute(delete(ReadingJob).where(ReadingJob.document_id == document.id))
    session.delete(document)
    session.flush()
    give_up_file(session, store, sha256)
    if earlier is not None:
        delete_unused(session, earlier, store)


def record_about(  # noqa: PLR0913  who did what with which document for which answer, when
    session: Session,
    assessment: Assessment,
    key: Key,
    document: Document,
    name: str,
    *,
    by: User,
    now: datetime,
) -> None:
    """Note in the round's chain what the supplier did with a document."""
    payload = {
        "document": document.id,
        "sha256": document.sha256,
        "question": key[0],
        "contract": key[1],
    }
    case, actor = assessment_case(assessment.id), actor_of(by)
    record(session, case, name, actor=actor, now=now, payload=payload, draft=True)
