"""Step 1, suppliers: a contract's terms read from JSON, and its dates written as JSON."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from compliance.suppliers.contract_checks import day_refusals, leads_refusals, terms_refusals, value_refusals
from compliance.suppliers.contract_dates import ContractDates
from compliance.suppliers.contract_terms import (
    UNITS,
    ContractTerms,
    NoRenewal,
    Notice,
    Option,
    Renewal,
    Tacit,
)
from compliance.suppliers.json_reader import Json, JsonReader
from compliance.suppliers.lead_times import Leads, lead_times
from compliance.suppliers.refusals import Refusal

NAMES = ("start", "end", "notice", "renewal", "notice_given_on", "set_on", "leads")
RENEWAL_NAMES = {
    "none": ("kind",),
    "option": ("kind", "periods", "months", "notice", "extended"),
    "tacit": ("kind", "months", "max_periods"),
}
STAND_IN_DAY = date(2000, 1, 1)
STAND_IN_NOTICE = Notice(0, "days")
LEAD_NAMES = ("decision", "review", "handling", "answering")
CHAIN_NAMES = ("decide_by", "review_ready_by", "answers_due", "invite_by")


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


OPTION_NOTICE_MISSING = N_("An option needs its own time of notice: how long before the end it must be used.")
NOT_OF_THIS_KIND = N_("A renewal of the kind %(kind)s has no such value. Leave it out, or change the kind.")


class RefusedError(ValueError):
    """The JSON cannot be used; `refusals` says everything that is wrong with it."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(f"{refusal.at}: {refusal.message}" for refusal in refusals))
        self.refusals = tuple(refusals)


@dataclass(frozen=True, slots=True)
class ContractQuestion:
    """What `contract_dates` needs, as read from JSON; `set_on` None means the day asked about."""

    terms: ContractTerms
    set_on: date | None
    leads: Leads


def read_contract(raw: object) -> ContractQuestion:
    """Read a contract from parsed JSON. Raises `RefusedError` with every mistake found."""
    read = JsonReader()
    values = read.mapping("", raw, NAMES)
    if values is None:
        raise RefusedError(read.refusals)
    terms = _terms(read, values)
    set_on = _optional_day(read, values, "set_on")
    read.refusals.extend(day_refusals("set_on", set_on))
    leads = _leads(read, values.get("leads"))
    if read.refusals:
        raise RefusedError(read.refusals)
    return ContractQuestion(terms, set_on, leads)


def read_day(at: str, text: str) -> date:
    """Read a day given beside the JSON. Raises `RefusedError`."""
    read = JsonReader()
    day = read.day(at, text)
    read.refusals.extend(day_refusals(at, day))
    if day is None or read.refusals:
        raise RefusedError(read.refusals)
    return day


def _terms(read: JsonReader, values: Json) -> ContractTerms:
    """Read the terms; what is unreadable gets a harmless stand-in: mistakes elsewhere are then found too."""
    start = read.day("start", values["start"]) if read.required("", values, "start") else None
    end = _optional_day(read, values, "end") if read.required("", values, "end") else None
    given_on = _optional_day(read, values, "notice_given_on")
    notice = _notice(read, "notice", values.get("notice"))
    renewal = _renewal(read, values["renewal"]) if read.required("", values, "renewal") else None
    if end is None and values.get("end", "absent") is not None:
        end = start or STAND_IN_DAY
    if notice is None and values.get("notice") is not None:
        notice = STAND_IN_NOTICE
    terms = ContractTerms(start or end or STAND_IN_DAY, end, notice, renewal or NoRenewal(), given_on)
    read.refusals.extend(value_refusals(terms) if read.refusals else terms_refusals(terms))
    return terms


def _optional_day(read: JsonReader, values: Json, name: str) -> date | None:
    value = values.get(name)
    return None if value is None else read.day(name, value)


def _notice(read: JsonReader, at: str, raw: object) -> Notice | None:
    values = None if raw is None else read.mapping(at, raw, ("n", "unit"))
    if values is None:
        return None
    n = read.whole(f"{at}.n", values["n"]) if read.required(at, values, "n") else None
    unit = read.word(f"{at}.unit", values["unit"], UNITS) if read.required(at, values, "unit") else None
    return None if n is None or unit is None else Notice(n, unit)


def _renewal(read: JsonReader, raw: object) -> Renewal | None:
    known = {name for names in RENEWAL_NAMES.values() for name in names}
    values = read.mapping("renewal", raw, known)
    if values is None or not read.required("renewal", values, "kind"):
        return None
    kind = read.word("renewal.kind", values["kind"], tuple(RENEWAL_NAMES))
    if kind is None:
        return None
    # A null for a value of another kind says nothing; anything else there contradicts the kind.
    other = {name for name, value in values.items() if name in known and value is not None}
    for name in sorted(other.difference(RENEWAL_NAMES[kind])):
        read.refuse(f"renewal.{name}", NOT_OF_THIS_KIND, kind=kind)
    return _RENEWALS[kind](read, values)


def _no_renewal(read: JsonReader, values: Json) -> Renewal | None:
    del read, values
    return NoRenewal()


def _option(read: JsonReader, values: Json) -> Renewal | None:
    periods, months = _whole(read, values, "periods"), _whole(read, values, "months")
    extended = 0 if values.get("extended") is None else read.whole("renewal.extended", values["extended"])
    notice = _notice(read, "renewal.notice", values.get("notice"))
    if values.get("notice") is None:
        read.refuse("renewal.notice", OPTION_NOTICE_MISSING)
    if periods is None or months is None or extended is None:
        return None
    return Option(periods, months, notice or STAND_IN_NOTICE, extended)


def _tacit(read: JsonReader, values: Json) -> Renewal | None:
    months = _whole(read, values, "months")
    most = values.get("max_periods")
    if most is not None:
        most = read.whole("renewal.max_periods", most)
    return None if months is None else Tacit(months, most)


def _whole(read: JsonReader, values: Json, name: str) -> int | None:
    return read.whole(f"renewal.{name}", values[name]) if read.required("renewal", values, name) else None


_RENEWALS: dict[str, Callable[[JsonReader, Json], Renewal | None]] = {
    "none": _no_renewal,
    "option": _option,
    "tacit": _tacit,
}


def _leads(read: JsonReader, raw: object) -> Leads:
    """Read the lead times; those not given are the buyer's defaults."""
    leads = lead_times().leads
    values = {} if raw is None else read.mapping("leads", raw, LEAD_NAMES)
    for name in LEAD_NAMES:
        days = read.whole(f"leads.{name}", values[name]) if values and name in values else None
        if days is not None:
            leads = replace(leads, **{name: days})
    read.refusals.extend(leads_refusals(leads))
    return leads


def dates_as_json(dates: ContractDates) -> dict[str, Any]:
    """Write a contract's dates as the JSON document of `contracts dates --json`."""
    chain = asdict(dates.chain) if dates.chain else dict.fromkeys(CHAIN_NAMES)
    return {
        "on": _iso(dates.on),
        "period_end": _iso(dates.period_end),
        "ends_on": _iso(dates.ends_on),
        "ended": dates.ended,
        "last_notice_day": _iso(dates.last_notice_day),
        "last_working_notice_day": _iso(dates.last_working_notice_day),
        "missed": dates.missed,
        "next": {name: _iso(day) for name, day in asdict(dates.next).items()} if dates.next else None,
        **{name: _iso(chain[name]) for name in CHAIN_NAMES},
        "reminders": [
            {"trigger": reminder.trigger, "on": _iso(reminder.on), "before": reminder.before}
            for reminder in dates.reminders
        ],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
