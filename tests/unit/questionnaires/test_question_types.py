"""Each question type: what it takes, keeps, shows, and what it is worth."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.questionnaires.model import Criticality, TypeName
from compliance.questionnaires.question_types import QUESTION_TYPES, BadValueError, type_of
from tests.unit.questionnaires.definition_cases import SAMPLES, TODAY, only_question

ACCEPTED = [
    ("yes_partly_no", ["partly"], "partly", "Delvis", "0.5"),
    ("one_of", [" right "], "right", "Rätt", "1"),
    (
        "many_of",
        ["second", "first", "first"],
        ("first", "second"),
        "Första, Andra",
        "1",
    ),  # at most 1 together
    ("many_of", ["second"], ("second",), "Andra", "0.6"),
    ("number", ["1 234,5"], "1234.5", "1\u00a0234,5 kr", "1"),
    ("number", ["1\u00a0234.5 kr"], "1234.5", "1\u00a0234,5 kr", "1"),
    ("number", ["50.0"], "50", "50 kr", "0.5"),
    ("number", ["-0"], "0", "0 kr", "0"),
    ("date", ["2026-03-12"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["12 mars 2026"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["den 12 Mars 2026"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["12th March 2026"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["12/3 2026"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["20260312"], "2026-03-12", "12 mars 2026", "1"),
    ("date", ["23.11.2025"], "2025-11-23", "23 november 2025", "1"),  # exactly twelve months
    ("date", ["2025-11-22"], "2025-11-22", "22 november 2025", "0.5"),  # a day over twelve months
    ("date", ["2025-05-22"], "2025-05-22", "22 maj 2025", "0"),  # a day over eighteen months
    ("date", ["never"], "never", "Inte gjort", "0"),
    ("text", ["  vd\r\noch ägare\x00 "], "vd\noch ägare", "vd\noch ägare", "1"),
    ("upload", ["17", "4", "17"], ("17", "4"), "17, 4", "1"),
]

REFUSED = [
    ("yes_partly_no", ["maybe"], "unknown_option"),
    ("yes_partly_no", ["yes", "no"], "too_many_values"),
    ("many_of", ["first", "nothing"], "exclusive_option"),
    ("many_of", ["first", "<b>"], "unknown_option"),
    ("number", ["många"], "not_a_number"),
    ("number", ["12 34"], "not_a_number"),
    ("number", ["1e9"], "not_a_number"),
    ("number", ["NaN"], "not_a_number"),
    ("number", ["١٢"], "not_a_number"),
    ("number", ["9" * 5000], "not_a_number"),
    ("number", ["1,25"], "too_many_decimals"),
    ("number", ["-1"], "number_too_small"),
    ("number", ["10000,5"], "number_too_large"),
    ("date", ["i våras"], "not_a_date"),
    ("date", ["12 blåbär 2026"], "not_a_date"),
    ("date", ["260312"], "not_a_date"),
    ("date", ["2026-02-30"], "no_such_day"),
    ("date", ["0000-01-01"], "no_such_day"),
    ("date", ["03/04/2026"], "ambiguous_date"),
    ("date", ["2026-11-24"], "date_in_future"),
    ("date", ["1826-11-24"], "date_too_early"),
    ("text", ["å" * 21], "text_too_long"),
    ("text", ["\ud800"], "unreadable_text"),
    ("text", ["a", "b"], "too_many_values"),
    ("upload", ["1", "2", "3"], "too_many_files"),
    ("upload", ["../../etc"], "unknown_document"),
]


@pytest.mark.parametrize(("name", "posted", "value", "shown", "credit"), ACCEPTED)
def test_what_people_type_is_kept_shown_and_credited(name, posted, value, shown, credit):
    question = only_question(name)
    kind = type_of(question)
    assert kind.parse(posted, question, on=TODAY) == value
    assert kind.show(value, question, "sv") == shown
    assert kind.credit(value, question, on=TODAY) == Decimal(credit)


@pytest.mark.parametrize(("name", "posted", "code"), REFUSED)
def test_what_cannot_be_taken_is_refused_with_a_sentence(name, posted, code):
    question = only_question(name)
    with pytest.raises(BadValueError) as refused:
        type_of(question).parse(posted, question, on=TODAY)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize("name", QUESTION_TYPES)
@pytest.mark.parametrize("posted", [[], [""], ["  "]])
def test_nothing_typed_is_no_answer(name, posted):
    question = only_question(name)
    assert type_of(question).parse(posted, question, on=TODAY) is None


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_every_type_has_a_sample_and_a_place_in_the_model(name):
    assert (SAMPLES / f"{name}.yaml").exists()
    assert set(get_args(TypeName)) == set(QUESTION_TYPES)


@pytest.mark.parametrize("name", QUESTION_TYPES)
@settings(deadline=None)  # the first one reads the definitions
@given(posted=st.lists(st.text(), max_size=4))
def test_anything_posted_is_taken_or_refused_and_what_is_taken_can_be_read_back(name, posted):
    question = only_question(name)
    kind = type_of(question)
    try:
        value = kind.parse(posted, question, on=TODAY)
    except BadValueError:
        return
    if value is not None:
        assert kind.revive(list(value) if isinstance(value, tuple) else value, question, on=TODAY) == value
        assert kind.show(value, question, "en")


@pytest.mark.parametrize(
    ("raw", "value"), [(12, "12"), (12.5, "12.5"), ("12,5", "12.5"), (None, None), ([], None)]
)
def test_numbers_in_json_are_read_as_written(raw, value):
    question = only_question("number")
    assert type_of(question).from_json(raw, question, on=TODAY) == value


@pytest.mark.parametrize("stored", ["gone", ["right"], 3, {"code": "right"}, None, True])
def test_a_stored_value_that_the_question_would_not_take_is_no_answer(stored):
    question = only_question("one_of")
    assert type_of(question).revive(stored, question, on=TODAY) is None


def test_an_option_may_raise_the_criticality_and_ask_for_a_comment():
    question = only_question("one_of")
    kind = type_of(question)
    assert kind.criticality("right", question) is Criticality.MAJOR
    assert kind.criticality("dangerous", question) is Criticality.ZERO_TOLERANCE
    assert kind.needs_comment("dangerous", question)
    assert not kind.needs_comment("right", question)


def test_a_refused_combination_is_named_in_the_language_of_the_reader():
    question = only_question("many_of")
    with pytest.raises(BadValueError) as refused:
        type_of(question).parse(["first", "nothing"], question, on=TODAY)
    assert refused.value.values("sv") == {"option": "Inget"}
