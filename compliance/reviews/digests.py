"""Step 6, reviews: whether a mail to staff goes at once, or with others in the morning of a later day."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from compliance.reviews.working_time import MORNING, STOCKHOLM
from compliance.suppliers.calendar import working_day_on_or_after


class Pace(StrEnum):
    """How often a staff member wants mails that can wait."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


def digest_day(pace: Pace, *, written_at: datetime, deadline: date | None) -> date | None:
    """Give the working day in whose morning a mail goes together with others; None means at once.

    Daily is every working day, weekly the first working day of a week. A mail whose deadline comes before its
    digest does not wait for it.
    """
    if pace is Pace.AT_ONCE:
        return None
    found = _next_working_morning(written_at) if pace is Pace.DAILY else _next_first_of_week(written_at)
    return found if deadline is None or found <= deadline else None


def _next_morning(moment: datetime) -> date:
    """The first day whose morning is still ahead."""
    local = moment.astimezone(STOCKHOLM)
    return local.date() if local.time() < MORNING else local.date() + timedelta(days=1)


def _next_working_morning(moment: datetime) -> date:
    return working_day_on_or_after(_next_morning(moment))


def _next_first_of_week(moment: datetime) -> date:
    """The first working day of this week if its morning is still ahead, else of the next week."""
    morning = _next_morning(moment)
    monday = morning - timedelta(days=morning.weekday())
    this_week = working_day_on_or_after(monday)
    return this_week if this_week >= morning else working_day_on_or_after(monday + timedelta(weeks=1))
