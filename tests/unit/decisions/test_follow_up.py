"""When the matter comes back after a decision."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.decisions.codes import decision_code, decision_table
from compliance.decisions.follow_up import FollowUpFacts, suggested_follow_up
from compliance.suppliers.calendar import is_working_day
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Tacit

TODAY = date(2026, 11, 23)
OPEN_ENDED = ContractTerms(date(2024, 1, 1), None, None, NoRenewal())
TACIT = ContractTerms(date(2024, 1, 1), date(2027, 12, 31), Notice(3, "months"), Tacit(12))
FIXED = ContractTerms(date(2024, 1, 1), date(2027, 2, 1), None, NoRenewal())
ENDED = ContractTerms(date(2024, 1, 1), date(2026, 10, 31), None, NoRenewal())


def suggest(code, terms=OPEN_ENDED, *, today=TODAY, **facts):
    known = FollowUpFacts(today, contract_dates(terms, on=today), **facts)
    return suggested_follow_up(decision_code(code), known, decision_table().follow_up)


@pytest.mark.parametrize(
    ("months", "assessed_on", "expected"),
    [
        (36, "2026-11-16", "2029-11-16"),
        (24, "2026-11-16", "2028-11-16"),
        (12, "2026-11-16", "2027-11-16"),
        (6, "2026-11-23", "2027-05-21"),  # the 23rd is a Sunday: the working day before
        (None, "2026-11-23", "2027-05-21"),  # no rating is treated like the highest risk
        (12, "2024-01-01", "2026-11-24"),  # long overdue: the next working day
    ],
)
def test_an_approved_supplier_comes_back_by_its_residual_risk(months, assessed_on, expected):
    day = suggest("approve", reassess_months=months, assessed_on=date.fromisoformat(assessed_on))
    assert str(day) == expected


def test_a_supplier_never_assessed_counts_from_the_decision():
    assert str(suggest("approve")) == "2027-05-21"


def test_the_next_assessment_comes_in_time_for_the_contracts_next_decision():
    chain = contract_dates(TACIT, on=TODAY).chain
    assert suggest("approve", TACIT, assessed_on=TODAY, reassess_months=36) == chain.invite_by


def test_a_day_of_the_contract_already_passed_binds_no_longer():
    late = date(2027, 9, 1)
    assert str(suggest("approve", TACIT, today=late, assessed_on=late, reassess_months=12)) == "2028-09-01"


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ("C", "2027-02-19"),  # 90 days: a Sunday, so the Friday before
        ("D", "2027-01-22"),
        ("E", "2026-12-23"),
        (None, "2027-02-19"),
    ],
)
def test_an_action_plan_has_the_days_of_its_band(band, expected):
    assert str(suggest("approve_with_plan", band=band)) == expected


def test_a_plan_ends_in_time_to_decide_about_the_contract():
    today = date(2027, 8, 2)
    assert suggest("approve_with_plan", TACIT, today=today) == contract_dates(TACIT, on=today).chain.decide_by


def test_completion_and_escalation_come_back_in_weeks():
    assert str(suggest("request_completion")) == "2026-12-14"
    assert str(suggest("escalate")) == "2026-12-07"


def test_a_contract_not_extended_comes_back_when_it_lapses():
    assert str(suggest("do_not_extend", FIXED)) == "2027-02-01"
    assert suggest("do_not_extend") is None


def test_an_ended_contract_has_nothing_left_to_come_back_to():
    assert suggest("approve", ENDED) is None
    assert suggest("do_not_extend", ENDED) is None


CODES = st.sampled_from(sorted(decision_table().codes))
BANDS = st.sampled_from([None, *"ABCDE"])


@given(
    CODES,
    st.sampled_from([OPEN_ENDED, TACIT, FIXED, ENDED]),
    st.integers(0, 1500),
    st.sampled_from([6, 36]),
    BANDS,
)
def test_a_suggestion_is_always_a_working_day_ahead(code, terms, after, months, band):
    today = TODAY + timedelta(days=after)
    day = suggest(code, terms, today=today, reassess_months=months, assessed_on=TODAY, band=band)
    assert day is None or (day > today and is_working_day(day))
