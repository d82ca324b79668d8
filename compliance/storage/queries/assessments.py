"""What the assessment pages read."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from compliance.storage.models import Assessment, Document, Scorecard, SupplierRequest
from compliance.storage.queries.paging import PAGE, Listing, cut


def find_assessments(session: Session, *, state: str = "", after: int | None = None) -> Listing[Assessment]:
    """Rounds, newest first; all or those in one state."""
    query = (
        select(Assessment)
        .order_by(Assessment.id.desc())
        .limit(PAGE + 1)
        .options(joinedload(Assessment.supplier))
    )
    if state:
        query = query.where(Assessment.state == state)
    if after is not None:
        query = query.where(Assessment.id < after)
    return cut(session.scalars(query).all())


def newest_scorecard(session: Session, assessment_id: int) -> Scorecard | None:
    """The result that stands; earlier ones are kept beside it."""
    return session.scalar(
        select(Scorecard)
        .where(Scorecard.assessment_id == assessment_id)
        .order_by(Scorecard.sequence.desc())
        .limit(1)
    )


def scorecards_of(session: Session, assessment_id: int) -> list[Scorecard]:
    """Every result of a round, newest first."""
    query = (
        select(Scorecard).where(Scorecard.assessment_id == assessment_id).order_by(Scorecard.sequence.desc())
    )
    return list(session.scalars(query))


def requests_of(session: Session, assessment_id: int) -> list[SupplierRequest]:
    """What the supplier asked for in a round, newest first."""
    query = (
        select(SupplierRequest)
        .where(SupplierRequest.assessment_id == assessment_id)
        .order_by(SupplierRequest.id.desc())
    )
    return list(session.scalars(query))


def documents_by_id(session: Session, document_ids: set[int]) -> dict[int, Document]:
    """Documents with the facts read from them."""
    query = (
        select(Document)
        .where(Document.id.in_(document_ids))
        .options(joinedload(Document.facts), joinedload(Document.file), joinedload(Document.replaces))
    )
    return {document.id: document for document in session.scalars(query).unique()}
