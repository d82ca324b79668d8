"""Step 1, suppliers: what cannot be true of a contract's terms, said where the mistake is."""

from collections.abc import Iterator
from datetime import date

from compliance.suppliers.calendar import BeyondCalendarError, add_months
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Option, Tacit
from compliance.suppliers.lead_times import Leads
from compliance.suppliers.refusals import Refusal

FIRST_YEAR, LAST_YEAR = 1990, 2150
MOST_MONTHS = 12_000
MOST_LEAD_DAYS = 10_000


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


OUTSIDE_YEARS = N_("The day must lie between %(first)s and %(last)s.")
END_BEFORE_START = N_("The last day is before the first day. Check both dates in the contract.")
END_MISSING = N_("A contract that can be renewed needs a last day of its first period.")
NEGATIVE = N_("The number cannot be less than 0.")
NO_MONTHS = N_("A renewal is at least 1 month long.")
TOO_MANY = N_("The number can be at most %(most)s.")
EXTENDED_OUTSIDE = N_("The extensions made must lie between 0 and the number of options, %(periods)s.")
BEYOND_CALENDAR = N_("With these extensions the contract would run past the year 9999.")
NOTICE_MISSING = N_("A contract that renews itself needs a time of notice.")
NOTICE_BEFORE_START = N_("The last day of notice in the first period would be before the contract starts.")
NOTICE_TOO_LONG = N_("The time of notice is longer than the renewal. Notice could never be given in time.")


def terms_refusals(terms: ContractTerms) -> tuple[Refusal, ...]:
    """Everything that is wrong with a contract's terms; empty when its dates can be computed."""
    return value_refusals(terms) or tuple(_fit_refusals(terms))


def value_refusals(terms: ContractTerms) -> tuple[Refusal, ...]:
    """Refuse what is wrong with single values, before asking whether notice and periods fit together."""
    return (
        *_day_refusals(terms),
        *_end_refusals(terms),
        *_notice_numbers("notice", terms.notice),
        *_renewal_numbers(terms),
    )


def day_refusals(at: str, day: date | None) -> Iterator[Refusal]:
    """Refuse a day outside the years the calendar is checked for."""
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield Refusal(at, OUTSIDE_YEARS, {"first": f"{FIRST_YEAR}-01-01", "last": f"{LAST_YEAR}-12-31"})


def leads_refusals(leads: Leads) -> tuple[Refusal, ...]:
    """Everything that is wrong with a contract's lead times."""
    return tuple(
        refusal
        for name in ("decision", "review", "handling", "answering")
        for refusal in _count_refusals(f"leads.{name}", getattr(leads, name), MOST_LEAD_DAYS)
    )


def _count_refusals(at: str, count: int, most: int | None = None) -> Iterator[Refusal]:
    if count < 0:
        yield Refusal(at, NEGATIVE)
    elif most is not None and count > most:
        yield Refusal(at, TOO_MANY, {"most": most})


def _day_refusals(terms: ContractTerms) -> Iterator[Refusal]:
    for name in ("start", "end", "notice_given_on"):
        yield from day_refusals(name, getattr(terms, name))


def _end_refusals(terms: ContractTerms) -> Iterator[Refusal]:
    if terms.end is None:
        if not isinstance(terms.renewal, NoRenewal):
            yield Refusal("end", END_MISSING)
    elif terms.end < terms.start:
        yield Refusal("end", END_BEFORE_START)
    if isinstance(terms.renewal, Tacit) and terms.notice is None:
        yield Refusal("notice", NOTICE_MISSING)


def _notice_numbers(at: str, notice: Notice | None) -> Iterator[Refusal]:
    if notice is not None:
        yield from _count_refusals(f"{at}.n", notice.n)


def _renewal_numbers(terms: ContractTerms) -> Iterator[Refusal]:
    renewal = terms.renewal
    if isinstance(renewal, NoRenewal):
        return
    if renewal.months < 1:
        yield Refusal("renewal.months", NO_MONTHS)
    elif renewal.months > MOST_MONTHS:
        yield Refusal("renewal.months", TOO_MANY, {"most": MOST_MONTHS})
    if isinstance(renewal, Tacit):
        yield from _count_refusals("renewal.max_periods", renewal.max_periods or 0)
    else:
        yield from _option_numbers(renewal)


def _option_numbers(option: Option) -> Iterator[Refusal]:
    yield from _notice_numbers("renewal.notice", option.notice)
    if option.periods < 0:
        yield Refusal("renewal.periods", NEGATIVE)
    elif not 0 <= option.extended <= option.periods:
        yield Refusal("renewal.extended", EXTENDED_OUTSIDE, {"periods": option.periods})


def _fit_refusals(terms: ContractTerms) -> Iterator[Refusal]:
    """What can only be said when every day and number by itself is right."""
    renewal, end = terms.renewal, terms.end
    if end is None or isinstance(renewal, NoRenewal):
        return
    at, notice = "notice", terms.notice
    if isinstance(renewal, Option):
        at, notice = "renewal.notice", renewal.notice
    assert notice is not None, "a missing notice is refused before"
    if not _reaches_back_to(terms.start, notice, end):
        yield Refusal(at, NOTICE_BEFORE_START)
    if isinstance(renewal, Tacit):
        if not _reaches_back_to(end, notice, add_months(end, renewal.months)):
            yield Refusal(at, NOTICE_TOO_LONG)
    elif not _within_calendar(end, renewal.extended * renewal.months):
        yield Refusal("renewal.extended", BEYOND_CALENDAR)


def _reaches_back_to(earliest: date, notice: Notice, period_end: date) -> bool:
    """Whether the last day of notice of a period is `earliest` or later."""
    try:
        return notice.before(period_end) >= earliest
    except BeyondCalendarError:
        return False


def _within_calendar(day: date, months: int) -> bool:
    try:
        add_months(day, months)
    except BeyondCalendarError:
        return False
    return True
