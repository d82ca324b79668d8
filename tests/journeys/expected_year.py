"""What must be told in a year, worked out here from the rules on paper and from nothing else in the program.

Dates as in the contract arithmetic (months back to the same day number, else the month's last day) and the steps of
each trigger; a step that falls on a day off is told on the working day before it.
"""

from calendar import monthrange
from datetime import date, timedelta

FIRST, LAST = date(2026, 3, 2), date(2027, 3, 1)
DAYS_OFF = {
    date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14), date(2026, 6, 6),
    date(2026, 6, 19), date(2026, 6, 20), date(2026, 10, 31), date(2026, 12, 24), date(2026, 12, 25),
    date(2026, 12, 26), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 6),
}  # fmt: skip
MONTHS_BEFORE_END = (12, 9, 6, 3)
DAYS_BEFORE_NOTICE = (90, 60, 30, 14, 7)
SUPPLIER_LATE, OFFICE_LATE = (-7, 0, 7, 14), (21,)
TOO_OLD = (-60, -30, 0)
EXPIRING = (-90, -60, -30, -7, 0)
FOLLOW_UP = (0, 7, 14)


def before_end(end: date) -> list[date]:
    """T1."""
    return told(_back(end, months) for months in MONTHS_BEFORE_END)


def before_notice(last_day: date) -> list[date]:
    """T2."""
    return told(last_day - timedelta(days=days) for days in DAYS_BEFORE_NOTICE)


def around(day: date, steps: tuple[int, ...]) -> list[date]:
    """T4, T5, T6, T9."""
    return told(day + timedelta(days=step) for step in steps)


def told(days) -> list[date]:
    """The days of the year on which somebody is told; a step before the year is never told."""
    return sorted(_working_day(day) for day in days if FIRST < day <= LAST)


def _working_day(day: date) -> date:
    while day.weekday() > 4 or day in DAYS_OFF:
        day -= timedelta(days=1)
    return day


def _back(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
