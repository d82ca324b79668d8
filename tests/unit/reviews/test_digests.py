"""When a mail that can wait goes to its reader."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews.digests import Pace, digest_day
from compliance.reviews.working_time import STOCKHOLM
from compliance.suppliers.calendar import is_working_day


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("pace", "written", "goes"),
    [
        ("daily", "2026-03-02T05:59", "2026-03-02"),  # Monday before six: the same morning
        ("daily", "2026-03-02T06:00", "2026-03-03"),
        ("daily", "2026-03-06T12:00", "2026-03-09"),  # Friday noon: Monday
        ("daily", "2026-04-02T12:00", "2026-04-07"),  # over Easter
        ("daily", "2026-03-28T23:30", "2026-03-30"),  # the night summer time begins
        ("weekly", "2026-03-02T05:59", "2026-03-02"),
        ("weekly", "2026-03-02T06:00", "2026-03-09"),
        ("weekly", "2026-03-31T12:00", "2026-04-07"),  # Easter Monday: the week begins on Tuesday
        ("weekly", "2026-04-06T12:00", "2026-04-07"),  # written on Easter Monday itself
        ("weekly", "2026-12-29T12:00", "2027-01-04"),
    ],
)
def test_a_mail_that_can_wait_goes_in_the_next_chosen_morning(pace, written, goes):
    assert digest_day(Pace(pace), written_at=at(written), deadline=None) == date.fromisoformat(goes)


def test_who_wants_each_at_once_gets_each_at_once():
    assert digest_day(Pace.AT_ONCE, written_at=at("2026-03-02T12:00"), deadline=None) is None


@pytest.mark.parametrize(("deadline", "waits"), [("2026-03-08", False), ("2026-03-09", True)])
def test_a_mail_never_waits_beyond_its_last_day(deadline, waits):
    day = digest_day(Pace.WEEKLY, written_at=at("2026-03-03T12:00"), deadline=date.fromisoformat(deadline))
    assert (day is not None) is waits


MINUTES = st.integers(0, 70 * 365 * 24 * 60)


@given(MINUTES, st.sampled_from([Pace.DAILY, Pace.WEEKLY]))
def test_a_digest_is_ahead_on_a_working_day_and_not_far_off(minutes, pace):
    written = at("2020-01-01T00:00") + timedelta(minutes=minutes)
    day = digest_day(pace, written_at=written, deadline=None)
    assert is_working_day(day)
    assert 0 <= (day - written.date()).days <= (6 if pace is Pace.DAILY else 13)
