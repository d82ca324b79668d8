"""The full catalogue in proportion: how much is asked, what must be shown, and what honest papers are worth."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import plan_journey
from compliance.answers.profile_json import read_case
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Area, Criticality
from compliance.scoring import DEFAULT_METHOD, load_method, score
from compliance.scoring.whole_case import read_whole_case
from tests.unit.answers.painter_cases import FULL, HONEST, SLOPPY, painter

TODAY = date(2026, 11, 23)
PROFILE = catalogue.get("company_profile", 2)


def codes(name):
    options = [option.code for option in PROFILE.question(name).options if not option.exclusive]
    some = st.lists(st.sampled_from(options), min_size=1, unique=True)
    return some if PROFILE.question(name).type == "many_of" else st.sampled_from(options)


SMALL = st.fixed_dictionaries({
    "employees_in_sweden": st.integers(0, 9),
    "yearly_sales_to_us": st.sampled_from([0, 699_999, 700_000, 10**7]),
    **{name: codes(name) for name in ("work_types", "subcontracting", "workforce", "outside_eea", "hazards",
                                      "work_settings", "certificates_held")},
})  # fmt: skip
CONTRACTS = [{"id": 1, "facts": ["special_labour_terms"]}, {"id": 2}]


def asked(profile, risk="medium", contracts=()):
    case = {"profile": profile, "questionnaires": FULL, "contracts": list(contracts), "inherent_risk": risk}
    return plan_journey(*read_case(case, TODAY))


@settings(max_examples=60, deadline=None)
@given(profile=SMALL, risk=st.sampled_from(["low", "medium"]))
def test_a_small_company_without_high_risk_is_never_expected_to_show_more_than_eight_documents(profile, risk):
    way = asked({**profile, "employees_total": profile["employees_in_sweden"]}, risk, CONTRACTS)
    certified = 1 if any(item.question.bonus for item in way.items) else 0  # expected only when it is claimed
    assert sum(item.evidence == "expected" for item in way.items) + certified <= 8


@settings(max_examples=60, deadline=None)
@given(profile=SMALL)
def test_every_area_has_enough_questions_to_give_a_number(profile):
    way = asked({**profile, "employees_total": profile["employees_in_sweden"]}, contracts=CONTRACTS[:1])
    for area in Area:
        assert sum(item.questionnaire.area is area and item.question.scored for item in way.items) >= 5


@pytest.mark.parametrize(
    ("employees", "sales", "risk", "spared"),
    [
        (4, 699_999, "medium", True),
        (5, 699_999, "medium", False),
        (4, 700_000, "medium", False),
        (4, 699_999, "unknown", True),
        (4, 699_999, "high", False),
        (4, None, "low", None),  # nobody knows yet
    ],
)
def test_a_very_small_company_that_sells_little_is_spared_what_matters_least(employees, sales, risk, spared):
    profile = {"employees_in_sweden": employees, "employees_total": employees, "work_types": ["office"]}
    way = asked(profile | ({} if sales is None else {"yearly_sales_to_us": sales}), risk)
    light = {Criticality.MINOR, Criticality.INFO}
    shown = [i for i in way.items if i.questionnaire.area and i.question.criticality in light]
    waiting = [i for i in way.undetermined if i.question.criticality is Criticality.MINOR]
    assert bool(shown) is (spared is False)
    assert bool(waiting) is (spared is not True)  # follow-ups wait for their answers
    assert any(i.question.criticality is Criticality.MAJOR for i in way.items)


def test_the_reason_for_being_spared_names_size_and_sales():
    way = asked({"employees_in_sweden": 3, "employees_total": 3, "yearly_sales_to_us": 300_000}, "low")
    hidden = next(i for i in way.hidden if i.questionnaire.area and i.question.when is None
                  and i.question.criticality is Criticality.MINOR)  # fmt: skip
    told = [reason.sv for reason in hidden.reasons]
    assert told[:2] == [
        "Antal anställda i alla länder: 3 (gränsen går vid 5).",
        "Försäljning till oss: 300\u00a0000 (gränsen går vid 700\u00a0000).",
    ]


def test_the_painter_needs_at_most_45_minutes_also_with_every_follow_up():
    way = plan_journey(*read_case(painter(HONEST), TODAY))
    assert way.progress.done
    assert way.progress.minutes <= 45


def test_an_honest_painter_with_ordinary_papers_reaches_band_b():
    rated = rated_case(painter(HONEST) | {"evidence": PAPERS})
    assert (rated.state, rated.band) == ("rated", "B")


def test_sloppy_answers_do_not_reach_band_b():
    rated = rated_case(painter(SLOPPY) | {"evidence": PAPERS})
    assert rated.band in {"C", "D", "E"}


def test_the_same_honest_answers_without_any_paper_lose_points_but_are_not_thrown_out():
    rated = rated_case(painter(HONEST))
    assert rated.band in {"B", "C"}


def rated_case(document):
    case = read_whole_case(document, TODAY)
    return score(case.items, case.inherent_risk, load_method(DEFAULT_METHOD))


PAPERS = dict.fromkeys(["agreement_or_terms", "insurances", "f_tax", "risks_assessed"], "checked")


def test_a_table_that_is_not_finished_is_kept_but_is_no_answer():
    case = painter(HONEST)
    case["answers"]["accident_statistics"] = [{"year": "2025", "hours": "13600"}]
    round_, answers = read_case(case, TODAY)
    way = plan_journey(round_, answers)
    assert [one.item.id for one in way.missing if one.lack == "unanswered"] == ["accident_statistics"]
    assert ("accident_statistics", None) in answers


def test_an_unanswered_catalogue_can_be_planned():
    case = {"profile": {}, "questionnaires": FULL}
    round_, _ = read_case(case, TODAY)
    assert plan_journey(round_, AnswerSet()).items


PLAIN = {"subcontracting": "none", "workforce": ["none"], "outside_eea": "no", "hazards": ["none"],
         "work_settings": ["none"], "certificates_held": ["none"]}  # fmt: skip
ALONE = PLAIN | {"employees_in_sweden": 0, "employees_total": 0, "work_types": ["construction"]}
STAFFING = PLAIN | {"employees_in_sweden": 120, "employees_total": 120, "work_types": ["staffing"]}
ABROAD = PLAIN | {
    "employees_in_sweden": 0,
    "employees_total": 300,
    "work_types": ["goods"],
    "outside_eea": "yes",
}
CLEANERS = PLAIN | {"employees_in_sweden": 40, "employees_total": 40, "work_types": ["cleaning"]}


@pytest.mark.parametrize(
    ("profile", "is_asked", "is_not"),
    [
        (ALONE, {"f_tax", "staff_register_kept"}, {"contract_wage_level", "freedom_of_association", "annual_leave"}),
        (ALONE | {"subcontracting": "one_tier"}, {"contract_wage_level", "subcontractor_register"}, {"annual_leave"}),
        (STAFFING, {"hired_out_terms", "no_recruitment_fees"}, {"agency_workers", "agency_workers_protected"}),
        (ABROAD, {"freedom_of_association", "products_by_country", "production_terms_abroad"}, {"annual_leave"}),
        (CLEANERS, {"active_measures_written", "manual_handling"}, {"construction_plan", "staff_register_kept"}),
    ],
    ids=["sole trader", "with a subcontractor", "staffing", "goods from abroad", "cleaning"],
)  # fmt: skip
def test_a_company_is_asked_what_makes_sense_for_it(profile, is_asked, is_not):
    way = asked(profile | {"yearly_sales_to_us": 10**6}, contracts=CONTRACTS[:1])
    ids = {item.question.id for item in way.items}
    assert is_asked <= ids
    assert not is_not & ids


def test_a_large_builder_at_high_risk_is_asked_for_less_than_three_hours():
    everything = {name: [o.code for o in PROFILE.question(name).options if not o.exclusive]
                  for name in ("workforce", "hazards", "work_settings")}  # fmt: skip
    builder = PLAIN | everything | {"employees_in_sweden": 250, "employees_total": 250,
                                    "work_types": ["construction"], "subcontracting": "several_tiers"}  # fmt: skip
    assert asked(builder, "high", CONTRACTS[:1]).progress.minutes <= 180
