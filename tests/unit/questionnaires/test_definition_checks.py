"""The checks of definitions: every mistake at once, with its line and question, and no crash on anything."""

import random
from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.questionnaires.catalogue import mistakes_in
from compliance.questionnaires.loader import inspect, load
from compliance.questionnaires.mistakes import MESSAGES, DefinitionError
from tests.unit.questionnaires.definition_cases import SAMPLES, codes_in, sample, written

PLANTED, MORE = SAMPLES / "planted_mistakes.yaml", SAMPLES / "more_mistakes.yaml"
EXPECTED = {
    "looks_ahead": "later_answer", "no_swedish": "missing_translation", "no_help": "missing_help",
    "misspelled": "unknown_field", "strange_type": "bad_choice", "twice_the_same": "doubled_option",
    "credit_forgotten": "credit_missing", "credit_too_high": "bad_value", "grave_but_optional": "zero_tolerance_na",
    "grave_bonus": "zero_tolerance_bonus", "no_action": "action_missing", "worth_nothing": "unscored",
    "range_turned": "range_reversed", "unknown_law": "unknown_source", "unknown_profile_field": "unknown_profile",
    "unknown_choice": "unknown_option_in_condition", "unknown_threshold": "unknown_parameter",
    "bare_threshold": "literal_threshold", "wrong_operator": "operator_does_not_fit",
    "two_operators": "condition_shape", "unknown_contract_flag": "unknown_contract_fact",
    "hangs_on_contract": "narrower_answer", "Bad-Id": "bad_code", "written_twice": "doubled_key",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted():
    return list(mistakes_in([PLANTED]))


@pytest.mark.parametrize(("question", "code"), EXPECTED.items())
def test_each_planted_mistake_is_named_once_at_its_question(planted, question, code):
    assert [mistake.code for mistake in planted if mistake.question == question] == [code]


def test_mistakes_without_a_question_of_their_own_are_named_too(planted):
    rest = [m.code for m in planted if m.question not in EXPECTED]
    proof = ["unknown_document", "unknown_expectation"]
    names = ["doubled_question", "operator_does_not_fit", "unknown_question", "unwanted"]
    assert sorted(rest) == sorted([*proof, *names, "not_dated"])


MORE_EXPECTED = {
    "numbers_disagree": "numbers_differ", "half_a_question": "question_mark", "left_in_swedish": "not_translated",
    "asks_too_much": "private", "unfinished": "note_left", "asked_already": "same_text", "no_law": "no_reference",
    "nothing_counts": "no_counts", "ticked_and_judged": "grave_unexplained", "never_asked": "never_holds",
    "everybody_right": "always_full", "day_against_words": "comparison_type", "from_the_future": "afresh_later",
    "no_time_at_all": "bad_value", "too_patient": "bad_value", "one_choice": "no_options",
    "column_without_choices": "no_options", "figure_of_nothing": "not_a_number_column",
    "steps_in_wrong_order": "unreachable_step", "yes_is_not_a_list": "bad_value", "nobody_is_right": "no_full_credit",
    None: "doubled_contradiction doubled_section leave_out_grave missing_translation",
}  # fmt: skip


def test_each_mistake_of_meaning_is_named_once_and_nothing_else():
    found = {}
    for mistake in mistakes_in([MORE]):
        found.setdefault(mistake.question, []).append(mistake.code)
    assert {question: " ".join(sorted(codes)) for question, codes in found.items()} == MORE_EXPECTED


def test_every_mistake_points_at_its_line(planted):
    lines = PLANTED.read_text(encoding="utf-8").splitlines()
    assert all(1 <= mistake.line <= len(lines) for mistake in planted)
    at = {mistake.code: lines[mistake.line - 1] for mistake in planted}
    assert "evidense" in at["unknown_field"]
    assert "jantelagen" in at["unknown_source"]
    assert at["doubled_key"].strip() == "type: text"


def test_every_message_tells_what_to_do(planted):
    for code, sentence in MESSAGES.items():
        assert sentence.endswith("."), code
    assert all("{" not in mistake.message for mistake in planted if mistake.code != "bad_value")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_mapping"),
        ("- a list", "not_a_mapping"),
        ("key: [unclosed", "unreadable"),
        ("key: &a x\nother: *a", "alias"),
        ("key: !!python/object:os.system x", "missing_field"),
        ("key: \x00", "unreadable"),
        ("[" * 5000, "unreadable"),
        ("sections: 3", "bad_value"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_in_words(tmp_path, text, code):
    assert code in codes_in(written(tmp_path, text))


def test_a_file_that_is_not_text_is_refused_in_words(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    assert [mistake.code for mistake in inspect(file).mistakes] == ["unreadable"]


def test_load_raises_with_every_mistake():
    with pytest.raises(DefinitionError) as broken:
        load(PLANTED)
    assert len(broken.value.mistakes) >= 20


def test_a_broken_header_hides_no_mistake_further_down(tmp_path):
    text = (SAMPLES / "conditions.yaml").read_text(encoding="utf-8")
    broken = text.replace("key: sample", "clef: sample").replace("status: draft", "status: published")
    broken = broken.replace("id: only", "id: Only One").replace("answer: child", "answer: nobody")
    found = codes_in(written(tmp_path, broken))
    assert sorted(found) == ["bad_choice", "bad_code", "missing_field", "unknown_answer", "unknown_field"]


CHANGES = [
    ("status: draft", "status: published", "bad_choice"),
    ("version: 1}", "version: 9}", "profile_not_found"),
    ("area: human_rights\n", "", "profile_scored"),
    ("profile: {questionnaire: company_profile, version: 1}\n", "", "no_profile"),
    ('title: {sv: "Prov"', 'title: {sv: ""', "missing_translation"),
    ("at_least: {parameter: safety_representative_employees}", "at_least: 2000000", "out_of_reach"),
    ("any_of: [medium, high]", "any_of: [dreadful]", "unknown_option_in_condition"),
    ("none: [{answer: child", "none: [{answer: nobody", "unknown_answer"),
    ('{none: [{answer: child, is: "yes"}]}', "{none: []}", "empty_join"),
    ("- id: parent", "- id: hazards", "doubled_across"),
]


@pytest.mark.parametrize(("old", "new", "code"), CHANGES)
def test_one_change_to_a_right_definition_is_one_named_mistake(tmp_path, old, new, code):
    text = (SAMPLES / "conditions.yaml").read_text(encoding="utf-8")
    assert old in text
    assert code in codes_in(written(tmp_path, text.replace(old, new, 1)))


STEPS = [
    ("at_least: 80, credit: 1}, {at_least: 50", "at_least: 50, credit: 1}, {at_least: 80", "unreachable_step"),
    ("{at_least: 80, credit: 1}", "{credit: 1}", "step_shape"),
    ("{at_least: 80, credit: 1}, ", "", "no_full_credit"),
    ("criticality: minor", "criticality: info", "credit_on_info"),
    ("criticality: minor", "criticality: minor\n        credit_when_answered: 1", "unwanted"),
    ("criticality: minor", "criticality: minor\n        date: {}", "unwanted"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), STEPS)
def test_credit_that_cannot_work_is_named(tmp_path, old, new, code):
    text = (SAMPLES / "number.yaml").read_text(encoding="utf-8")
    assert code in codes_in(written(tmp_path, text.replace(old, new, 1)))


def test_a_profile_may_not_leave_its_answers_unknown(tmp_path):
    text = (SAMPLES / "yes_partly_no.yaml").read_text(encoding="utf-8")
    profile = text.replace("area: human_rights\n", "").replace("criticality: major", "criticality: info")
    assert "input_may_be_unknown" in codes_in(written(tmp_path, profile))


@pytest.mark.parametrize(
    "file", sorted(p for p in SAMPLES.glob("*.yaml") if p not in {PLANTED, MORE}), ids=lambda p: p.stem
)
def test_the_samples_are_right(file):
    assert list(mistakes_in([file])) == []


def test_yes_and_no_are_codes_and_not_booleans():
    assert [option.code for option in sample("yes_partly_no").questions[0].options] == ["yes", "partly", "no"]


RUBBISH = [None, True, "x", 3, [], {}, [None], {"a": {}}, "yes", -1]


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(),
    rubbish=st.sampled_from(RUBBISH),
    name=st.sampled_from(["conditions", "one_of", "proof", "table", "follow_ups"]),
)
def test_no_damage_to_a_definition_makes_the_checks_crash(tmp_path_factory, seed, rubbish, name):
    data = yaml.load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    damaged = damage(deepcopy(data), random.Random(seed), rubbish)
    file = tmp_path_factory.mktemp("damaged") / "definition.yaml"
    file.write_text(yaml.safe_dump(damaged, allow_unicode=True), encoding="utf-8")
    for mistake in inspect(file).mistakes:
        assert str(mistake)


def damage(data, dice, rubbish):
    """Replace or remove one thing somewhere."""
    here, holder, key = data, None, None
    while isinstance(here, dict | list) and here and (holder is None or dice.random() < 0.8):
        key = dice.choice(list(here) if isinstance(here, dict) else range(len(here)))
        holder, here = here, here[key]
    if dice.random() < 0.3:
        del holder[key]
    else:
        holder[key] = rubbish
    return data
