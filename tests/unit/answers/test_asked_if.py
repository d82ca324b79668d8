"""What must hold for a question to be asked is told in words, without what is known already."""

from datetime import date

import pytest

from compliance.answers.answer_set import AnswerSet
from compliance.answers.asked_if import asked_if
from compliance.answers.routing import Round, route
from compliance.answers.values import GivenAnswer
from compliance.questionnaires import catalogue
from compliance.questionnaires.conditions import Condition
from compliance.questionnaires.model import Question, Questionnaire
from compliance.questionnaires.words import Text

ROLES = [{"code": code, "label": {"sv": code, "en": code}} for code in ("yes", "partly", "no")]


def questions(**when) -> tuple[Question, ...]:
    def one(name: str, kind: str, condition=None, **more) -> Question:
        words = Text(sv=name, en=name)
        return Question(
            id=name, type=kind, criticality="info", name=words, text=words, when=condition, **more
        )

    last = one("last", "text", Condition.model_validate(when))
    choice = one("policy", "yes_partly_no", options=tuple(ROLES))
    return (one("people", "number"), choice, last)


def told(**when):
    form = Questionnaire(
        key="form", version=1, status="draft", sections=({"id": "only", "questions": questions(**when)},)
    )
    items = route(Round((form,), date(2026, 1, 1), inherent_risk="low"), AnswerSet())
    return asked_if(items[-1], items)


@pytest.mark.parametrize(
    ("when", "join", "parts"),
    [
        ({"answer": "policy", "is": "yes"}, "all", ["you answer “yes” to “policy”"]),
        ({"answer": "policy", "is_not": "no"}, "all", ["you answer anything but “no” to “policy”"]),
        (
            {"answer": "policy", "any_of": ["yes", "partly"]},
            "all",
            ["you answer “yes” or “partly” to “policy”"],
        ),
        ({"none": [{"answer": "people", "at_least": 5}]}, "all", ["“people” is less than 5"]),
        ({"none": [{"answer": "people", "at_most": 5}]}, "all", ["“people” is more than 5"]),
        (
            {"any": [{"answer": "people", "at_least": 5}, {"answer": "policy", "is": "no"}]},
            "any",
            ["“people” is at least 5", "you answer “no” to “policy”"],
        ),
        (
            {"none": [{"answer": "people", "at_least": 5}, {"answer": "policy", "is": "no"}]},
            "all",
            ["“people” is less than 5", "you answer anything but “no” to “policy”"],
        ),
        (  # our risk is known to be low: what it decides is not told
            {"any": [{"risk": "inherent", "is": "high"}, {"answer": "policy", "is": "no"}]},
            "all",
            ["you answer “no” to “policy”"],
        ),
        (
            {"none": [{"all": [{"answer": "people", "at_least": 5}, {"answer": "policy", "is": "no"}]}]},
            "any",
            ["“people” is less than 5", "you answer anything but “no” to “policy”"],
        ),
    ],
)
def test_conditions_are_told_as_people_say_them(when, join, parts):
    found = told(**when)
    assert (found.join, [part.en for part in found.parts]) == (join, parts)


def test_a_settled_question_has_no_condition_to_tell():
    assert told(risk="inherent", **{"is": "low"}) is None


def test_every_open_question_of_every_released_questionnaire_can_be_told():
    for form in catalogue.released():
        asked = catalogue.with_profiles({form.key: form.version})
        items = route(Round(asked, date(2026, 11, 23)), AnswerSet())
        for item in items:
            assert (item.verdict is None) == (asked_if(item, items) is not None), item.id


def test_an_answer_given_takes_its_condition_away():
    asked = catalogue.with_profiles({form.key: form.version for form in catalogue.current_areas()})
    given = AnswerSet([GivenAnswer("employees_in_sweden", value="8")])
    items = route(Round(asked, date(2026, 11, 23)), given)
    name = next(item.question.name.sv for item in items if item.question.id == "employees_in_sweden")
    told_parts = [part.sv for item in items if (found := asked_if(item, items)) for part in found.parts]
    assert told_parts
    assert not [part for part in told_parts if name in part]
