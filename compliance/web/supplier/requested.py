"""What a supplier's request names, always through its own company, or 404; and who asks."""

from datetime import date, datetime
from typing import TypeVar, cast

from flask import abort, current_app, request
from flask_babel import format_datetime, format_time
from flask_login import current_user
from sqlalchemy.orm import Session

from compliance import clock
from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.evidence.store import EvidenceStore, open_store
from compliance.extensions import db
from compliance.storage.models import Assessment, Document, User
from compliance.storage.queries.answering import own_assessment, own_document
from compliance.workflow.answering import journey_of

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


def own(assessment_id: int) -> Assessment:
    """One of this company's rounds, or 404."""
    return or_404(own_assessment(session(), assessment_id, current_user.supplier_id))


def own_file(document_id: int) -> Document:
    """One of this company's documents, or 404."""
    return or_404(own_document(session(), document_id, current_user.supplier_id))


def journey(assessment: Assessment) -> Journey:
    """The way through this round's questions as it stands."""
    return journey_of(session(), assessment, now=clock.now())


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
    same_day = clock.day_of(moment) == clock.today()
    return str(format_time(moment, "HH:mm") if same_day else format_datetime(moment, "y-MM-dd HH:mm"))
