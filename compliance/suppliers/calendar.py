"""Step 1, suppliers: the arithmetic of days, weeks, months and Swedish working days."""

from bisect import bisect_left
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

WHIT_MONDAY = "Annandag pingst"
FRIDAY = 4


class BeyondCalendarError(ValueError):
    """A computed day lies before year 1 or after year 9999."""


def add_months(day: date, months: int) -> date:
    """Give the same day number `months` months later, or the month's last day if there is none.

    Negative counts go back. The rule of lag (1930:173) 1 §, without snapping to month ends: 28 February minus
    3 months is 28 November. Raises `BeyondCalendarError` outside years 1-9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise BeyondCalendarError
    if day.day <= 28:  # noqa: PLR2004 - the length of the shortest month
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Give the day `days` calendar days later; negative counts go back. Raises `BeyondCalendarError`."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise BeyondCalendarError from None


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Give the days of a year that are holidays whatever weekday they fall on.

    Lag (1989:253) om allmänna helgdagar, with the eves that semesterlagen (1977:480) 7 § puts on a level with
    them. Whit Monday counts as a working day in all years, also before 2005 when it was still a holiday.
    Nothing but weekends is known before 1953.
    """
    from compliance.suppliers.swedish_holidays import named_holidays  # noqa: PLC0415  takes 12 MiB

    return frozenset(day for day, name in named_holidays(year).items() if name != WHIT_MONDAY)


def is_working_day(day: date) -> bool:
    """Tell whether a day is Monday to Friday and no Swedish holiday."""
    return day.weekday() <= FRIDAY and day not in holidays_of(day.year)


def working_day_on_or_before(day: date) -> date:
    """Give the day itself, or the last working day before it."""
    while not is_working_day(day):
        day = add_days(day, -1)
    return day


def working_day_on_or_after(day: date) -> date:
    """Give the day itself, or the first working day after it."""
    while not is_working_day(day):
        day = add_days(day, 1)
    return day


def working_days_before(day: date, count: int) -> date:
    """Give the `count`-th working day before `day`, not counting `day`; with 0 the day itself."""
    if count == 0:
        return day
    year, left = day.year, count
    earlier = bisect_left(_working_days_of(year), day)
    while earlier < left:
        left -= earlier
        year -= 1
        if year < MINYEAR:
            raise BeyondCalendarError
        earlier = len(_working_days_of(year))
    return _working_days_of(year)[earlier - left]


@cache
def _working_days_of(year: int) -> tuple[date, ...]:
    """All working days of a year in order: counting back is then a look-up, not a walk."""
    first = date(year, 1, 1)
    length = 366 if monthrange(year, 2)[1] == 29 else 365  # noqa: PLR2004 - days of February in a leap year
    return tuple(day for day in (first + timedelta(days=n) for n in range(length)) if is_working_day(day))
