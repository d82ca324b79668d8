"""What a supplier's request names, always through its own company, or 404; and who asks."""

from datetime import date, datetime
from typing import TypeVar, cast

from flask import abort, current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session

from compliance import clock
from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Answers, Item
from compliance.answers.sharing import shared_part
from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.evidence.store import EvidenceStore, open_store
from compliance.extensions import db
from compliance.storage.models import Assessment, Document, User
from compliance.storage.queries.answering import documents_of, own_assessment, own_document
from compliance.storage.queries.colleagues import rounds_shared_with
from compliance.workflow.answering import journey_of, note_progress
from compliance.workflow.gathering import answers_of
from compliance.workflow.inviting import shares_of

Row = TypeVar("Row")


def session() -> Session:
    """The session of this request."""
    return db.session()


def me() -> User:
    """The signed-in contact's user."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001  the way to the real object


def or_404(row: Row | None) -> Row:
    """The row, or 404 when there is none."""
    if row is None:
        abort(404)
    return row


def is_colleague() -> bool:
    """Whether the reader was asked for help with a part, and sees nothing else."""
    contact = current_user.contact
    return contact is not None and contact.is_colleague


def own(assessment_id: int) -> Assessment:
    """One of this company's rounds, or 404; for a colleague only one of which a part was shared with it."""
    assessment = or_404(own_assessment(session(), assessment_id, current_user.supplier_id))
    if is_colleague() and not shares_of(session(), assessment, current_user.contact):
        abort(404)
    return assessment


def own_file(document_id: int) -> Document:
    """One of this company's documents, or 404; for a colleague only one that a shared question shows."""
    document = or_404(own_document(session(), document_id, current_user.supplier_id))
    if is_colleague():
        rounds = rounds_shared_with(session(), current_user.contact_id)
        if not any(document.id in known_documents(one) for one in rounds):
            abort(404)
    return document


def known_documents(assessment: Assessment) -> dict[int, Document]:
    """The company's documents, newest first; for a colleague those that the shared questions show."""
    documents = documents_of(session(), assessment.supplier_id)
    if not is_colleague():
        return documents
    shown = {int(reference) for item in journey(assessment).items for reference in item.documents}
    return {number: document for number, document in documents.items() if number in shown}


def known_answers(assessment: Assessment) -> Answers:
    """The answers of the round; for a colleague those to the shared questions."""
    answers = answers_of(session(), assessment)
    if not is_colleague():
        return answers
    shared = {item.key for item in journey(assessment).items}
    return {key: given for key, given in answers.items() if key in shared}


def journey(assessment: Assessment) -> Journey:
    """The way through this round's questions as it stands, as far as the reader may see it."""
    return seen(assessment, journey_of(session(), assessment, now=clock.now()))


def after_saving(assessment: Assessment) -> Journey:
    """Note how far the round has come; the way through its questions after what was saved."""
    return seen(assessment, note_progress(session(), assessment, now=clock.now()))


def seen(assessment: Assessment, plan: Journey) -> Journey:
    """The part of a round that the reader may see: for a colleague what was shared, else everything."""
    return (
        shared_part(plan, shares_of(session(), assessment, current_user.contact)) if is_colleague() else plan
    )


def asked(plan: Journey, item_id: str) -> Item:
    """A question that this round asks, or 404."""
    return or_404(plan.item(item_id))


def section_of(plan: Journey, item: Item) -> JourneySection:
    """The page on which a question stands."""
    return next(section for section in plan.sections if item in section.items)


def is_open(assessment: Assessment) -> bool:
    """Whether the supplier may answer now."""
    return State(assessment.state) in OPEN_TO_SUPPLIER


def store() -> EvidenceStore:
    """Where files are kept."""
    return open_store(current_app.config["SETTINGS"].uploads)


def wants_json() -> bool:
    """Whether a script asks, not a person's browser."""
    return request.accept_mimetypes.best == "application/json"


def today() -> date:
    """The present day in Europe/Stockholm."""
    return clock.today()


def saved_when(moment: datetime) -> str:
    """When something was saved: 14:05 today, with the day before that."""
    local = moment.astimezone(clock.STOCKHOLM)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%Y-%m-%d %H:%M}"
