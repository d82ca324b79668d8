"""Messages go on working mornings, never before today and never past their deadline."""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews.working_time import sending_day, sending_moment
from compliance.suppliers.calendar import is_working_day

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("due_on", "today", "deadline", "expected"),
    [
        ("2026-11-25", "2026-11-23", None, "2026-11-25"),
        ("2026-11-28", "2026-11-23", None, "2026-11-27"),  # Saturday: the Friday before
        ("2026-12-26", "2026-11-23", None, "2026-12-23"),  # over Christmas
        ("2026-11-10", "2026-11-23", None, "2026-11-23"),  # late: today
        ("2026-11-10", "2026-11-22", None, "2026-11-23"),  # late, and today is Sunday: Monday
        ("2026-11-10", "2026-11-22", "2026-11-22", "2026-11-22"),  # ... but not past the deadline
        ("2026-11-22", "2026-11-21", "2026-11-22", "2026-11-21"),
        (
            "2026-11-10",
            "2026-11-22",
            "2026-11-20",
            "2026-11-22",
        ),  # the deadline has passed: as soon as can be
    ],
)
def test_the_day_a_message_goes(due_on, today, deadline, expected):
    limit = None if deadline is None else date.fromisoformat(deadline)
    day = sending_day(date.fromisoformat(due_on), today=date.fromisoformat(today), deadline=limit)
    assert str(day) == expected


@given(DAYS, DAYS, st.integers(0, 30))
def test_never_before_today_nor_past_a_deadline_ahead(due_on, today, slack):
    deadline = max(due_on, today) + timedelta(days=slack)
    day = sending_day(due_on, today=today, deadline=deadline)
    assert today <= day <= deadline
    assert is_working_day(day) or day == today


@pytest.mark.parametrize(("day", "utc_hour"), [("2027-01-11", 5), ("2027-07-12", 4)])
def test_it_is_six_in_the_morning_in_stockholm_summer_and_winter(day, utc_hour):
    moment = sending_moment(date.fromisoformat(day), today=date.fromisoformat(day))
    assert (moment.hour, moment.astimezone(UTC).hour) == (6, utc_hour)
