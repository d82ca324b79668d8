"""Days, months and Swedish working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.suppliers.calendar import (
    BeyondCalendarError,
    add_days,
    add_months,
    holidays_of,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_before,
)
from tests.unit.suppliers.contract_reference import back_working, free_days, works


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-02-28", -3, "2026-11-28"),  # no snapping to the end of November
        ("2027-03-31", -1, "2027-02-28"),
        ("2028-03-31", -1, "2028-02-29"),
        ("2027-03-30", -1, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),  # from the original day, not from a shortened one
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-12-31", 1, "2028-01-31"),
        ("2027-01-01", -1, "2026-12-01"),
        ("2100-02-28", 12, "2101-02-28"),
        ("2027-05-17", 0, "2027-05-17"),
    ],
)
def test_months_keep_the_day_number_or_take_the_last_day(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_the_calendar_says_so_when_it_ends():
    for months in (-12 * 9999, 12 * 9999, 10**30):
        with pytest.raises(BeyondCalendarError):
            add_months(date(2027, 1, 1), months)
    for days in (-(10**7), 10**7, 10**40):
        with pytest.raises(BeyondCalendarError):
            add_days(date(2027, 1, 1), days)
    with pytest.raises(BeyondCalendarError):
        working_days_before(date(2, 1, 1), 1000)


def test_every_day_of_1990_to_2150_is_free_or_not_as_the_rules_list_it():
    """The library falls silent after 2100 and knows Whit Monday until 2004: the rules win."""
    day = date(1990, 1, 1)
    while day <= date(2150, 12, 31):
        assert is_working_day(day) == works(day), day
        day += timedelta(days=1)


def test_the_holidays_the_library_names_outside_the_list_fall_on_sundays_only():
    for year in range(1990, 2151):
        assert free_days(year) <= holidays_of(year)
        assert {day.weekday() for day in holidays_of(year) - free_days(year)} <= {6}, year


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2004-05-31", True),  # Whit Monday was a holiday until 2004, the rules do not list it
        ("2003-06-06", True),
        ("2005-06-06", False),  # National Day since 2005
        ("2027-06-25", False),  # Midsummer Eve
        ("2026-12-24", False),
        ("2026-12-31", False),
        ("2026-11-20", True),
        ("2027-05-06", False),  # Ascension Day
        ("2027-05-07", True),  # the day after it is a day like others
        ("2101-12-25", False),
        ("2150-12-26", False),
        ("2027-01-05", True),
    ],
)
def test_working_days_by_example(day, working):
    assert is_working_day(date.fromisoformat(day)) is working


def test_counting_back_does_not_count_the_day_itself():
    assert working_days_before(date(2026, 11, 23), 1) == date(2026, 11, 20)
    assert working_days_before(date(2026, 11, 22), 1) == date(2026, 11, 20)
    assert working_days_before(date(2026, 11, 22), 0) == date(2026, 11, 22)
    assert working_days_before(date(2027, 1, 4), 1) == date(2026, 12, 30)


@given(st.dates(date(1960, 1, 1), date(2160, 12, 31)), st.integers(0, 700))
def test_counting_back_by_years_is_counting_back_by_days(day, count):
    assert working_days_before(day, count) == back_working(day, count)


@given(st.dates(date(1960, 1, 1), date(2160, 12, 31)))
def test_the_nearest_working_days_embrace_the_day(day):
    before, after = working_day_on_or_before(day), working_day_on_or_after(day)
    assert is_working_day(before)
    assert is_working_day(after)
    assert before <= day <= after
    assert (before == after) == is_working_day(day)


@given(st.dates(date(1990, 1, 1), date(2150, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_more_months_never_give_an_earlier_day(day, fewer, more):
    assert add_months(day, min(fewer, more)) <= add_months(day, max(fewer, more))
