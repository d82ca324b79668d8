"""Conditions: one table of operators, three verdicts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from compliance.questionnaires.conditions import Absent, Condition, Situation, evaluate

FACTS = {
    ("profile", "size"): Decimal(8),
    ("profile", "hazards"): frozenset({"height", "dust"}),
    ("profile", "later"): Absent.UNANSWERED,
    ("answer", "policy"): "partly",
    ("answer", "hidden"): Absent.NOT_GIVEN,
    ("contract", "terms"): True,
    ("risk", "inherent"): "medium",
}
SITUATION = Situation(lambda source, name: FACTS[source, name], {"limit": Decimal(5)})


def holds(**condition):
    return evaluate(Condition.model_validate(condition), SITUATION).verdict


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ({"answer": "policy", "is": "partly"}, True),
        ({"answer": "policy", "is": "yes"}, False),
        ({"answer": "policy", "is_not": "yes"}, True),
        ({"answer": "policy", "any_of": ["yes", "partly"]}, True),
        ({"answer": "policy", "none_of": ["yes", "partly"]}, False),
        ({"profile": "hazards", "any_of": ["dust", "noise"]}, True),
        ({"profile": "hazards", "none_of": ["noise"]}, True),
        ({"profile": "size", "at_least": 8}, True),
        ({"profile": "size", "at_least": 9}, False),
        ({"profile": "size", "at_most": 8}, True),
        ({"profile": "size", "at_most": 7}, False),
        ({"profile": "size", "is": 8}, True),
        ({"profile": "size", "at_least": {"parameter": "limit"}}, True),
        ({"profile": "size", "at_most": {"parameter": "limit"}}, False),
        ({"contract": "terms", "is": True}, True),
        ({"contract": "terms", "is": False}, False),
        ({"risk": "inherent", "any_of": ["medium", "high"]}, True),
        ({"answer": "policy", "answered": True}, True),
        ({"profile": "later", "answered": True}, False),  # about the absence itself: determined
        ({"profile": "later", "answered": False}, True),
        ({"profile": "later", "is": "x"}, None),
        ({"profile": "later", "is_not": "x"}, None),
        ({"answer": "hidden", "is": "x"}, False),
        ({"answer": "hidden", "is_not": "x"}, False),  # a question without an answer compares with nothing
    ],
)
def test_each_operator_decides_as_the_table_says(condition, verdict):
    assert holds(**condition) is verdict


TRUE, FALSE, OPEN = (
    {"answer": "policy", "is": "partly"},
    {"answer": "policy", "is": "yes"},
    {"profile": "later", "is": "x"},
)


@pytest.mark.parametrize(
    ("join", "parts", "verdict"),
    [
        ("all", [TRUE, TRUE], True),
        ("all", [TRUE, FALSE], False),
        ("all", [FALSE, OPEN], False),  # settled, whatever the open one becomes
        ("all", [TRUE, OPEN], None),
        ("all", [], True),
        ("any", [FALSE, TRUE], True),
        ("any", [TRUE, OPEN], True),
        ("any", [FALSE, OPEN], None),
        ("any", [FALSE, FALSE], False),
        ("any", [], False),
        ("none", [FALSE, FALSE], True),
        ("none", [TRUE, OPEN], False),
        ("none", [FALSE, OPEN], None),
    ],
)
def test_joins_are_three_valued(join, parts, verdict):
    assert holds(**{join: parts}) is verdict


def test_an_outcome_names_only_the_comparisons_that_decided_it():
    outcome = evaluate(Condition.model_validate({"any": [FALSE, TRUE]}), SITUATION)
    assert [finding.actual for finding in outcome.because] == ["partly"]
    assert [finding.target for finding in outcome.because] == ["partly"]


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"profile": "size"},
        {"is": "x"},
        {"profile": "size", "answer": "policy", "is": "x"},
        {"profile": "size", "at_least": 1, "at_most": 3},
        {"all": [TRUE], "any": [TRUE]},
        {"all": [TRUE], "profile": "size", "is": 1},
        {"profile": "size", "matches": ".*"},
    ],
)
def test_a_condition_of_another_shape_is_refused(condition):
    with pytest.raises(ValidationError):
        Condition.model_validate(condition)


COMPARISONS = st.sampled_from([TRUE, FALSE, OPEN, {"profile": "hazards", "any_of": ["dust"]}])
TREES = st.recursive(
    COMPARISONS,
    lambda inner: st.builds(
        lambda join, parts: {join: parts},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(TREES)
def test_settling_what_is_open_never_turns_a_settled_verdict(tree):
    condition = Condition.model_validate(tree)
    before = evaluate(condition, SITUATION).verdict
    for settled in ("x", "y"):
        facts = {**FACTS, ("profile", "later"): settled}
        after = evaluate(condition, Situation(lambda *at, facts=facts: facts[at], {})).verdict
        assert after is not None
        assert before in {None, after}
