"""What the year's pages and the calendars read: stored days, with their contracts, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.storage.models import Assessment, CalendarDay, Contract, Decision
from compliance.storage.queries.paging import Listing, cut

PAGE = 200
GONE_SHOWN = timedelta(days=60)
"""For how long a day that is gone is still sent to calendars, as called off."""


@dataclass(frozen=True, kw_only=True)
class DaySearch:
    """Which contracts' days; empty means all. `owner_id` is whoever is responsible."""

    owner_id: int | None = None
    priority: str = ""


def find_days(
    session: Session, search: DaySearch, *, first: date, last: date, after: int | None = None
) -> Listing[CalendarDay]:
    """The days between two, inclusive, in order."""
    query = (
        select(CalendarDay)
        .join(CalendarDay.contract)
        .join(Contract.supplier)
        .where(CalendarDay.on_day.between(first, last), CalendarDay.gone_at.is_(None), *_wanted(search))
        .order_by(CalendarDay.on_day, CalendarDay.id)
        .limit(PAGE + 1)
        .options(contains_eager(CalendarDay.contract).contains_eager(Contract.supplier))
    )
    passed = session.get(CalendarDay, after) if after else None
    if passed is not None:
        beyond = and_(CalendarDay.on_day == passed.on_day, CalendarDay.id > passed.id)
        query = query.where(or_(CalendarDay.on_day > passed.on_day, beyond))
    return cut(session.scalars(query).all(), PAGE)


def count_days(
    session: Session, search: DaySearch, *, first: date, last: date
) -> dict[tuple[date, str], int]:
    """How many of each kind there are on each day."""
    query = (
        select(CalendarDay.on_day, CalendarDay.kind, func.count())
        .join(CalendarDay.contract)
        .where(CalendarDay.on_day.between(first, last), CalendarDay.gone_at.is_(None), *_wanted(search))
        .group_by(CalendarDay.on_day, CalendarDay.kind)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def days_for_calendar(session: Session, *, owner_id: int | None, now: datetime) -> list[CalendarDay]:
    """Every day of one person's contracts, or of all, that lies ahead or not long back; those gone lately too."""
    query = (
        select(CalendarDay)
        .join(CalendarDay.contract)
        .where(
            CalendarDay.on_day >= (now - GONE_SHOWN).date(),
            or_(CalendarDay.gone_at.is_(None), CalendarDay.gone_at > now - GONE_SHOWN),
            *_wanted(DaySearch(owner_id=owner_id)),
        )
        .order_by(CalendarDay.on_day, CalendarDay.id)
        .options(contains_eager(CalendarDay.contract))
    )
    return list(session.scalars(query))


def days_of_contract(session: Session, contract_id: int) -> list[CalendarDay]:
    """The days of one contract, in order; not those that are gone."""
    query = select(CalendarDay).where(CalendarDay.contract_id == contract_id, CalendarDay.gone_at.is_(None))
    return list(session.scalars(query.order_by(CalendarDay.on_day, CalendarDay.id)))


def late_contracts(
    session: Session, *, today: date, limit: int, owner_id: int | None = None
) -> list[Contract]:
    """Running contracts whose chain of days cannot be met any more, the nearest last day first."""
    query = _late(today).where(*_wanted(DaySearch(owner_id=owner_id)))
    last = func.coalesce(Contract.last_working_notice_day, Contract.period_end)
    return list(
        session.scalars(query.order_by(last, Contract.id).limit(limit).options(joinedload(Contract.supplier)))
    )


def _late(today: date) -> Select[Contract]:
    """Nobody asked in time, or the decision is late; a round under way or fresh answers are enough to go on."""
    in_time = exists().where(Assessment.supplier_id == Contract.supplier_id, or_(_is_open(), _is_fresh()))
    return select(Contract).where(
        Contract.period_end >= today,
        or_(Contract.last_working_notice_day.is_(None), Contract.last_working_notice_day >= today),
        or_(Contract.decide_by < today, and_(Contract.invite_by < today, ~in_time)),
        ~exists().where(*_is_decided()),
    )


def _is_open() -> ColumnElement[bool]:
    return Assessment.state.in_(OPEN_TO_SUPPLIER)


def _is_fresh() -> ColumnElement[bool]:
    """Answers that need not be renewed before the decision."""
    return and_(
        Assessment.state.in_((State.SUBMITTED, State.CLOSED)),
        Assessment.submitted_at.is_not(None),
        or_(Assessment.reassess_on.is_(None), Assessment.reassess_on > Contract.decide_by),
    )


def _is_decided() -> tuple[ColumnElement[bool], ...]:
    return (Decision.contract_id == Contract.id, Decision.decided_at >= Contract.invite_by)


def progress_of(session: Session, contracts: list[Contract]) -> dict[int, str]:
    """How far each contract's round has come: asked, answered or decided; missing where nobody was asked."""
    ids = [row.id for row in contracts]
    query = (
        select(Contract.id, Assessment.state)
        .join(Assessment, Assessment.supplier_id == Contract.supplier_id)
        .where(Contract.id.in_(ids), or_(_is_open(), _is_fresh()))
    )
    found: dict[int, str] = {}
    for contract_id, state in session.execute(query):
        if state not in OPEN_TO_SUPPLIER:
            found[contract_id] = "answered"
        else:
            found.setdefault(contract_id, "asked")
    decided = select(Contract.id).join(Decision, and_(*_is_decided())).where(Contract.id.in_(ids))
    return found | dict.fromkeys(session.scalars(decided), "decided")


def _wanted(search: DaySearch) -> Iterator[ColumnElement[bool]]:
    if search.owner_id is not None:
        yield Contract.owner_id == search.owner_id
    if search.priority:
        yield Contract.priority == search.priority
