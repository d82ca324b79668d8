"""Replacing: a newer version of a document takes its place in every round that is open; what was sent in keeps the old.

The older one stays and is linked, so that both sides see what was shown before.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.assessments import OPEN_TO_SUPPLIER
from compliance.evidence.facts import N_
from compliance.evidence.intake import Refusal, take_in
from compliance.evidence.store import EvidenceStore
from compliance.storage.models import AnswerDocument, Assessment, Document, User
from compliance.storage.queries.answering import key_of
from compliance.workflow.answering import lock_for_answers
from compliance.workflow.proving import Received, Upload, drop_use, receive, record_about, use_of

SAME_FILE = N_("This is the very same file as the one it should replace. Choose the newer version.")
EARLIER = N_("This is an earlier version of the same document. Upload the newer one.")


def replace_file(  # noqa: PLR0913  what takes whose place for which answer, where it is kept, when
    session: Session,
    assessment: Assessment,
    item: Item,
    old: Document,
    upload: Upload,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Received | Refusal:
    """Take in a newer version and let it take the old one's place; or the reason why not. Raises `NotAllowedNow`."""
    rounds = _locked_rounds(session, assessment)
    accepted = take_in(upload.name, upload.data)
    if isinstance(accepted, Refusal):
        return accepted
    if accepted.sha256 == old.sha256:
        return Refusal("same_file", SAME_FILE)
    if any(one.sha256 == accepted.sha256 for one in versions_before(old)):
        return Refusal("earlier_version", EARLIER)
    received = receive(session, assessment, accepted, upload, store=store, by=by, now=now)
    if isinstance(received, Received) and use_of(session, assessment, item, old) is not None:
        _take_place(session, rounds, old, received.document, by=by, now=now)
    return received


def versions_before(document: Document) -> Iterator[Document]:
    """The earlier versions of a document, newest first."""
    seen = {document.id}
    while (earlier := document.replaces) is not None and earlier.id not in seen:
        seen.add(earlier.id)
        yield earlier
        document = earlier


def _locked_rounds(session: Session, assessment: Assessment) -> dict[int, Assessment]:
    """The supplier's open rounds, held until the end; always in the same order, so that nobody waits in a ring."""
    query = select(Assessment).where(
        Assessment.supplier_id == assessment.supplier_id, Assessment.state.in_(OPEN_TO_SUPPLIER)
    )
    rounds = session.scalars(
        query.order_by(Assessment.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    lock_for_answers(session, assessment)
    return {one.id: one for one in rounds}


def _take_place(
    session: Session,
    rounds: dict[int, Assessment],
    old: Document,
    new: Document,
    *,
    by: User,
    now: datetime,
) -> None:
    if new.replaces_id is None and new not in versions_before(old):
        new.replaces_id = old.id
    for use in _uses(session, old, list(rounds)):
        assessment, key = rounds[use.assessment_id], key_of(use)
        session.expire(new, ["uses"])
        if not any(_is_same_answer(use, other) for other in new.uses):
            session.add(
                AnswerDocument(
                    assessment_id=use.assessment_id,
                    question_id=use.question_id,
                    contract_id=use.contract_id,
                    document_id=new.id,
                    attached_at=now,
                )
            )
        drop_use(session, assessment, use)
        record_about(session, assessment, key, new, "document_replaced", by=by, now=now)
    session.flush()


def _uses(session: Session, document: Document, assessment_ids: Sequence[int]) -> Sequence[AnswerDocument]:
    query = select(AnswerDocument).where(
        AnswerDocument.document_id == document.id, AnswerDocument.assessment_id.in_(assessment_ids)
    )
    return session.scalars(query.order_by(AnswerDocument.id)).all()


def _is_same_answer(one: AnswerDocument, other: AnswerDocument) -> bool:
    place = (one.assessment_id, one.question_id, one.contract_id)
    return place == (other.assessment_id, other.question_id, other.contract_id)
