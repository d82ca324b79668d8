"""Transcribing: answers that came on paper are typed in by a procurer, shown as such to both sides, and sent in.

The drafts stay the supplier's own: the procurer sees and changes only what was typed in from the paper, and a question
that the supplier answered itself is left alone. The supplier is told by mail before anything is sent in for it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import Journey, plan_journey
from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State
from compliance.clock import day_of
from compliance.evidence.intake import Refusal, take_in
from compliance.evidence.store import EvidenceStore
from compliance.storage.models import Answer, AnswerDocument, Assessment, Document, PaperEntry, User
from compliance.storage.queries.answering import answer_to, key_of
from compliance.storage.queries.marks import keys_of_paper, paper_of
from compliance.workflow.answering import CLEARED, Content, lock_for_answers, save_answer
from compliance.workflow.gathering import answers_of, round_of
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.proving import Received, Upload, hold_up, receive
from compliance.workflow.recording import actor_of, assessment_case, record
from compliance.workflow.submitting import Attestation, submit

NOTICE = timedelta(days=3)
"""How long a supplier that answered something itself has from the mail until a procurer may send all of it in."""

OLDEST_PAPER = timedelta(days=365)


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


PAPER_CAME = N_("A procurer has begun to type in answers that came on paper.")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper with answers: the day it came, why it is typed in, and the scan if there is one."""

    received_on: date
    reason: str
    scan: Upload | None = None


class PaperDayError(Exception):
    """The day lies ahead, or more than a year back."""


class OwnAnswerError(Exception):
    """The supplier has answered the question itself."""


class NoticeRunsError(Exception):
    """The supplier has answers of its own and must have time to react; `until` is when that ends."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def start_paper(
    session: Session, assessment: Assessment, paper: Paper, *, store: EvidenceStore, by: User, now: datetime
) -> PaperEntry | Refusal:
    """Begin to type in a paper, and tell the supplier; once a round. The reason why not, if its scan is not taken.

    Raises `NotAllowedNow` and `PaperDayError`.
    """
    lock_for_answers(session, assessment)
    if not day_of(now) - OLDEST_PAPER <= paper.received_on <= day_of(now):
        raise PaperDayError
    if (present := paper_of(session, assessment.id)) is not None:
        return present
    document = _scan(session, assessment, paper.scan, store=store, by=by, now=now)
    if isinstance(document, Refusal):
        return document
    entry = PaperEntry(
        assessment_id=assessment.id,
        received_on=paper.received_on,
        reason=paper.reason,
        document_id=document.id if document else None,
        started_by_id=by.id,
        started_at=now,
    )
    session.add(entry)
    if document is not None:
        document.sent_in = True  # received by the buyer: it is not the supplier's to take back
    session.flush()
    _announce(session, assessment, entry, by=by, now=now)
    return entry


def paper_journey(session: Session, assessment: Assessment, *, now: datetime) -> Journey:
    """The way through the questions as the paper alone makes it: nothing that the supplier typed itself decides."""
    keys = keys_of_paper(session, assessment.id)
    given = answers_of(session, assessment)
    answers = AnswerSet(given[key] for key in given if key in keys)
    return plan_journey(round_of(assessment, on=day_of(now)), answers, _scans(session, assessment))


def own_keys(session: Session, assessment: Assessment) -> frozenset[Key]:
    """The questions that the supplier answered itself, with words or with documents."""
    typed = keys_of_paper(session, assessment.id)
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    answered = {key_of(row) for row in rows if _says_something(row)}
    uses = session.scalars(select(AnswerDocument).where(AnswerDocument.assessment_id == assessment.id))
    paper = paper_of(session, assessment.id)
    shown = {key_of(use) for use in uses if paper is None or use.document_id != paper.document_id}
    return frozenset(answered - typed | shown)


def save_paper_answer(  # noqa: PLR0913  who types in what, having seen what, when
    session: Session,
    assessment: Assessment,
    item: Item,
    content: Content,
    *,
    seen: int,
    by: User,
    now: datetime,
) -> Answer | None:
    """Save one answer from the paper; None when there was nothing to save.

    Raises `NotAllowedNow`, `OwnAnswerError`, and `StaleAnswerError` when another procurer was faster.
    """
    lock_for_answers(session, assessment)
    if item.key in own_keys(session, assessment):
        raise OwnAnswerError
    present = answer_to(session, assessment.id, item.key)
    if present is None and content.state == CLEARED and not content.comment:
        return None
    if present is not None and item.key not in keys_of_paper(session, assessment.id):
        seen = present.revision  # one that the supplier emptied: there is nothing to choose between
    return save_answer(session, assessment, item, content, seen=seen, by=by, now=now)


def show_scan(session: Session, assessment: Assessment, item: Item, *, by: User, now: datetime) -> None:
    """Hold the scanned paper up as the document that a question asks for. Raises `NotAllowedNow`, `OwnAnswerError`."""
    lock_for_answers(session, assessment)
    paper = paper_of(session, assessment.id)
    if paper is None or paper.document is None:
        return
    if item.key in own_keys(session, assessment):
        raise OwnAnswerError
    hold_up(session, assessment, item, paper.document, by=by, now=now)


def send_in_paper(
    session: Session, assessment: Assessment, attestation: Attestation, *, by: User, now: datetime
) -> None:
    """Send the answers in for the supplier: `attestation` is who signed the paper.

    Raises `NotAllowedNow`, `NotReadyError`, and `NoticeRunsError` while a supplier with answers of its own may react.
    """
    entry = paper_of(session, assessment.id)
    if entry is None or State(assessment.state) not in OPEN_TO_SUPPLIER:
        raise NotAllowedNow(State(assessment.state), State.SUBMITTED)
    if own_keys(session, assessment) and now < entry.started_at + NOTICE:
        raise NoticeRunsError(entry.started_at + NOTICE)
    submit(session, assessment, attestation, by=by, now=now)
    entry.sent_in_at = now
    session.flush()


def _says_something(row: Answer) -> bool:
    return row.state != CLEARED or bool(row.comment.strip())


def _scans(session: Session, assessment: Assessment) -> dict[Key, tuple[str, ...]]:
    """Where the scanned paper is shown as a document; other documents are the supplier's own."""
    paper = paper_of(session, assessment.id)
    if paper is None or paper.document_id is None:
        return {}
    uses = session.scalars(
        select(AnswerDocument).where(
            AnswerDocument.assessment_id == assessment.id, AnswerDocument.document_id == paper.document_id
        )
    )
    return {key_of(use): (str(use.document_id),) for use in uses}


def _scan(
    session: Session,
    assessment: Assessment,
    upload: Upload | None,
    *,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> Document | Refusal | None:
    if upload is None:
        return None
    accepted = take_in(upload.name, upload.data)
    if isinstance(accepted, Refusal):
        return accepted
    received = receive(session, assessment, accepted, upload, store=store, by=by, now=now)
    return received.document if isinstance(received, Received) else received


def _announce(
    session: Session, assessment: Assessment, entry: PaperEntry, *, by: User, now: datetime
) -> None:
    payload = {"paper": entry.id, "received_on": entry.received_on.isoformat(), "scan": entry.document_id}
    case = assessment_case(assessment.id)
    record(session, case, "paper_started", actor=actor_of(by), now=now, payload=payload)
    draft = Draft(
        kind="paper_started",
        key=f"paper_started:{assessment.id}",
        why=PAPER_CAME,
        params={"received_on": entry.received_on.isoformat()},
        due_on=assessment.due_on,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, assessment.contact, draft, now=now)
