"""Step 6, reviews: at which moment a message that falls due on a day is sent."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from compliance.suppliers.calendar import working_day_on_or_after, working_day_on_or_before

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MORNING = time(6, 0)


def sending_day(due_on: date, *, today: date, deadline: date | None = None) -> date:
    """Give the working day a message goes.

    A weekend or holiday gives way to the working day before it. What is late goes today, or on the next working
    day if today is none; but never after a `deadline` still ahead, and never before today.
    """
    in_time = working_day_on_or_before(due_on)
    if in_time >= today:
        return in_time
    late = working_day_on_or_after(max(due_on, today))
    if deadline is not None and late > deadline:
        return today
    return late


def sending_moment(due_on: date, *, today: date, deadline: date | None = None) -> datetime:
    """Give 06:00 in Stockholm on the day of `sending_day`, with its time zone; it may lie earlier today."""
    return datetime.combine(sending_day(due_on, today=today, deadline=deadline), MORNING, tzinfo=STOCKHOLM)
