"""Recomputing: every contract's days anew, a portion at a time, when lead times or reminders were changed.

Gives the same rows as arming each contract by itself would, for what follows from its terms and decisions; what is
registered beside them does not depend on lead times. A portion takes a fixed number of statements.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.due_items import DueItem, rearm
from compliance.reviews.triggers import FOLLOW_UP
from compliance.storage.models import CalendarDay, Contract, Decision, DueRow
from compliance.suppliers.contract_dates import CONTRACT_END, LAST_NOTICE_DAY
from compliance.workflow import noting_days, planning
from compliance.workflow.due_values import (
    RECOMPUTE,
    due_values,
    first_look,
    recompute_key,
    state_of,
    stored_dates,
)

PORTION = 500
OF_TERMS = (CONTRACT_END, LAST_NOTICE_DAY, FOLLOW_UP, RECOMPUTE)


@dataclass
class Changes:
    """What has to be written for a portion, by table."""

    contracts: list[dict[str, Any]] = field(default_factory=list)
    new_rows: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    new_days: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)


def recompute_portion(session: Session, after: int, *, now: datetime, size: int = PORTION) -> int | None:
    """Recompute the contracts with the next higher ids; gives the last one's id, None when there are no more."""
    query = select(Contract).where(Contract.id > after).order_by(Contract.id).limit(size)
    contracts = session.scalars(query).all()
    if not contracts:
        return None
    ids = [contract.id for contract in contracts]
    decisions, rows, days = _decisions(session, ids), _rows(session, ids), _days(session, ids)
    changes = Changes()
    for contract in contracts:
        plan = planning.plan_terms(contract, decisions.get(contract.id), today=day_of(now))
        _date_changes(changes, contract, plan, day_of(now))
        _row_changes(changes, contract.id, plan, rows.get(f"contract:{contract.id}", {}), now)
        _day_changes(changes, contract, plan, days.get(contract.id, {}), now)
    session.expunge_all()
    _write(session, changes)
    return ids[-1]


def _decisions(session: Session, ids: Sequence[int]) -> dict[int, Decision]:
    newest = select(func.max(Decision.id)).where(Decision.contract_id.in_(ids)).group_by(Decision.contract_id)
    query = select(Decision).where(Decision.id.in_(newest))
    return {decision.contract_id: decision for decision in session.scalars(query)}


def _rows(session: Session, ids: Iterable[int]) -> dict[str, dict[str, DueRow]]:
    sources = [f"contract:{number}" for number in ids]
    query = select(DueRow).where(DueRow.source.in_(sources), DueRow.kind.in_(OF_TERMS))
    found: dict[str, dict[str, DueRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.source, {})[row.key] = row
    return found


def _days(session: Session, ids: Iterable[int]) -> dict[int, dict[noting_days.Place, CalendarDay]]:
    query = select(CalendarDay).where(
        CalendarDay.contract_id.in_(ids), CalendarDay.kind.in_(noting_days.OF_TERMS)
    )
    found: dict[int, dict[noting_days.Place, CalendarDay]] = {}
    for row in session.scalars(query):
        found.setdefault(row.contract_id, {})[row.kind, row.subject] = row
    return found


def _date_changes(changes: Changes, contract: Contract, plan: planning.ContractPlan, today: date) -> None:
    values = stored_dates(plan.dates, today)
    if any(getattr(contract, name) != value for name, value in values.items()):
        changes.contracts.append({"row_id": contract.id, **values})


def _row_changes(
    changes: Changes,
    contract_id: int,
    plan: planning.ContractPlan,
    stored: dict[str, DueRow],
    now: datetime,
) -> None:
    """What arming would do: arm what is new and ahead, call off what no longer follows, keep the rest up to date."""
    source, today = f"contract:{contract_id}", day_of(now)
    armed = {key: row for key, row in stored.items() if row.kind != RECOMPUTE}
    change = rearm(plan.items, {key: state_of(row) for key, row in armed.items()})
    fresh = [item for item in change.arm if item.due_on > today]
    called_off = {"done_at": now, "outcome": "cancelled"}
    changes.rows += [_row_with(stored[key], called_off) for key in change.cancel]
    for key, values in (
        *((item.key, due_values(item, today=today)) for item in fresh),
        *_reworded(plan.items, armed, today),
        *first_look(source, plan.recompute_on),
    ):
        row = stored.get(key)
        if row is None:
            changes.new_rows.append({"key": key, "source": source, **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            changes.rows.append(_row_with(row, values))
    wanted = recompute_key(source, plan.recompute_on)
    changes.rows += [
        _row_with(row, called_off)
        for key, row in stored.items()
        if row.kind == RECOMPUTE and row.done_at is None and key != wanted
    ]


def _reworded(
    items: Iterable[DueItem], armed: dict[str, DueRow], today: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Waiting rows whose reason says other days than before: other lead times move the day to decide by."""
    for item in items:
        row = armed.get(item.key)
        if row is not None and row.done_at is None and row.params.get("values") != item.params:
            yield item.key, {"params": due_values(item, today=today)["params"]}


def _row_with(row: DueRow, values: dict[str, Any]) -> dict[str, Any]:
    """A stored row with some columns changed; all the columns, so that one statement fits every row."""
    names = ("kind", "ladder", "due_on", "due_at", "params", "outcome", "done_at", "attempts", "last_error")
    return {"row_id": row.id, **{name: getattr(row, name) for name in names}, **values}


def _day_changes(
    changes: Changes,
    contract: Contract,
    plan: planning.ContractPlan,
    stored: dict[noting_days.Place, CalendarDay],
    now: datetime,
) -> None:
    wanted = dict(noting_days.days_of_plan(contract, plan))
    for place in wanted.keys() | stored.keys():
        row = stored.get(place)
        values = noting_days.difference(row, wanted.get(place), now=now)
        if not values:
            continue
        if row is None:
            kind, subject = place
            changes.new_days.append({"contract_id": contract.id, "kind": kind, "subject": subject, **values})
        else:
            kept = {"on_day": row.on_day, "params": row.params}
            changes.days.append({"row_id": row.id, **kept, **values})


def _write(session: Session, changes: Changes) -> None:
    for model, rows in ((Contract, changes.contracts), (DueRow, changes.rows), (CalendarDay, changes.days)):
        if rows:
            table = model.__table__
            assert isinstance(table, Table)
            names = rows[0].keys() - {"row_id"}
            values: dict[str, Any] = {name: bindparam(name) for name in sorted(names)}
            session.connection().execute(
                update(table).where(table.c.id == bindparam("row_id")).values(values), rows
            )
    for model, rows in ((DueRow, changes.new_rows), (CalendarDay, changes.new_days)):
        if rows:
            table = model.__table__
            assert isinstance(table, Table)
            session.connection().execute(insert(table), rows)
