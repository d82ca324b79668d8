"""Cohorts: many suppliers get their first round with one last day, and the invitations leave a few a day.

So the answers come in at a pace that the office can read them at, and everybody has the same last day (LOU 4 kap. 1 §).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from compliance.clock import STOCKHOLM, day_of
from compliance.storage.models import Assessment, Contact, Contract, Supplier
from compliance.suppliers.calendar import working_day_on_or_after
from compliance.workflow import starting
from compliance.workflow.starting import ENDED, Invitation, RoundOpenError

FEWEST_DAYS = 14
"""Whoever is invited last still gets so many days to answer."""

MOST_A_DAY = 200
MORNING = time(8, 0)
RISK_ORDER = ("high", "medium", "unknown", "low")


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


HAS_OPEN_ROUND = N_("It has an open round already.")
NO_CONTACT = N_("It has no contact that mail reaches.")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The last day to answer, and how many invitations leave a day."""

    due_on: date
    a_day: int


@dataclass(frozen=True, kw_only=True)
class CohortLine:
    """One supplier: about which contracts, to whom, and when; or why it cannot be invited."""

    supplier: Supplier
    contracts: tuple[Contract, ...]
    contact: Contact | None
    send_on: date | None
    problem: str = ""


class TooLittleTimeError(Exception):
    """The last ones would get too few days: `days` they would have, `last_on` the day they would be invited."""

    def __init__(self, days: int, last_on: date) -> None:
        super().__init__(f"{days} days")
        self.days = days
        self.last_on = last_on


def plan_cohort(
    session: Session, contract_ids: Collection[int], pace: Pace, *, today: date
) -> list[CohortLine]:
    """Who is invited on which day, the riskiest and largest first; nothing is changed.

    Raises `starting.DayOutOfRangeError`, `TooLittleTimeError`.
    """
    starting.check_due_day(pace.due_on, today)
    chosen = _by_supplier(session.scalars(_running(contract_ids, today)))
    suppliers = sorted((contracts[0].supplier for contracts in chosen.values()), key=partial(_weight, chosen))
    busy = _with_open_round(session, chosen)
    lines: list[CohortLine] = []
    day, left = working_day_on_or_after(today), pace.a_day
    for supplier in suppliers:
        contact = _reachable(supplier)
        problem = HAS_OPEN_ROUND if supplier.id in busy else NO_CONTACT if contact is None else ""
        if not problem and left == 0:
            day, left = working_day_on_or_after(day + timedelta(days=1)), pace.a_day
        left -= not problem
        lines.append(
            CohortLine(
                supplier=supplier,
                contracts=tuple(chosen[supplier.id]),
                contact=contact,
                send_on=None if problem else day,
                problem=problem,
            )
        )
    if (pace.due_on - day).days < FEWEST_DAYS and any(not line.problem for line in lines):
        raise TooLittleTimeError((pace.due_on - day).days, day)
    return lines


def invite_cohort(  # noqa: PLR0913  who, when, about what, and at which pace
    session: Session,
    contract_ids: Collection[int],
    pace: Pace,
    questionnaires: Mapping[str, int],
    *,
    actor: str,
    actor_id: int,
    now: datetime,
) -> list[Assessment]:
    """Start the rounds as planned; a supplier that got a round meanwhile is passed over. Raises as `plan_cohort`."""
    today = day_of(now)
    started = []
    for line in plan_cohort(session, contract_ids, pace, today=today):
        if line.send_on is None or line.contact is None:
            continue
        invitation = Invitation(
            contact=line.contact,
            contracts=line.contracts,
            questionnaires=questionnaires,
            due_on=pace.due_on,
            inherent_risk=line.supplier.inherent_risk,
            send_at=None if line.send_on == today else _morning_of(line.send_on),
        )
        try:
            started.append(
                starting.invite(session, line.supplier, invitation, actor=actor, actor_id=actor_id, now=now)
            )
        except RoundOpenError:
            continue
    return started


def _running(contract_ids: Collection[int], today: date) -> Select[Contract]:
    return (
        select(Contract)
        .where(Contract.id.in_(contract_ids), Contract.period_end.is_(None) | (Contract.period_end >= today))
        .order_by(Contract.number)
        .options(joinedload(Contract.supplier).selectinload(Supplier.contacts))
    )


def _by_supplier(contracts: Iterable[Contract]) -> dict[int, list[Contract]]:
    found: dict[int, list[Contract]] = {}
    for contract in contracts:
        found.setdefault(contract.supplier_id, []).append(contract)
    return found


def _weight(chosen: Mapping[int, Sequence[Contract]], supplier: Supplier) -> tuple[int, float, int]:
    """High risk before low, much money before little."""
    risk = supplier.inherent_risk
    place = RISK_ORDER.index(risk) if risk in RISK_ORDER else len(RISK_ORDER)
    return place, -sum(float(one.value_sek or 0) for one in chosen[supplier.id]), supplier.id


def _with_open_round(session: Session, supplier_ids: Collection[int]) -> set[int]:
    query = select(Assessment.supplier_id).where(
        Assessment.supplier_id.in_(supplier_ids), Assessment.state.not_in(ENDED)
    )
    return set(session.scalars(query))


def _reachable(supplier: Supplier) -> Contact | None:
    return next(
        (one for one in supplier.contacts if one.active and one.bounced_at is None and not one.is_colleague),
        None,
    )


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=STOCKHOLM)
