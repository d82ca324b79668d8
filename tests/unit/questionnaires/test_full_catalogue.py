"""The newest version of each questionnaire: complete, in plain words, true to the ids of what was released before."""

import re

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Criticality, Question
from compliance.questionnaires.question_types import QUESTION_TYPES
from compliance.questionnaires.versions import compare
from compliance.questionnaires.words import Text
from tests.unit.questionnaires.definition_cases import SAMPLES, codes_in, written

KEYS = ("company_profile", "human_rights", "working_conditions", "work_environment")
NEWEST = [catalogue.get(key, catalogue.versions(key)[-1]) for key in KEYS]
QUESTIONS = [question for form in NEWEST for question in form.questions]
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


def texts(part):
    """Every text in both languages inside a part of a definition."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif hasattr(type(part), "model_fields"):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))


def test_every_question_of_the_earlier_versions_is_still_there():
    for form in NEWEST:
        for version in catalogue.versions(form.key)[:-1]:
            changes = compare(catalogue.get(form.key, version), form)
            assert [change.question for change in changes if change.kind == "removed"] == []


def test_a_later_version_asks_afresh_only_where_choices_changed():
    afresh = [
        change.question
        for form in NEWEST
        for version in catalogue.versions(form.key)[:-1]
        for change in compare(catalogue.get(form.key, version), form)
        if change.kind == "changed" and not change.keeps_answer
    ]
    taken_in_more = {"staff_register_kept"}
    assert set(afresh) == {"work_types", "workforce", "hazards", "work_settings", "tax_debts"} | taken_in_more


def test_the_catalogue_has_every_type_and_twelve_ways_to_fail_what_is_never_accepted():
    assert {question.type for question in QUESTIONS} == set(QUESTION_TYPES)
    options = [option for question in QUESTIONS for option in question.options]
    grave = [q for q in QUESTIONS if q.criticality is Criticality.ZERO_TOLERANCE]
    assert len(grave) + sum(option.criticality is Criticality.ZERO_TOLERANCE for option in options) == 12


@EACH
def test_what_can_cost_points_says_why_what_counts_and_what_to_do(question: Question):
    if not question.scored:
        return
    assert question.references
    assert question.help.counts
    assert question.action or question.bonus


@EACH
def test_a_grave_answer_is_always_explained(question: Question):
    for option in question.options:
        grave = Criticality.ZERO_TOLERANCE in {option.criticality, question.criticality}
        if grave and option.credit != 1:
            assert option.needs_comment, option.code


@EACH
def test_both_languages_say_the_same_numbers_and_end_alike(question: Question):
    for text in texts(question):
        assert numbers(text.sv) == numbers(text.en)
        assert text.sv.endswith("?") == text.en.endswith("?")


def numbers(text):
    joined = re.sub(r"(?<=\d)[ ,\u00a0](?=\d{3})", "", text)
    return sorted(re.findall(r"\d+", joined))


PRIVATE = re.compile(
    r"(?i)brottsregister|belastningsregister|diagnos|facklig tillhörighet|sjukfrånvaro|"
    r"todo|check this|kontrollera källa"
)


@EACH
def test_no_sentence_is_long_and_nothing_private_is_asked(question: Question):
    assert question.text.sv.endswith(("?", "."))
    for text in texts(question):
        assert not PRIVATE.search(f"{text.sv} {text.en}")
        assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.?!:])\s", text.sv)) <= 28


LEAVE_OUT = [
    ("criticality: [info]", "criticality: [info, major]", "leave_out_grave"),
    ("criticality: [info]", "criticality: [grave]", "bad_choice"),
    ("is: 0}", "is: 70000000}", "out_of_reach"),
    ("{profile: employees_in_sweden, is: 0}", "{profile: favourite_colour, is: blue}", "unknown_profile"),
    ("{profile: employees_in_sweden, is: 0}", "{answer: own_words, answered: true}", "later_answer"),
    ("{profile: employees_in_sweden, is: 0}", "{all: []}", "empty_join"),
    ("leave_out:\n  - criticality: [info]\n    when", "leave_out:\n  - when", "missing_field"),
]


@pytest.mark.parametrize(("old", "new", "code"), LEAVE_OUT)
def test_one_mistake_in_what_is_left_out_is_named(tmp_path, old, new, code):
    text = (SAMPLES / "follow_ups.yaml").read_text(encoding="utf-8")
    assert old in text
    assert code in codes_in(written(tmp_path, text.replace(old, new, 1)))
