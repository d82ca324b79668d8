"""A small world for tests that walk every page: two companies with one object of each kind, and one of each staff.

Nothing in it was ever submitted, so nothing of `DRAFT_TEXT` may be seen by staff.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from compliance import clock
from compliance.assessments import State
from compliance.evidence.store import FolderStore
from compliance.questionnaires import catalogue
from compliance.storage.models import (
    Answer,
    AnswerDocument,
    Assessment,
    CalendarFeed,
    ColleagueInvitation,
    Contract,
    ContractImport,
    Decision,
    Document,
    DueRow,
    KeptForm,
    PaperEntry,
    ReportedEvent,
    Review,
    ReviewReason,
    SecrecyRequest,
    SupplierRequest,
    User,
)
from compliance.workflow.feeding import make_feed
from compliance.workflow.linking import make_link
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.reviewing import BY_HAND
from tests.rows import (
    NOW,
    build_assessment,
    build_code,
    build_commitment,
    build_contact,
    build_contract,
    build_document,
    build_message,
    build_reading_job,
    build_staff,
    build_subcontractor,
    build_supplier,
    build_supplier_user,
)

DRAFT_TEXT = "Utkasthemlighet7f3a"
"""Stands in every answer, comment, document and draft event of the unsubmitted rounds."""


@dataclass(frozen=True)
class Company:
    """One supplier: the user of its contact, and the value of every argument that an address may take."""

    user_id: int
    arguments: dict[str, Any]
    colleague_id: int
    """The user of a colleague who was asked for one part, which is none of the `arguments`."""


def build_company(session: Session, staff: User, uploads: Path) -> Company:
    """A supplier with a contract under review and an answered but unsubmitted round."""
    supplier = build_supplier(session)
    contact, spare = build_contact(session, supplier), build_contact(session, supplier)
    user = build_supplier_user(session, contact)
    contract = build_contract(session, supplier)
    asked = {q.key: q.version for q in catalogue.released()}
    sha256 = FolderStore(uploads).put(f"%PDF-1.4 {DRAFT_TEXT} {supplier.id}".encode())
    assessment = build_assessment(
        session, contact, contracts=(contract,), state=State.ANSWERING, questionnaires=asked, opened_at=NOW
    )
    document = plant_draft(session, assessment, sha256)
    build_reading_job(session, document)
    review = plant_review(session, contract.id, assessment, staff)
    request = SupplierRequest(assessment_id=assessment.id, kind="more_time", details={}, created_at=NOW)
    session.add(request)
    kept = plant_kept(session, assessment, user)
    register = plant_register(session, contract, staff, FolderStore(uploads))
    invitation = plant_colleague(session, assessment, user)
    plant_marks(session, assessment, staff)
    message = build_message(
        session, supplier_id=supplier.id, assessment_id=assessment.id, contact_id=contact.id
    )
    token = make_link(session, assessment, contact, now=NOW)
    session.flush()
    questionnaire = catalogue.released()[0]
    return Company(
        user.id,
        {
            "supplier_id": supplier.id,
            "contact_id": spare.id,
            "contract_id": contract.id,
            **register,
            "assessment_id": assessment.id,
            "document_id": document.id,
            "page": 1,
            "review_id": review.id,
            "decision_id": review.decisions[0].id,
            "request_id": request.id,
            "kept_id": kept.id,
            "invitation_id": invitation.id,
            "message_id": message.id,
            **plant_feed(session, staff),
            "token": token,
            "kind": request.kind,
            "questionnaire": questionnaire.key,
            "section_key": f"{questionnaire.key}.{questionnaire.sections[0].id}",
            "question_id": questionnaire.sections[0].questions[0].id,
        },
        colleague_id=session.query(User.id).filter_by(contact_id=invitation.contact_id).scalar(),
    )


def plant_draft(session: Session, assessment: Assessment, sha256: str) -> Document:
    """An answer and a comment to every question and a document, all with `DRAFT_TEXT` in them."""
    document = build_document(
        session,
        assessment.supplier,
        sha256=sha256,
        name=f"{DRAFT_TEXT}.pdf",
        facts={"holder": DRAFT_TEXT},
    )
    document.facts[0].quote = DRAFT_TEXT
    asked = [catalogue.get(key, version) for key, version in assessment.questionnaires.items()]
    for question in (q for each in asked for q in each.questions):
        place = {"assessment_id": assessment.id, "question_id": question.id, "comment": DRAFT_TEXT}
        is_text = question.type == "text"
        value = DRAFT_TEXT if is_text else None
        state = "answered" if is_text else "dont_know"
        session.add(Answer(state=state, value=value, saved_at=NOW, **place))
        if question.evidence:
            session.add(
                AnswerDocument(
                    assessment_id=assessment.id,
                    question_id=question.id,
                    document_id=document.id,
                    attached_at=NOW,
                )
            )
    payload = {"question": DRAFT_TEXT}
    case = assessment_case(assessment.id)
    record(session, case, "answer_saved", actor="system", now=NOW, payload=payload, draft=True)
    session.flush()
    return document


def plant_register(session: Session, contract: Contract, staff: User, store: FolderStore) -> dict[str, int]:
    """A subcontractor, a commitment, a code of conduct of this contract only, and a file that waits; their ids."""
    subcontractor = build_subcontractor(session, contract)
    commitment = build_commitment(session, contract)
    sha256 = store.put(f"%PDF-1.4 code {contract.id}".encode())
    code = build_code(session, staff, sha256=sha256, file_name="uppforandekod.pdf")
    contract.code_of_conduct_id = code.id
    upload = ContractImport(
        file_name="avtal.csv",
        content=b"Avtalsnummer;Titel\nEX-0001;Exempel\n",
        columns={"number": 0, "title": 1},
        uploaded_by_id=staff.id,
        uploaded_at=NOW,
    )
    event = ReportedEvent(
        contract_id=contract.id,
        kind="incident",
        happened_on=NOW.date(),
        text="Exempel.",
        source="tenant",
        severity="normal",
        reported_by_id=staff.id,
        created_at=NOW,
    )
    session.add_all([upload, event])
    session.flush()
    return {
        "subcontractor_id": subcontractor.id,
        "commitment_id": commitment.id,
        "code_id": code.id,
        "import_id": upload.id,
        "event_id": event.id,
    }


def plant_feed(session: Session, staff: User) -> dict[str, Any]:
    """An address for a calendar, which fetched it today already: the first time of a day is written down."""
    token = make_feed(session, staff, everybodys=True, now=NOW)
    feed = session.query(CalendarFeed).order_by(CalendarFeed.id.desc()).first()
    feed.last_used_on = clock.today()
    session.flush()
    return {"feed_id": feed.id, "feed_token": token}


def plant_kept(session: Session, assessment: Assessment, user: User) -> KeptForm:
    """A section that was sent after the session had ended."""
    first = catalogue.released()[0]
    kept = KeptForm(
        assessment_id=assessment.id,
        user_id=user.id,
        section_key=f"{first.key}.{first.sections[0].id}",
        fields=[["a:present", "1"], ["a:comment", DRAFT_TEXT]],
        digest="0" * 64,
        kept_at=NOW,
    )
    session.add(kept)
    session.flush()
    return kept


def plant_colleague(session: Session, assessment: Assessment, inviter: User) -> ColleagueInvitation:
    """Somebody at the supplier who was asked for the last part of the form."""
    contact = build_contact(session, assessment.supplier, name=DRAFT_TEXT, is_colleague=True)
    build_supplier_user(session, contact)
    last = catalogue.released()[-1]
    invitation = ColleagueInvitation(
        assessment_id=assessment.id,
        contact_id=contact.id,
        invited_by_id=inviter.id,
        scope="section",
        section_key=f"{last.key}.{last.sections[-1].id}",
        note=DRAFT_TEXT,
        created_at=NOW,
    )
    session.add(invitation)
    session.flush()
    build_message(
        session,
        kind="colleague_invitation",
        recipient=f"{DRAFT_TEXT}@leverantor.example",
        assessment_id=assessment.id,
        contact_id=contact.id,
        params={"invitation": invitation.id},
    )
    return invitation


def plant_marks(session: Session, assessment: Assessment, staff: User) -> None:
    """A wish for secrecy, and a paper that is being typed in beside what the supplier answered itself."""
    question = catalogue.released()[0].sections[0].questions[0]
    place = {"assessment_id": assessment.id, "question_id": question.id}
    session.add(SecrecyRequest(covers="both", reason=DRAFT_TEXT, asked_at=NOW, **place))
    session.add(
        PaperEntry(
            assessment_id=assessment.id,
            received_on=NOW.date(),
            reason="Exempel.",
            started_by_id=staff.id,
            started_at=NOW,
        )
    )
    session.flush()


def plant_review(session: Session, contract_id: int, assessment: Assessment, staff: User) -> Review:
    """An open review with one reason, and a decision made in it."""
    review = Review(contract_id=contract_id, severity="normal", opened_at=NOW)
    session.add(review)
    session.flush()
    shared = {"review_id": review.id, "contract_id": contract_id}
    session.add(
        ReviewReason(
            key=f"{BY_HAND}:1",
            trigger=BY_HAND,
            severity="normal",
            params={"text": "Exempel"},
            created_at=NOW,
            updated_at=NOW,
            **shared,
        )
    )
    session.add(Decision(code="approve", reason="Exempel.", decided_by_id=staff.id, decided_at=NOW, **shared))
    session.flush()
    return review


@dataclass(frozen=True)
class World:
    """Two companies, and the ids of the users who may come: None is a stranger."""

    own: Company
    other: Company
    people: dict[str, int | None]


def build_world(session: Session, uploads: Path) -> World:
    """The whole world, committed."""
    staff = {name: build_staff(session, name) for name in ("reader", "procurer", "administrator")}
    own = build_company(session, staff["procurer"], uploads)
    other = build_company(session, staff["procurer"], uploads)
    spare = build_staff(session, "reader")
    own.arguments["user_id"] = other.arguments["user_id"] = spare.id
    people = {
        "stranger": None,
        "other supplier": other.user_id,
        "own supplier": own.user_id,
        "colleague": own.colleague_id,
        **{name: user.id for name, user in staff.items()},
    }
    due = DueRow(
        key="recompute:contract-0:2026-03-02",
        kind="recompute",
        source="contract:0",
        due_on=NOW.date(),
        due_at=NOW,
        params={},
        attempts=1,
        last_error="NoResultFound",
    )
    session.add(due)
    session.flush()
    own.arguments["row_id"] = other.arguments["row_id"] = due.id
    session.commit()
    return World(own, other, people)
