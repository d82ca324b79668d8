"""The list of subcontractors sets off reasons: T12 and T13."""

from datetime import date

import pytest

from compliance.reviews.parameters import parameters
from compliance.reviews.register_triggers import too_many_tiers, unapproved_subcontractor

RULES, START = parameters(), date(2026, 5, 11)


@pytest.mark.parametrize(
    ("approval", "expected"),
    [("waiting", ["2026-05-04", "2026-05-11"]), ("refused", ["2026-05-04", "2026-05-11"]), ("approved", [])],
)
def test_an_unapproved_subcontractor_is_told_of_a_week_before_it_begins_and_on_the_day(approval, expected):
    items = unapproved_subcontractor("subcontractor-1", START, approval, RULES)
    assert [str(item.due_on) for item in items] == expected
    assert {item.severity for item in items} <= {"high"}


@pytest.mark.parametrize(
    ("tier", "limit", "told"), [(1, 1, False), (2, 1, True), (3, 2, True), (9, None, False), (1, 0, True)]
)
def test_a_chain_deeper_than_the_contract_allows_is_told_of_at_once(tier, limit, told):
    items = too_many_tiers("subcontractor-1", START, (tier, limit), RULES)
    assert [(str(item.due_on), item.severity) for item in items] == ([("2026-05-11", "high")] if told else [])
