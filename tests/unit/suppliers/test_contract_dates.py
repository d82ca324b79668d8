"""Contract dates as decision tables: fixed, option and tacit contracts, the chain and the reminders."""

import time
from datetime import date

import pytest

from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_terms import ContractTerms, Notice, Tacit
from tests.unit.suppliers.contract_cases import dates_on, days, fixed, months, option, picked, tacit

NOTICE = ("period_end", "ends_on", "ended", "last_notice_day", "missed")
CHAIN = ("decide_by", "review_ready_by", "answers_due", "invite_by")


def test_the_example_of_the_rules():
    case = option(notice=months(3), set_on="2026-11-23") | {"notice": months(6)}
    assert dates_on(case, "2026-11-23") == {
        "on": "2026-11-23", "period_end": "2027-03-31", "ends_on": None, "ended": False,
        "last_notice_day": "2026-12-31", "last_working_notice_day": "2026-12-30", "missed": False,
        "next": None,
        "decide_by": "2026-12-14", "review_ready_by": "2026-11-30", "answers_due": "2026-11-09",
        "invite_by": "2026-10-09",
        "reminders": [
            {"trigger": "T2", "on": "2026-12-01", "before": "30 days"},
            {"trigger": "T2", "on": "2026-12-17", "before": "14 days"},
            {"trigger": "T2", "on": "2026-12-24", "before": "7 days"},
            {"trigger": "T1", "on": "2026-12-31", "before": "3 months"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "on", "expected"),
    [
        # fixed: known to end, nobody gives notice
        (fixed(), "2026-01-01", ("2027-03-31", "2027-03-31", False, None, False)),
        (fixed(), "2027-03-31", ("2027-03-31", "2027-03-31", False, None, False)),
        (fixed(), "2027-04-01", ("2027-03-31", "2027-03-31", True, None, False)),
        # a contract not yet begun
        (fixed(), "1990-01-01", ("2027-03-31", "2027-03-31", False, None, False)),
        # option: only recorded extensions move the end
        (option(), "2026-12-31", ("2027-03-31", None, False, "2026-12-31", False)),
        (option(), "2027-01-01", ("2027-03-31", None, False, "2026-12-31", True)),
        (option(), "2027-04-01", ("2027-03-31", None, True, None, False)),
        (option(extended=1), "2027-04-01", ("2028-03-31", None, False, "2027-12-31", False)),
        # fully extended: nothing left to call
        (option(extended=2), "2027-04-01", ("2029-03-31", "2029-03-31", False, None, False)),
        (option(extended=2), "2029-04-01", ("2029-03-31", "2029-03-31", True, None, False)),
        # notice given means nothing to an option or a fixed term
        (option(notice_given_on="2026-10-01"), "2026-12-31",
         ("2027-03-31", None, False, "2026-12-31", False)),
        # tacit: the first period that ends on or after the day
        (tacit(), "2026-09-30", ("2026-12-31", None, False, "2026-09-30", False)),
        (tacit(), "2026-10-01", ("2026-12-31", None, False, "2026-09-30", True)),
        (tacit(), "2026-12-31", ("2026-12-31", None, False, "2026-09-30", True)),
        (tacit(), "2027-01-01", ("2027-12-31", None, False, "2027-09-30", False)),
        (tacit(), "2150-12-31", ("2150-12-31", None, False, "2150-09-30", True)),
        # leap days are computed from the first end each time
        (tacit("2024-02-29", notice=days(30), start="2023-01-01"), "2025-03-01",
         ("2026-02-28", None, False, "2026-01-29", False)),
        (tacit("2024-02-29", notice=days(30), start="2023-01-01"), "2027-03-01",
         ("2028-02-29", None, False, "2028-01-30", False)),
        # no limit left: ends with the last allowed period
        (tacit(most=0), "2026-01-01", ("2026-12-31", "2026-12-31", False, None, False)),
        (tacit(most=1), "2026-01-01", ("2026-12-31", None, False, "2026-09-30", False)),
        (tacit(most=1), "2027-01-01", ("2027-12-31", "2027-12-31", False, None, False)),
        (tacit(most=1), "2028-01-01", ("2027-12-31", "2027-12-31", True, None, False)),
        # notice of 0 days can be given on the last day itself
        (tacit(notice=days(0)), "2026-12-31", ("2026-12-31", None, False, "2026-12-31", False)),
    ],
)  # fmt: skip
def test_where_a_contract_stands(case, on, expected):
    assert picked(case, on, *NOTICE) == expected


@pytest.mark.parametrize(
    ("given", "on", "period_end", "ends_on", "ended"),
    [
        (
            "2026-09-30",
            "2026-06-01",
            "2026-12-31",
            "2026-12-31",
            False,
        ),  # in time, and ahead of the day
        ("2026-10-01", "2026-11-01", "2026-12-31", "2027-12-31", False),  # one day late: takes a year later
        ("2026-10-01", "2027-01-01", "2027-12-31", "2027-12-31", False),
        ("2026-10-01", "2028-01-01", "2027-12-31", "2027-12-31", True),
        ("2030-02-02", "2026-01-01", "2026-12-31", "2030-12-31", False),
        ("1995-01-01", "2026-01-01", "2026-12-31", "2026-12-31", False),
    ],
)
def test_notice_takes_at_the_first_period_it_reaches(given, on, period_end, ends_on, ended):
    found = dates_on(tacit(given=given), on)
    assert (found["period_end"], found["ends_on"], found["ended"]) == (period_end, ends_on, ended)
    assert (found["last_notice_day"], found["next"], found["missed"]) == (None, None, False)


def test_notice_that_takes_later_hangs_the_chain_and_reminders_on_the_known_end():
    found = dates_on(tacit(given="2026-10-01"), "2026-11-01")
    assert found["decide_by"] == dates_on(fixed("2027-12-31"), "2026-11-01")["decide_by"]
    assert [r["on"] for r in found["reminders"]] == ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30"]


def test_notice_after_the_last_allowed_period_takes_nowhere():
    case = tacit(most=1, given="2029-01-01")
    assert picked(case, "2026-01-01", *NOTICE) == ("2026-12-31", None, False, "2026-09-30", False)
    assert picked(case, "2027-06-01", *NOTICE) == ("2027-12-31", "2027-12-31", False, None, False)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (None, ("2027-12-31", "2027-09-30", "2027-09-30")),
        (2, ("2027-12-31", "2027-09-30", "2027-09-30")),
        (1, ("2027-12-31", None, None)),  # nothing can follow the next period
    ],
)
def test_a_missed_day_of_notice_shows_the_period_it_leads_into(most, expected):
    following = dates_on(tacit(most=most), "2026-10-01")["next"]
    assert tuple(following.values()) == expected


