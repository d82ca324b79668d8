"""What is registered about a contract sets off reasons on the right days: T3, T17, T19, T20, T22."""

from datetime import date

import pytest

from compliance.reviews.contract_triggers import (
    deep_follow_up,
    employees_crossing,
    passed_limit,
    quiet_contract,
    start_up_meeting,
    terms_without_plan,
    value_crossing,
)
from compliance.reviews.parameters import parameters

RULES = parameters()
START, END = date(2026, 5, 1), date(2028, 2, 29)


def days(items):
    return [str(item.due_on) for item in items]


@pytest.mark.parametrize(
    ("end", "risk", "expected"),
    [
        (END, "high", ["2027-02-28"]),  # the rule of lag 1930:173 1 §: no 29 February in 2027
        (END, "medium", []),
        (END, None, []),
        (None, "high", []),
    ],
)
def test_a_thorough_follow_up_begins_a_year_before_the_end_when_the_risk_is_high(end, risk, expected):
    items = deep_follow_up("contract-1", end, risk, RULES)
    assert days(items) == expected
    assert all(item.severity == "high" for item in items)


@pytest.mark.parametrize(
    ("planned", "held", "expected", "cause"),
    [
        (None, None, ["2026-04-17", "2026-05-01"], "unplanned"),
        (date(2026, 4, 20), None, ["2026-04-06", "2026-04-20"], "planned"),
        (None, date(2026, 4, 2), [], None),
        (date(2026, 4, 20), date(2026, 4, 20), [], None),
    ],
)
def test_a_start_up_meeting_is_told_of_until_it_was_held(planned, held, expected, cause):
    items = start_up_meeting("contract-1", START, (planned, held), RULES)
    assert days(items) == expected
    assert {item.params["cause"] for item in items} == ({cause} if cause else set())


@pytest.mark.parametrize(
    ("special", "plan", "expected"),
    [(True, False, ["2026-06-30"]), (True, True, []), (False, False, []), (False, True, [])],
)
def test_special_terms_without_a_plan_are_told_of_once_sixty_days_after_the_start(special, plan, expected):
    items = terms_without_plan("contract-1", START, special_terms=special, has_plan=plan, rules=RULES)
    assert days(items) == expected


def test_a_quiet_contract_of_high_priority_is_told_of_after_six_months_and_then_each_month():
    items = quiet_contract("contract-1", "high", date(2026, 8, 31), RULES)
    assert days(items)[:3] == ["2027-02-28", "2027-03-31", "2027-04-30"]
    assert len(items) == RULES.quiet_contract.times


@pytest.mark.parametrize("priority", ["", "low", "medium"])
def test_other_contracts_may_be_quiet(priority):
    assert quiet_contract("contract-1", priority, START, RULES) == ()


@pytest.mark.parametrize(
    ("before", "now", "limit"),
    [
        (4, 5, 5),
        (5, 5, None),
        (5, 9, None),
        (9, 10, 10),
        (3, 60, 50),  # the highest one says the most
        (60, 3, None),
        (None, 50, None),  # not known before: nothing was passed
        (4, None, None),
    ],
)
def test_a_limit_is_passed_only_upwards_and_between_two_known_numbers(before, now, limit):
    assert passed_limit(before, now, (5, 10, 25, 50)) == limit


def test_growth_is_told_of_with_the_next_round():
    items = employees_crossing("assessment-1", (9, 12), date(2028, 3, 1), RULES)
    assert [(str(item.due_on), item.severity, item.params["limit"]) for item in items] == [
        ("2028-01-01", "normal", "10")
    ]
    assert employees_crossing("assessment-1", (9, 12), None, RULES) == ()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((4_999_999, 5_000_000), True),
        ((5_000_000, 9_000_000), False),
        ((None, 9_000_000), False),
        ((100, 4_999_999), False),
    ],
)
def test_a_value_past_five_million_is_told_of_with_the_next_round(values, told):
    items = value_crossing("contract-1", values, date(2028, 3, 1), RULES)
    assert bool(items) is told
