"""Step 1, suppliers: which period a contract is in on a day, its end and its last day of notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from compliance.suppliers.calendar import add_months
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Option, Tacit


@dataclass(frozen=True, slots=True)
class Period:
    """One period: its last day, and the last day of notice or None when there is nothing to stop or call."""

    period_end: date
    last_notice_day: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contract stands on a day: current period, known end, and what follows unless stopped."""

    current: Period
    ends_on: date | None
    following: Period | None = None


def standing(terms: ContractTerms, end: date, on: date) -> Standing:
    """Find the period a contract is in on a day; `end` is the end of its first period.

    The terms must have passed `terms_refusals`.
    """
    return _BY_RENEWAL[type(terms.renewal)](terms, end, on)


def _fixed(terms: ContractTerms, end: date, on: date) -> Standing:
    del terms, on
    return Standing(Period(end, None), ends_on=end)


def _with_option(terms: ContractTerms, end: date, on: date) -> Standing:
    """Only recorded extensions move the end."""
    del on
    option = terms.renewal
    assert isinstance(option, Option)
    period_end = add_months(end, option.extended * option.months)
    if option.extended == option.periods:
        return Standing(Period(period_end, None), ends_on=period_end)
    return Standing(Period(period_end, option.notice.before(period_end)), ends_on=None)


def _tacit(terms: ContractTerms, end: date, on: date) -> Standing:
    """Period p ends p times the months after the first; it goes on until notice took or the last allowed."""
    assert isinstance(terms.renewal, Tacit)
    assert terms.notice is not None, "terms_refusals demands it"
    row = _TacitRow(end, terms.renewal, terms.notice)
    took = None if terms.notice_given_on is None else row.taking(terms.notice_given_on)
    final = took if took is not None else row.last
    number = row.reaching(on)
    if final is not None:
        number = min(number, final)
    if took is not None:
        return Standing(Period(row.end_of(number), None), ends_on=row.end_of(took))
    current = row.period(number)
    following = row.period(number + 1) if current.last_notice_day is not None else None
    return Standing(current, ends_on=current.period_end if number == row.last else None, following=following)


@dataclass(frozen=True, slots=True)
class _TacitRow:
    """The row of periods 0, 1, ... of a tacitly renewed contract, found by calculation and not by walking."""

    end: date
    renewal: Tacit
    notice: Notice

    @property
    def last(self) -> int | None:
        """The number of the last allowed period, None when there is no limit."""
        return self.renewal.max_periods

    def end_of(self, number: int) -> date:
        """The last day of a period, always computed from the first period's end."""
        return add_months(self.end, number * self.renewal.months)

    def period(self, number: int) -> Period:
        """One period; it has a last day of notice when another may follow it."""
        period_end = self.end_of(number)
        return Period(period_end, None if number == self.last else self.notice.before(period_end))

    def reaching(self, day: date) -> int:
        """The first period that ends on or after a day, limit not regarded.

        The period that ends in the day's month or last before it, or else the one after: its month is later.
        """
        between = (day.year - self.end.year) * 12 + day.month - self.end.month
        number = max(0, between // self.renewal.months)
        return number if self.end_of(number) >= day else number + 1

    def taking(self, given_on: date) -> int | None:
        """The first allowed period whose last day of notice is on or after the day notice is given, or None.

        The start is exact or one too early: months added and taken away again can lose days at a month's end.
        """
        number = self.reaching(self.notice.after(given_on))
        while self.notice.before(self.end_of(number)) < given_on:
            number += 1
        return number if self.last is None or number <= self.last else None


_BY_RENEWAL: dict[type, Callable[[ContractTerms, date, date], Standing]] = {
    NoRenewal: _fixed,
    Option: _with_option,
    Tacit: _tacit,
}
