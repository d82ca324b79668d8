"""Rehearsal: what the clock would do in the days ahead, and what other terms of a contract would change. Only reads."""

import time
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import Contract
from compliance.storage.queries.register import contract_numbered
from compliance.storage.scratch import scratch_copy
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.happening_words import MonthInWords, in_months
from compliance.web.procurer.other_terms import TrialForm
from compliance.web.procurer.requested import session
from compliance.web.rate_limits import limit_work
from compliance.workflow.rehearsing import (
    Difference,
    Happening,
    OtherTerms,
    TakesTooLongError,
    compare,
    rehearse,
)

LENGTHS = (30, 90, 180, 365)
LONGEST_SECONDS = 20.0
MOST_SHOWN = 1000


@dataclass(frozen=True)
class Told:
    """A rehearsal as the page shows it; with other terms only what they add and take away."""

    counts: dict[str, int]
    months: list[MonthInWords]
    cut: int
    added: list[MonthInWords] | None = None
    removed: list[MonthInWords] | None = None


@procurer.get("/rehearsal")
@allow(Access.STAFF)
@limit_work
def rehearsal() -> ResponseReturnValue:
    """The form; what would happen once a number of days is chosen."""
    days = request.args.get("days", type=int)
    days = days if days in LENGTHS else None
    number = request.args.get("contract", "").strip()[:60]
    contract = contract_numbered(session(), number) if number else None
    trial = TrialForm.read(contract, request.args)
    told, too_long = None, False
    if days is not None and not trial.errors and (contract is not None or not number):
        try:
            told = _told(days, contract, trial)
        except TakesTooLongError:
            too_long = True
    return render_template(
        "procurer/rehearsal.html",
        days=days or LENGTHS[1],
        lengths=[(str(length), gettext("%(days)s days", days=length)) for length in LENGTHS],
        number=number,
        contract=contract,
        unknown=bool(number) and contract is None,
        trial=trial,
        told=told,
        too_long=too_long,
    )


def _told(days: int, contract: Contract | None, trial: TrialForm) -> Told:
    """Rehearse once, or twice for a difference. Raises `TakesTooLongError`."""
    end = time.monotonic() + LONGEST_SECONDS
    number, terms = (contract.number if contract else None), trial.terms
    session().rollback()
    before = _of(number, _rehearsed(days, end))
    shown = before[:MOST_SHOWN]
    told = Told(_counts(before), in_months(shown), len(before) - len(shown))
    if number is None or terms is None:
        return told
    changed = compare(before, _of(number, _rehearsed(days, end, OtherTerms(number, terms))))
    return _with_difference(told, changed)


def _with_difference(told: Told, changed: Difference) -> Told:
    return replace(told, added=in_months(changed.added), removed=in_months(changed.removed))


def _rehearsed(days: int, end: float, instead: OtherTerms | None = None) -> tuple[Happening, ...]:
    with scratch_copy(db.engine) as copy:
        return rehearse(
            copy, start=clock.now(), days=days, instead=instead, give_up=lambda: time.monotonic() > end
        )


def _of(number: str | None, told: tuple[Happening, ...]) -> tuple[Happening, ...]:
    """What concerns one contract; everything without a number."""
    if number is None:
        return told
    return tuple(one for one in told if number in one.contract.split(", "))


def _counts(told: tuple[Happening, ...]) -> dict[str, Any]:
    """How many of each, and the first day on which a supplier would get a mail."""
    to_suppliers = [one.on for one in told if one.sort == "mail" and one.what in TO_SUPPLIERS]
    return {
        "contracts": len({one.contract for one in told if one.sort == "reason"}),
        "reasons": sum(one.sort == "reason" for one in told),
        "mails": sum(one.sort == "mail" for one in told),
        "failures": sum(one.sort == "failure" for one in told),
        "first_to_supplier": min(to_suppliers, default=None),
    }


TO_SUPPLIERS = frozenset({"reminder", "colleague_reminder", "invitation", "fresh_link"})
