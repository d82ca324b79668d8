"""The questionnaires that are shipped: complete, in order, in plain words, within what may be asked."""

import re
from datetime import date

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Area, Criticality, Scope
from compliance.questionnaires.question_types import QUESTION_TYPES
from compliance.questionnaires.schema import SCHEMA, schema_text
from compliance.questionnaires.vocabulary import Parameter, vocabulary

AREAS = catalogue.current_areas()
QUESTIONS = [(form.key, question) for form in catalogue.released() for question in form.questions]


def test_the_three_areas_are_there_in_their_order():
    assert [form.area for form in AREAS] == list(Area)
    assert catalogue.released()[0].area is None


@pytest.mark.parametrize("form", AREAS, ids=lambda form: form.key)
def test_every_area_asks_at_least_ten_questions_worth_points(form):
    assert sum(question.scored for question in form.questions) >= 10


def test_every_type_and_both_scopes_are_in_use():
    types = {question.type for _, question in QUESTIONS}
    assert types == set(QUESTION_TYPES)
    assert {question.scope for _, question in QUESTIONS} == set(Scope)


def test_nothing_is_wrong_with_them():
    assert [*catalogue.mistakes_in(catalogue.definition_files(catalogue.DEFINITIONS))] == []
    assert [*catalogue.mistakes_in_expectations()] == []


@pytest.mark.parametrize(("key", "question"), QUESTIONS, ids=lambda value: getattr(value, "id", value))
def test_every_scored_question_says_where_the_duty_comes_from_and_what_counts(key, question):
    if question.scored:
        assert question.references
        assert question.help.counts
    for text in (question.text.sv, question.text.en):
        assert text.endswith(("?", ".")), key


FORBIDDEN = re.compile(
    r"(?i)personnummer|brottsregister|belastningsregister|diagnos|TODO|check this|kontrollera källa"
)


@pytest.mark.parametrize(("key", "question"), QUESTIONS, ids=lambda value: getattr(value, "id", value))
def test_nothing_private_is_asked_and_no_note_to_ourselves_is_left(key, question):
    assert not FORBIDDEN.search(question.model_dump_json()), key


def test_only_a_certificate_gives_extra_credit_and_never_costs():
    extra = [question for _, question in QUESTIONS if question.bonus]
    assert {question.evidence.standard for question in extra} == {"ISO 45001"}


def test_corresponding_terms_are_worth_as_much_as_an_agreement():
    question = next(q for _, q in QUESTIONS if q.option("corresponding_terms"))
    assert question.option("corresponding_terms").credit == 1


def test_zero_tolerance_can_be_denied_only_with_an_explanation():
    grave = [q for _, q in QUESTIONS if q.criticality is Criticality.ZERO_TOLERANCE]
    assert len(grave) >= 5
    assert all(option.needs_comment for q in grave for option in q.options if option.credit != 1)


def test_a_questionnaire_that_does_not_exist_is_said_to_be_unknown():
    with pytest.raises(catalogue.UnknownQuestionnaireError):
        catalogue.get("human_rights", 999)
    with pytest.raises(catalogue.UnknownQuestionnaireError):
        catalogue.current("../human_rights")


def test_an_assessment_gets_the_profile_its_questionnaires_look_at():
    forms = catalogue.with_profiles({"work_environment": 1, "human_rights": 1})
    assert [form.key for form in forms] == ["company_profile", "human_rights", "work_environment"]


def test_the_schema_for_editors_is_the_shape_of_the_model():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_a_threshold_has_the_value_of_its_day():
    parameter = Parameter.model_validate(
        {"meaning": {}, "values": [{"from": "2026-07-01", "value": 25}, {"from": "2017-01-01", "value": 10}]}
    )
    assert parameter.on(date(2026, 6, 30)) == 10
    assert parameter.on(date(2026, 7, 1)) == 25
    assert parameter.on(date(2000, 1, 1)) == 10


def test_every_source_has_words_in_both_languages_and_only_safe_addresses():
    for source in vocabulary().sources.values():
        assert source.title.sv
        assert source.title.en
        assert source.url is None or source.url.startswith("https://")
