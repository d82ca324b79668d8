"""Each trigger plans its steps on the right days, with keys that stay the same until the date changes."""

from datetime import date

import pytest

from compliance.reviews.parameters import parameters
from compliance.reviews.triggers import (
    assessment_too_old,
    contract_end,
    document_expiring,
    follow_up,
    last_notice_day,
    late_answers,
    low_band,
)
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Tacit

RULES = parameters()
START, END = date(2024, 1, 1), date(2026, 12, 31)


def dates_of(renewal, end=END, on=date(2025, 6, 1)):
    return contract_dates(ContractTerms(START, end, Notice(3, "months"), renewal), on=on)


def shape(items):
    return [(str(item.due_on), item.audience, item.opens_review, item.severity) for item in items]


def test_a_contract_end_is_normal_and_urgent_from_six_months_on():
    assert shape(contract_end("contract-1", dates_of(NoRenewal()), RULES)) == [
        ("2025-12-31", "procurer", True, "normal"),
        ("2026-03-31", "procurer", True, "normal"),
        ("2026-06-30", "procurer", True, "high"),
        ("2026-09-30", "procurer", True, "high"),
    ]


def test_the_last_day_of_notice_is_always_urgent():
    items = last_notice_day("contract-1", dates_of(Tacit(12)), RULES)
    assert [item.severity for item in items] == ["high"] * 4 + ["critical"]
    assert [str(item.due_on) for item in items] == [
        "2026-07-02", "2026-08-01", "2026-08-31", "2026-09-16", "2026-09-23",
    ]  # fmt: skip
    assert items[0].key == "T2:contract-1:2026-09-30:procurer:90-days"
    assert items[0].params["last_working_notice_day"] == "2026-09-30"


def test_a_contract_without_notice_or_end_plans_nothing_for_it():
    assert last_notice_day("contract-1", dates_of(NoRenewal()), RULES) == ()
    assert contract_end("contract-1", dates_of(NoRenewal(), end=None), RULES) == ()


@pytest.mark.parametrize(
    ("months", "days"),
    [
        (36, ["2029-09-24", "2029-10-24", "2029-11-23"]),
        (6, ["2027-03-24", "2027-04-23", "2027-05-23"]),
        (None, []),  # no band, no risk
    ],
)
def test_an_assessment_becomes_too_old_by_its_residual_risk(months, days):
    items = assessment_too_old("contract-1", date(2026, 11, 23), months, RULES)
    assert [str(item.due_on) for item in items] == days


def test_late_answers_remind_the_supplier_four_times_and_then_the_procurer():
    assert shape(late_answers("assessment-1", date(2026, 12, 14), date(2026, 11, 23), RULES)) == [
        ("2026-12-07", "supplier", False, "normal"),
        ("2026-12-14", "supplier", False, "normal"),
        ("2026-12-21", "supplier", False, "normal"),
        ("2026-12-28", "supplier", False, "normal"),
        ("2027-01-04", "procurer", True, "normal"),
    ]


def test_an_invitation_with_a_short_time_skips_the_reminder_that_would_come_with_it():
    items = late_answers("assessment-1", date(2026, 11, 30), date(2026, 11, 23), RULES)
    assert str(items[0].due_on) == "2026-11-30"


def test_a_document_becomes_urgent_on_its_last_valid_day():
    items = document_expiring("document-1", "ISO 45001", date(2027, 3, 31), RULES)
    assert [(str(item.due_on), item.severity) for item in items] == [
        ("2026-12-31", "normal"), ("2027-01-30", "normal"), ("2027-03-01", "normal"),
        ("2027-03-24", "normal"), ("2027-03-31", "high"),
    ]  # fmt: skip
    assert {item.params["document"] for item in items} == {"ISO 45001"}


@pytest.mark.parametrize(
    ("band", "gates", "cause"),
    [
        ("A", [], None),
        ("C", ["G3", "G4", "G5"], None),
        ("D", [], "band"),
        ("E", [], "band"),
        ("E", ["G1"], "G1"),
        ("E", ["G1", "G8"], "G8"),  # a false answer needs a hearing: said first
        (None, ["G2"], None),
        (None, ["G1"], "G1"),
    ],
)
def test_a_low_band_or_a_serious_gate_is_critical_at_once(band, gates, cause):
    items = low_band("contract-1", date(2026, 11, 23), (band, gates), RULES)
    expected = [] if cause is None else [("critical", "2026-11-23", cause)]
    assert [(item.severity, str(item.due_on), item.params["cause"]) for item in items] == expected


def test_a_follow_up_comes_on_its_day_and_twice_again():
    items = follow_up("contract-1", date(2026, 11, 23), date(2027, 1, 22), RULES)
    assert [str(item.due_on) for item in items] == ["2027-01-22", "2027-01-29", "2027-02-05"]


def every_plan(shift):
    """All triggers planned around one date."""
    day = date(2026, 11, 23 + shift)
    dates = dates_of(Tacit(12), end=date(2026, 12, 28 + shift))
    plans = (
        contract_end("contract-1", dates, RULES),
        last_notice_day("contract-1", dates, RULES),
        assessment_too_old("contract-1", day, 12, RULES),
        late_answers("assessment-1", day, START, RULES),
        document_expiring("document-1", "ISO 45001", day, RULES),
        low_band("contract-1", day, ("E", ["G1"]), RULES),
        follow_up("contract-1", START, day, RULES),
    )
    return [item for plan in plans for item in plan]


def test_planning_twice_gives_the_same_items_and_every_key_once():
    assert every_plan(0) == every_plan(0)
    keys = [item.key for item in every_plan(0)]
    assert len(keys) == len(set(keys)) == 26


def test_a_changed_date_gives_new_keys_throughout():
    assert not {item.key for item in every_plan(0)} & {item.key for item in every_plan(1)}


def test_the_severities_of_a_contracts_reminders_name_reminders_that_exist():
    """A misspelt "6 month" in the parameters would silently raise nothing."""
    before = {reminder.before for reminder in dates_of(Tacit(12)).reminders}
    assert set(RULES.contract_end.raised) | set(RULES.last_notice_day.raised) <= before
