"""What a supplier answered, and what that was worth, sets off reasons: T8, T14, T18, T21."""

from datetime import date

import pytest

from compliance.questionnaires import catalogue
from compliance.reviews.answer_facts import (
    EMPLOYEES,
    POSTED_WORKERS,
    SERIOUS_ACCIDENT,
    answer_facts,
    number,
    says,
)
from compliance.reviews.answer_triggers import (
    Outcome,
    accident_answered,
    new_questions,
    posting_without_proof,
    score_drop,
)
from compliance.reviews.parameters import parameters
from compliance.reviews.reasons import wording

RULES, DAY = parameters(), date(2026, 5, 11)


@pytest.mark.parametrize(
    ("before", "now", "cause"),
    [
        (("B", 70), ("B", 55), "points"),
        (("B", 70), ("B", 55.1), None),
        (("A", 85), ("B", 84), "bands"),
        (("B", 70), ("A", 90), None),
        (("B", 70), (None, None), None),  # nothing to hold against each other
        ((None, None), ("E", 10), None),
        ((None, 70), (None, 40), "points"),
        (("A", 95), ("D", 40), "bands"),
    ],
)
def test_a_result_that_falls_by_a_band_or_fifteen_points_is_told_of_at_once(before, now, cause):
    items = score_drop("assessment-2", DAY, (Outcome(*before), Outcome(*now)), RULES)
    expected = [] if cause is None else [("2026-05-11", "high", cause)]
    assert [(str(item.due_on), item.severity, item.params["cause"]) for item in items] == expected


@pytest.mark.parametrize(
    ("foreign", "whose"), [(True, "your own duty"), (False, "The supplier, which hires")]
)
def test_posting_without_proof_says_on_the_day_and_three_days_after_whose_duty_it_is(foreign, whose):
    items = posting_without_proof("contract-1", DAY, supplier_is_foreign=foreign, rules=RULES)
    assert [str(item.due_on) for item in items] == ["2026-05-11", "2026-05-14"]
    assert {item.severity for item in items} == {"critical"}
    assert whose in wording("T14", items[0].params, today=DAY).what_now
    assert items[0].params["report_by"] == "2026-05-14"


@pytest.mark.parametrize(
    ("asked", "newest", "told"),
    [
        ({"human_rights": 1}, {"human_rights": 2}, True),
        ({"human_rights": 2}, {"human_rights": 2}, False),
        ({"human_rights": 2}, {"human_rights": 1}, False),
        ({"human_rights": 2}, {"other": 7}, False),  # a questionnaire that this supplier was not asked
        ({}, {"human_rights": 2}, False),
    ],
)
def test_a_new_version_of_the_questions_waits_for_the_next_round(asked, newest, told):
    items = new_questions("assessment-1", asked, newest, date(2027, 3, 2), RULES)
    assert [str(item.due_on) for item in items] == (["2027-01-01"] if told else [])
    assert new_questions("assessment-1", asked, newest, None, RULES) == ()


def test_growth_and_new_questions_send_no_mail_of_their_own():
    assert RULES.without_mail == {"T17", "T18"}


def test_an_accident_that_was_answered_is_critical_at_once():
    (item,) = accident_answered("assessment-1", DAY, RULES)
    assert (item.kind, item.severity, item.due_on) == ("T21", "critical", DAY)


@pytest.mark.parametrize(
    ("fact", "values", "expected"),
    [
        (POSTED_WORKERS, {"workforce": ["agency", "posted"]}, True),
        (POSTED_WORKERS, {"workforce": ["none"]}, False),
        (POSTED_WORKERS, {}, False),
        (SERIOUS_ACCIDENT, {"serious_accident": "danger_remains"}, True),
        (SERIOUS_ACCIDENT, {"serious_accident": "dealt_with"}, False),
    ],
)
def test_a_fact_is_read_from_the_options_that_the_data_names(fact, values, expected):
    assert says(fact, values) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"employees_total": "12", "employees_in_sweden": "3"}, 12),
        ({"employees_in_sweden": 3}, 3),
        ({"employees_total": "many"}, None),
        ({}, None),
    ],
)
def test_the_number_of_employees_is_that_of_the_best_question_answered(values, expected):
    assert number(EMPLOYEES, values) == expected


def test_every_question_and_option_that_a_fact_names_exists():
    """A misspelt name in the data would silently never set anything off."""
    asked = {question.id: question for one in catalogue.released() for question in one.questions}
    for fact in answer_facts().values():
        assert set(fact.questions) <= set(asked)
        codes = {option.code for name in fact.questions for option in asked[name].options}
        assert fact.any_of <= codes
