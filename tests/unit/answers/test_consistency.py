"""What does not fit together: rules as data, over answers, tables and documents; silent about what is not known."""

from datetime import date

import pytest
from pydantic import ValidationError

from compliance.answers.answer_set import AnswerSet
from compliance.answers.consistency import conflicts_in
from compliance.answers.journey import plan_journey
from compliance.answers.routing import Round
from compliance.answers.values import ContractFacts, GivenAnswer
from compliance.questionnaires import catalogue
from compliance.questionnaires.consistency import Inconsistency, inconsistencies
from compliance.questionnaires.vocabulary import vocabulary

CONTRACT = ContractFacts(1, "EX-1", "Exempel", {"special_labour_terms": False})
HOURS = '{{"year":"2025","hours":"{hours}","injuries":"0","near_misses":"1"}}'
SUB = '{"company":"Exempel AB","tier":"1","task":"Målning","start":"2026-01-01"}'
BUILDERS = {"employees_in_sweden": "10", "work_types": ("construction",)}


def fired(answers, kinds=()):
    areas = catalogue.current_areas()
    profiles = [profile for one in areas if (profile := catalogue.profile_of(one))]
    forms = catalogue.in_order({one.key: one for one in (*profiles, *areas)}.values())
    given = AnswerSet(
        GivenAnswer(name, 1 if name == "subcontractor_register" else None, value=value)
        for name, value in answers.items()
    )
    journey = plan_journey(Round(forms, date(2026, 3, 2), (CONTRACT,), "medium"), given)
    texts = {conflict.text.en for conflict in conflicts_in(journey, inconsistencies(), kinds)}
    return {rule.id for rule in inconsistencies() if rule.text.en in texts}


@pytest.mark.parametrize(
    ("answers", "kinds", "expected"),
    [
        (
            {"employees_in_sweden": "12", "employees_total": "10"},
            (),
            {"more_employees_in_sweden_than_in_all"},
        ),
        ({"employees_in_sweden": "10", "employees_total": "10"}, (), set()),
        ({"employees_in_sweden": "12"}, (), set()),
        (BUILDERS | {"accident_statistics": (HOURS.format(hours=7000),)}, (), {"hours_for_each_employee"}),
        (BUILDERS | {"accident_statistics": (HOURS.format(hours=8000),)}, (), set()),
        (BUILDERS | {"accident_statistics": (HOURS.format(hours=24000),)}, (), set()),
        (BUILDERS | {"accident_statistics": (HOURS.format(hours=24001),)}, (), {"hours_for_each_employee"}),
        (
            {"employees_in_sweden": "0", "accident_statistics": (HOURS.format(hours=1700),)},
            (),
            {"accidents_without_employees"},
        ),
        (
            {"subcontracting": "none", "subcontractor_register": (SUB,)},
            (),
            {"subcontractors_listed_but_denied"},
        ),
        ({"subcontracting": "one_tier", "subcontractor_register": (SUB,)}, (), set()),
        ({"subcontracting": "none", "subcontractor_register": ("none",)}, (), set()),
        ({"subcontracting": "none"}, ("subcontractor_list",), {"subcontractors_documented_but_denied"}),
        ({"subcontracting": "one_tier"}, ("subcontractor_list",), set()),
        ({"workforce": ("none",)}, ("posting_confirmation",), {"posting_documented_but_denied"}),
        ({"workforce": ("posted",)}, ("posting_confirmation",), set()),
        ({}, ("posting_confirmation", "subcontractor_list"), set()),
    ],
)
def test_a_rule_fires_on_what_does_not_fit_and_is_silent_otherwise(answers, kinds, expected):
    assert fired(answers, kinds) == expected


def test_rules_name_only_questions_and_documents_that_exist():
    questions = {q.id for form in catalogue.released() for q in form.questions}
    for rule in inconsistencies():
        assert set(rule.questions) <= questions, rule.id
        assert set(rule.documents) <= set(vocabulary().documents), rule.id
        named = {
            name for part in (rule.when,) if part for one in part.comparisons() for name in [one.subject[1]]
        }
        assert named <= questions, rule.id


def test_a_rule_without_anything_to_look_at_is_no_rule():
    with pytest.raises(ValidationError):
        Inconsistency.model_validate({"id": "tom", "text": {"sv": "a", "en": "b"}, "questions": ["x"]})
