"""Step 1, suppliers: what was agreed about a contract's time: first period, notice, renewal."""

from dataclasses import dataclass
from datetime import date

from compliance.suppliers.calendar import add_days, add_months

UNITS = ("days", "weeks", "months")


@dataclass(frozen=True, slots=True)
class Notice:
    """A time of notice: `n` days, weeks or months."""

    n: int
    unit: str

    def before(self, day: date) -> date:
        """Give the last day of notice for a period that ends on `day`. Raises `BeyondCalendarError`."""
        if self.unit == "months":
            return add_months(day, -self.n)
        return add_days(day, -self.n * (7 if self.unit == "weeks" else 1))

    def after(self, day: date) -> date:
        """Give the day as long after `day` as the notice is long. Raises `BeyondCalendarError`."""
        return Notice(-self.n, self.unit).before(day)


@dataclass(frozen=True, slots=True)
class NoRenewal:
    """The contract ends on its end day without notice; without an end day it runs until further notice."""


@dataclass(frozen=True, slots=True)
class Option:
    """The buyer may extend `periods` times by `months`; `extended` are recorded (LOU 17 kap. 10 §).

    Each must be called no later than `notice` before the end of the then current period; none is assumed.
    """

    periods: int
    months: int
    notice: Notice
    extended: int = 0


@dataclass(frozen=True, slots=True)
class Tacit:
    """Unless notice is given in time, `months` more follow, at most `max_periods` times (None: always)."""

    months: int
    max_periods: int | None = None


Renewal = NoRenewal | Option | Tacit


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """A contract's time. `end` is the last day of the first fixed period, None means until further notice.

    `notice` is for tacit renewal; an option carries its own. `notice_given_on` may lie ahead.
    """

    start: date
    end: date | None
    notice: Notice | None
    renewal: Renewal
    notice_given_on: date | None = None
