"""Who is asked what, for which contract, why, and with which proof."""

import pytest

from tests.unit.answers.journey_cases import PAINTING, STAIRS, answers, asked_in, journey


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (answers(), {"parent"}),  # the child hangs on an answer not given, the grandchild on the child
        (answers(parent="yes"), {"parent", "child"}),
        (answers(parent="partly"), {"parent", "child"}),
        (answers(parent="no"), {"parent", "grandchild"}),  # the child is not asked: it has no answer
        (answers(parent="dont_know"), {"parent", "grandchild"}),
        (answers(parent="no", child="yes"), {"parent", "grandchild"}),  # a hidden answer counts for nothing
        (answers(parent="yes", child="yes"), {"parent", "child"}),
        (answers(parent="yes", child="no"), {"parent", "child", "grandchild"}),
        (answers(parent="nonsense"), {"parent"}),  # a value the question would not take is no answer
    ],
)
def test_questions_follow_earlier_answers(given, asked):
    assert set(asked_in("conditions", given, size=4, risk="low")) == asked


@pytest.mark.parametrize(("size", "asked"), [(4, False), (5, True)])
def test_the_size_of_the_company_decides(size, asked):
    assert ("from_size" in asked_in("conditions", size=size)) is asked


@pytest.mark.parametrize(
    ("risk", "asked"), [("low", False), ("medium", True), ("high", True), ("unknown", False)]
)
def test_the_risk_decides(risk, asked):
    assert ("at_risk" in asked_in("conditions", risk=risk)) is asked


def test_an_unanswered_profile_leaves_a_question_open_and_says_so():
    way = journey("conditions")
    item = next(item for item in way.undetermined if item.question.id == "from_size")
    assert item.verdict is None
    assert "Antal anställda i Sverige" in item.reasons[0].sv
    assert not way.ready


def test_a_reason_tells_the_number_and_the_threshold_in_both_languages():
    way = journey("conditions", size=1200)
    (reason,) = way.item("from_size").reasons
    assert reason.sv == "Antal anställda i Sverige: 1\u00a0200 (gränsen går vid 5)."
    assert reason.en == "Employees in Sweden: 1,200 (the threshold is 5)."


def test_questions_about_contracts_are_asked_once_for_each():
    given = answers(for_contract_at_1="yes", for_contract_at_2="no")
    assert asked_in("contracts", given, contracts=(PAINTING, STAIRS)) == [
        "for_company", "for_contract@1", "for_contract@2", "after_it@1", "with_terms@1",
    ]  # fmt: skip


def test_without_contracts_nothing_is_asked_about_them():
    assert asked_in("contracts") == ["for_company"]


def test_a_contract_fact_is_given_as_the_reason():
    way = journey("contracts", contracts=(PAINTING, STAIRS))
    assert "särskilda villkor om lön" in way.item("with_terms@1").reasons[0].sv
    hidden = next(item for item in way.hidden if item.id == "with_terms@2")
    assert hidden.reasons[0].sv.startswith("Gäller bara när")


@pytest.mark.parametrize(
    ("question", "given", "size", "risk", "evidence"),
    [
        ("shown", answers(), 3, "low", "expected"),
        ("shown", answers(shown="yes"), 3, "low", "expected"),
        ("shown", answers(shown="no"), 3, "low", "none"),  # nothing to prove
        ("shown", answers(shown="dont_know"), 3, "low", "none"),
        ("shown_by_larger", answers(), 3, "low", "on_request"),
        ("shown_by_larger", answers(), 9, "medium", "on_request"),
        ("shown_by_larger", answers(), 10, "low", "expected"),
        ("shown_by_larger", answers(), 3, "high", "expected"),
        ("shown_by_larger", answers(), None, "low", "on_request"),
        ("extra", answers(), 3, "low", "none"),  # a bonus is proved when it is claimed
        ("extra", answers(extra="yes"), 3, "low", "expected"),
        ("unscored_one", answers(unscored_one="yes"), 3, "high", "none"),
    ],
)
def test_proof_is_expected_by_size_and_risk(question, given, size, risk, evidence):
    assert journey("proof", given, size=size, risk=risk).item(question).evidence == evidence


def test_not_applicable_counts_only_where_the_question_allows_it():
    given = answers(for_contract_at_1="na_claimed", for_company="na_claimed")
    way = journey("contracts", given, contracts=(PAINTING,))
    assert way.item("for_contract@1").answered
    assert not way.item("for_company").answered


def test_an_upload_is_answered_by_its_documents():
    assert not journey("upload").item("document").answered
    way = journey("upload", documents={("document", None): ("17",)})
    assert way.item("document").answer.value == ("17",)
    assert not way.item("document").proof_missing
