"""What the contract pages read."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from compliance.storage.models import (
    Assessment,
    AssessmentContract,
    Contract,
    Decision,
    Review,
    Role,
    Supplier,
    User,
)
from compliance.storage.queries.paging import PAGE, Listing, beyond, cut
from compliance.storage.queries.suppliers import names_like

SORTS: dict[str, InstrumentedAttribute[object]] = {
    "notice": Contract.last_notice_day,
    "end": Contract.period_end,
}


@dataclass(frozen=True)
class ContractLine:
    """One line of the list, with the severity of the open review if there is one."""

    id: int
    contract: Contract
    severity: str | None


def find_contracts(
    session: Session, *, sort: str = "notice", text: str = "", after: int | None = None
) -> Listing[ContractLine]:
    """Contracts, the nearest last day of notice (or end) first; those without such a day come last."""
    column = SORTS[sort]
    query = (
        select(Contract)
        .order_by(column.nulls_last(), Contract.id)
        .limit(PAGE + 1)
        .options(joinedload(Contract.supplier))
    )
    if text:
        query = query.join(Contract.supplier).where(
            or_(
                Contract.number.icontains(text, autoescape=True),
                Contract.title.icontains(text, autoescape=True),
                names_like(text),
            )
        )
    last = session.get(Contract, after) if after else None
    if last is not None:
        query = query.where(beyond(column, Contract.id, getattr(last, column.key), last.id))
    page = cut(session.scalars(query).all())
    severities = open_severities(session, [contract.id for contract in page.rows])
    lines = [ContractLine(contract.id, contract, severities.get(contract.id)) for contract in page.rows]
    return Listing(lines, page.following)


def open_severities(session: Session, contract_ids: list[int]) -> dict[int, str]:
    """The severity of the open review of each contract that has one."""
    query = select(Review.contract_id, Review.severity).where(
        Review.contract_id.in_(contract_ids), Review.closed_at.is_(None)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def reviews_of(session: Session, contract_id: int) -> list[Review]:
    """Every review of a contract with reasons and decisions, newest first."""
    query = (
        select(Review)
        .where(Review.contract_id == contract_id)
        .order_by(Review.id.desc())
        .options(selectinload(Review.reasons), selectinload(Review.decisions).joinedload(Decision.decided_by))
    )
    return list(session.scalars(query))


def open_review(session: Session, contract_id: int) -> Review | None:
    """The contract's open review."""
    query = select(Review).where(Review.contract_id == contract_id, Review.closed_at.is_(None))
    return session.scalar(query)


def rounds_about(session: Session, contract_id: int) -> list[Assessment]:
    """The rounds that cover a contract, newest first."""
    query = (
        select(Assessment)
        .join(AssessmentContract, AssessmentContract.assessment_id == Assessment.id)
        .where(AssessmentContract.contract_id == contract_id)
        .order_by(Assessment.id.desc())
    )
    return list(session.scalars(query))


def newest_submitted(session: Session, supplier_id: int) -> Assessment | None:
    """The supplier's newest round that has been submitted."""
    query = (
        select(Assessment)
        .where(Assessment.supplier_id == supplier_id, Assessment.submitted_at.is_not(None))
        .order_by(Assessment.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def possible_owners(session: Session) -> list[User]:
    """Who may be responsible for a contract: active procurers by name."""
    query = (
        select(User).where(User.active, User.roles.any(Role.name == "procurer")).order_by(User.name, User.id)
    )
    return list(session.scalars(query))


def contract_with_supplier(session: Session, contract_id: int) -> Contract | None:
    """One contract and its supplier."""
    query = select(Contract).where(Contract.id == contract_id).options(joinedload(Contract.supplier))
    return session.scalar(query.join(Supplier))


def owner_of(session: Session, contract: Contract) -> User | None:
    """Who is responsible for a contract."""
    return session.get(User, contract.owner_id) if contract.owner_id else None
