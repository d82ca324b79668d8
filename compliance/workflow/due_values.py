"""The columns of due rows and of a contract's stored dates, as they follow from what was planned."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from compliance.clock import STOCKHOLM
from compliance.reviews.due_items import DueItem, State, ladder_of
from compliance.reviews.working_time import sending_moment
from compliance.storage.models import DueRow
from compliance.suppliers.contract_dates import ContractDates

RECOMPUTE = "recompute"
FIRST_MINUTE = timedelta(minutes=1)


def due_values(item: DueItem, *, today: date) -> dict[str, Any]:
    """A waiting row that says the same as a planned item."""
    return {
        "kind": item.kind,
        "ladder": ladder_of(item.key),
        "due_on": item.due_on,
        "due_at": sending_moment(item.due_on, today=today, deadline=_deadline(item)),
        "params": {
            "audience": item.audience,
            "opens_review": item.opens_review,
            "severity": item.severity,
            "values": dict(item.params),
        },
        "outcome": None,
        "done_at": None,
        "attempts": 0,
        "last_error": "",
    }


def _deadline(item: DueItem) -> date | None:
    """The day a message must not come after: the date of the trigger, for the steps before it."""
    anchor = date.fromisoformat(item.key.split(":")[2])
    return anchor if item.due_on <= anchor else None


def recompute_key(source: str, day: date | None) -> str:
    """The key of the row on whose day a contract's dates are seen anew."""
    return f"{RECOMPUTE}:{source.replace(':', '-')}:{day}"


def first_look(source: str, day: date | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The waiting row, and its key, on whose day a contract's dates are seen anew; nothing without a day."""
    if day is not None:
        yield (
            recompute_key(source, day),
            {
                "kind": RECOMPUTE,
                "ladder": "",
                "due_on": day,
                "due_at": datetime.combine(day, time(), tzinfo=STOCKHOLM) + FIRST_MINUTE,
                "params": {},
                "outcome": None,
                "done_at": None,
                "attempts": 0,
                "last_error": "",
            },
        )


def state_of(row: DueRow) -> State:
    """A stored row as the step knows it."""
    if row.done_at is None:
        return "waiting"
    return "cancelled" if row.outcome == "cancelled" else "done"


def stored_dates(dates: ContractDates, today: date) -> dict[str, date | None]:
    """The date columns of a contract, as computed today."""
    chain = dates.chain
    return {
        "period_end": dates.period_end,
        "ends_on": dates.ends_on,
        "last_notice_day": dates.last_notice_day,
        "last_working_notice_day": dates.last_working_notice_day,
        "decide_by": chain.decide_by if chain else None,
        "invite_by": chain.invite_by if chain else None,
        "dates_computed_on": today,
    }
