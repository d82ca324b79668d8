"""What the supplier pages read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from compliance.assessments import State
from compliance.storage.models import AnswerDocument, Assessment, Contract, Document, Supplier
from compliance.storage.queries.paging import PAGE, Listing, beyond, cut

ENDED = (State.CLOSED, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class SupplierSearch:
    """What to look for; empty means all. `band` is that of the newest submitted round, "none" for no such round."""

    name: str = ""
    band: str = ""
    risk: str = ""
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class SupplierLine:
    """One line of the list: the newest submitted round, the round that is open, how many contracts."""

    id: int
    supplier: Supplier
    newest: Assessment | None
    open: Assessment | None
    contracts: int


def find_suppliers(session: Session, search: SupplierSearch) -> Listing[SupplierLine]:
    """Suppliers by name."""
    query = select(Supplier).order_by(Supplier.name, Supplier.id).limit(PAGE + 1).where(*_wanted(search))
    last = session.get(Supplier, search.after) if search.after else None
    if last is not None:
        query = query.where(beyond(Supplier.name, Supplier.id, last.name, last.id))
    page = cut(session.scalars(query).all())
    ids = [supplier.id for supplier in page.rows]
    newest, opened = newest_rounds(session, ids), open_rounds(session, ids)
    counts = _contract_counts(session, ids)
    lines = [
        SupplierLine(
            id=supplier.id,
            supplier=supplier,
            newest=newest.get(supplier.id),
            open=opened.get(supplier.id),
            contracts=counts.get(supplier.id, 0),
        )
        for supplier in page.rows
    ]
    return Listing(lines, page.following)


def _wanted(search: SupplierSearch) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.name:
        wanted.append(names_like(search.name))
    if search.risk:
        wanted.append(Supplier.inherent_risk == search.risk)
    if search.band == "none":
        wanted.append(~_has_submitted())
    elif search.band:
        wanted.append(_newest_has_band(search.band))
    return wanted


def names_like(text: str) -> ColumnElement[bool]:
    """Names that hold a text. SQLite folds only a-z, so å, ä and ö are looked for in the usual spellings too."""
    spellings = {text, text.lower(), text.upper(), text.capitalize()}
    return or_(
        Supplier.name.icontains(text, autoescape=True),
        *(Supplier.name.contains(spelling, autoescape=True) for spelling in sorted(spellings)),
    )


def _has_submitted() -> ColumnElement[bool]:
    return exists().where(Assessment.supplier_id == Supplier.id, Assessment.submitted_at.is_not(None))


def _newest_has_band(band: str) -> ColumnElement[bool]:
    later = aliased(Assessment)
    is_newest = ~exists().where(
        later.supplier_id == Supplier.id, later.submitted_at.is_not(None), later.id > Assessment.id
    )
    return exists().where(
        Assessment.supplier_id == Supplier.id,
        Assessment.submitted_at.is_not(None),
        Assessment.band == band,
        is_newest,
    )


def newest_rounds(session: Session, supplier_ids: Iterable[int]) -> dict[int, Assessment]:
    """The newest submitted round of each supplier."""
    newest = (
        select(func.max(Assessment.id))
        .where(Assessment.supplier_id.in_(supplier_ids), Assessment.submitted_at.is_not(None))
        .group_by(Assessment.supplier_id)
    )
    found = session.scalars(select(Assessment).where(Assessment.id.in_(newest)))
    return {assessment.supplier_id: assessment for assessment in found}


def open_rounds(session: Session, supplier_ids: Iterable[int]) -> dict[int, Assessment]:
    """The round of each supplier that is neither closed nor cancelled."""
    query = select(Assessment).where(Assessment.supplier_id.in_(supplier_ids), Assessment.state.not_in(ENDED))
    return {assessment.supplier_id: assessment for assessment in session.scalars(query)}


def _contract_counts(session: Session, supplier_ids: Iterable[int]) -> dict[int, int]:
    query = (
        select(Contract.supplier_id, func.count())
        .where(Contract.supplier_id.in_(supplier_ids))
        .group_by(Contract.supplier_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def rounds_of(session: Session, supplier_id: int) -> list[Assessment]:
    """Every round of a supplier, newest first."""
    query = select(Assessment).where(Assessment.supplier_id == supplier_id).order_by(Assessment.id.desc())
    return list(session.scalars(query))


def submitted_documents(session: Session, supplier_id: int) -> list[Document]:
    """The documents that a supplier has sent in; what belongs only to a draft is the supplier's own."""
    query = (
        select(Document)
        .where(Document.supplier_id == supplier_id, was_submitted())
        .order_by(Document.uploaded_at.desc(), Document.id.desc())
        .options(selectinload(Document.facts))
    )
    return list(session.scalars(query))


def submitted_document(session: Session, document_id: int) -> Document | None:
    """One document, if it has been sent in."""
    return session.scalar(select(Document).where(Document.id == document_id, was_submitted()))


def was_submitted() -> ColumnElement[bool]:
    """A document that answers rest on, or rested on, that have been sent in; all others are the supplier's own."""
    return Document.sent_in | exists().where(
        and_(
            AnswerDocument.document_id == Document.id,
            AnswerDocument.assessment_id == Assessment.id,
            Assessment.submitted_at.is_not(None),
            AnswerDocument.attached_at <= Assessment.submitted_at,
        )
    )