def test_a_missed_option_leads_nowhere():
    assert dates_on(option(), "2027-01-01")["next"] is None


def test_a_contract_until_further_notice_has_no_dates_at_all():
    found = dates_on(fixed(None, notice=months(3), notice_given_on="2026-01-01"), "2026-11-23")
    assert found.pop("on") == "2026-11-23"
    assert found.pop("reminders") == []
    assert (found.pop("ended"), found.pop("missed")) == (False, False)
    assert set(found.values()) == {None}


def test_an_ended_contract_keeps_its_end_and_nothing_to_do():
    found = dates_on(tacit(most=0, set_on="2020-01-01"), "2027-01-01")
    assert found["reminders"] == []
    assert [found[name] for name in CHAIN] == [None] * 4


def test_leads_of_nothing_leave_the_anchor_where_it_is():
    leads = dict.fromkeys(("decision", "review", "handling", "answering"), 0)
    assert picked(option(leads=leads), "2026-11-23", *CHAIN) == ("2026-12-30",) * 4


def test_leads_not_given_are_the_defaults():
    assert picked(option(leads={"decision": 10}), "2026-11-23", *CHAIN) == picked(
        option(), "2026-11-23", *CHAIN
    )


def test_without_a_day_of_notice_the_chain_hangs_six_months_before_the_end():
    leads = dict.fromkeys(("decision", "review", "handling", "answering"), 0)
    # six months before 2027-06-30 is 2026-12-30; before 2027-07-01 it is New Year's Day
    assert picked(fixed("2027-06-30", leads=leads), "2026-01-01", "decide_by") == ("2026-12-30",)
    assert picked(fixed("2027-07-01", leads=leads), "2026-01-01", "decide_by") == ("2026-12-30",)


def test_only_reminders_after_the_day_they_were_set_are_armed():
    case = tacit(set_on="2026-07-02")  # 90 days before is that very day
    assert [(r["trigger"], r["on"]) for r in dates_on(case, "2026-11-23")["reminders"]] == [
        ("T2", "2026-08-01"), ("T2", "2026-08-31"), ("T2", "2026-09-16"),
        ("T2", "2026-09-23"), ("T1", "2026-09-30"),
    ]  # fmt: skip
    assert dates_on(case, "2026-01-01") == dates_on(case, "2026-01-01") | {"on": "2026-01-01"}


def test_on_the_same_day_the_end_comes_before_the_notice():
    # 3 months before the end and 90 days before the last day of notice are both 29 September
    case = tacit("2026-12-29", notice=days(1), set_on="2026-01-01")
    same = [r["trigger"] for r in dates_on(case, "2026-01-01")["reminders"] if r["on"] == "2026-09-29"]
    assert same == ["T1", "T2"]


@pytest.mark.parametrize("on", ["1990-01-01", "2150-12-31"])
@pytest.mark.parametrize("end", ["1990-01-01", "2150-12-31"])
@pytest.mark.parametrize("length", [1, 12_000])
def test_the_limits_of_the_calendar_do_not_crash(on, end, length):
    leads = {"decision": 10_000, "review": 10_000, "handling": 10_000, "answering": 10_000}
    case = tacit(end, length=length, notice=days(0), given="2150-12-31", leads=leads, start="1990-01-01")
    dates_on(case, on)
    dates_on(case | {"notice_given_on": None}, on)
    dates_on(option(end, length=length, extended=1, notice=days(0), leads=leads, start="1990-01-01"), on)


def test_a_hundred_thousand_long_running_contracts_are_quick():
    """No walking over days or periods; measured 2 to 3 s for 100,000, so a tenth has ample room in 3 s."""
    terms = ContractTerms(
        date(1990, 1, 1), date(1990, 3, 31), Notice(1, "months"), Tacit(1, None), date(2149, 1, 1)
    )
    start = time.perf_counter()
    for _ in range(10_000):
        contract_dates(terms, on=date(2148, 11, 23))
    assert time.perf_counter() - start < 3
