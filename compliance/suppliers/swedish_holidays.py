"""Step 1, suppliers: the holidays of Sweden as the library knows them.

A module of its own because the library brings the calendars of the whole world with it, 12 MiB: it is loaded by whoever
asks for a working day, and not by a web worker that only shows pages.
"""

from datetime import MAXYEAR, date

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden


class _SwedishHolidays(Sweden):
    """The library's Swedish holidays, also after 2100, where the library falls silent without a word."""

    end_year = MAXYEAR


def named_holidays(year: int) -> dict[date, str]:
    """The holidays of a year and the days that the law puts on a level with them, by their Swedish names."""
    return dict(_SwedishHolidays(years=year, language="sv", categories=(PUBLIC, DE_FACTO)))
