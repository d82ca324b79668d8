"""What a rehearsal tells, in the reader's language: by month and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import format_date, gettext

from compliance.web.procurer.messages import KINDS
from compliance.workflow.rehearsing import Happening


@dataclass(frozen=True)
class HappeningInWords:
    """One line: what it is, about which contract, why, to whom. `severity` only of a reason for review."""

    sort: str
    what: str
    contract: str
    supplier: str
    why: str
    severity: str
    to: str
    goes_on: date | None


@dataclass(frozen=True)
class DayInWords:
    """A day with all that would happen on it."""

    on: date
    lines: list[HappeningInWords]


@dataclass(frozen=True)
class MonthInWords:
    """A month with its days; `name` such as "mars 2026"."""

    name: str
    key: str
    days: list[DayInWords]


def in_months(told: Iterable[Happening]) -> list[MonthInWords]:
    """Happenings in order of day, in words."""
    days = [
        DayInWords(on, [_in_words(one) for one in those]) for on, those in groupby(told, lambda one: one.on)
    ]
    return [
        MonthInWords(month_name(date.fromisoformat(f"{key}-01")), key, [*those])
        for key, those in groupby(days, lambda day: f"{day.on:%Y-%m}")
    ]


def month_name(day: date) -> str:
    """The month of a day with its year, as a heading: "Mars 2026"."""
    name = str(format_date(day, "LLLL y"))
    return name[:1].upper() + name[1:]


def _in_words(one: Happening) -> HappeningInWords:
    params = dict(one.params)
    if one.sort == "failure":
        what, why = (
            gettext("Our own failure"),
            gettext("The clock tries again and again: %(name)s.", name=one.why),
        )
    elif one.sort == "mail":
        what, why = str(KINDS.get(one.what, one.what.replace("_", " "))), gettext(one.why)
    else:
        what, why = gettext("Reason for review"), gettext(one.why) % params
    return HappeningInWords(
        one.sort, what, one.contract, one.supplier, why, one.severity, one.to, one.goes_on
    )
