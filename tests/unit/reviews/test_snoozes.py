"""How long a review may be put off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews.parameters import parameters
from compliance.reviews.snoozes import last_snooze_day, snooze_refusals

RULES, TODAY = parameters(), date(2026, 5, 11)


@pytest.mark.parametrize(
    ("severity", "deadline", "latest"),
    [
        ("normal", None, "2026-08-09"),
        ("high", None, "2026-06-10"),
        ("critical", None, "2026-05-18"),
        ("normal", date(2026, 6, 1), "2026-06-01"),  # never past the first day to act by
        ("normal", date(2026, 5, 1), "2026-08-09"),  # that day has passed already
        ("critical", date(2026, 5, 12), "2026-05-12"),
    ],
)
def test_a_review_waits_by_its_seriousness_and_never_past_a_day_to_act_by(severity, deadline, latest):
    assert str(last_snooze_day(severity, deadline, today=TODAY, rules=RULES)) == latest


@pytest.mark.parametrize(
    ("until", "reason", "at"),
    [
        (date(2026, 5, 20), "Vi väntar på besked.", []),
        (None, "Vi väntar på besked.", ["until"]),
        (TODAY, "Vi väntar på besked.", ["until"]),
        (date(2026, 6, 2), "Vi väntar på besked.", ["until"]),
        (date(2026, 5, 20), "sen", ["reason"]),
        (None, "", ["until", "reason"]),
    ],
)
def test_a_day_too_far_and_a_missing_reason_are_refused_at_their_fields(until, reason, at):
    refusals = snooze_refusals(until, reason, latest=date(2026, 6, 1), today=TODAY)
    assert [refusal.at for refusal in refusals] == at


@given(st.sampled_from(["normal", "high", "critical"]), st.none() | st.integers(-400, 400))
def test_it_can_always_wait_until_tomorrow_and_is_never_lost(severity, days):
    deadline = None if days is None else TODAY + timedelta(days=days)
    latest = last_snooze_day(severity, deadline, today=TODAY, rules=RULES)
    assert TODAY < latest <= TODAY + timedelta(days=RULES.snooze_days[severity])
