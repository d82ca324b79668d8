"""What the contract pages read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload, selectinload

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


@dataclass(frozen=True, kw_only=True)
class ContractSearch:
    """What to look for; empty means all. `risk` is the supplier's inherent risk, `least` a total value in kronor.

    `running_on` leaves out contracts that have ended before that day, `ends_by` those that go on after it,
    `uninvited` those whose supplier has been asked before.
    """

    text: str = ""
    risk: str = ""
    priority: str = ""
    least: int | None = None
    ends_by: date | None = None
    running_on: date | None = None
    uninvited: bool = False
    sort: str = "notice"
    after: int | None = None


def find_contracts(session: Session, search: ContractSearch, *, size: int = PAGE) -> Listing[ContractLine]:
    """Contracts, the nearest last day of notice (or end) first; those without such a day come last."""
    column = SORTS[search.sort]
    query = (
        select(Contract)
        .join(Contract.supplier)
        .where(*_wanted(search))
        .order_by(column.nulls_last(), Contract.id)
        .limit(size + 1)
        .options(contains_eager(Contract.supplier))
    )
    last = session.get(Contract, search.after) if search.after else None
    if last is not None:
        query = query.where(beyond(column, Contract.id, getattr(last, column.key), last.id))
    page = cut(session.scalars(query).all(), size)
    severities = open_severities(session, [contract.id for contract in page.rows])
    lines = [ContractLine(contract.id, contract, severities.get(contract.id)) for contract in page.rows]
    return Listing(lines, page.following)


def _wanted(search: ContractSearch) -> Iterator[ColumnElement[bool]]:
    if search.text:
        yield _holds(search.text)
    if search.risk:
        yield Supplier.inherent_risk == search.risk
    if search.priority:
        yield Contract.priority == search.priority
    if search.least is not None:
        yield Contract.value_sek >= search.least
    if search.ends_by is not None:
        yield Contract.period_end <= search.ends_by
    if search.running_on is not None:
        yield or_(Contract.period_end.is_(None), Contract.period_end >= search.running_on)
    if search.uninvited:
        yield ~exists().where(Assessment.supplier_id == Contract.supplier_id)


def _holds(text: str) -> ColumnElement[bool]:
    return or_(
        Contract.number.icontains(text, autoescape=True),
        Contract.title.icontains(text, autoescape=True),
        Contract.case_number.icontains(text, autoescape=True),
        names_like(text),
    )


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
