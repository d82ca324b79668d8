"""The way through the form: pages, progress, what is missing, what contradicts, rows to score."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.answers.answer_set import AnswerSet
from compliance.answers.scored import scored_rows
from compliance.answers.values import GivenAnswer
from tests.unit.answers.journey_cases import PAINTING, STAIRS, TODAY, answers, journey


def rows(way):
    return {row.id: row for row in scored_rows(way, TODAY)}


def test_the_profile_comes_first_and_each_contract_has_its_page():
    keys = [section.key for section in journey("contracts", contracts=(PAINTING, STAIRS)).sections]
    assert keys[0].startswith("company_profile.")
    assert keys[-3:] == ["sample_contracts.only", "sample_contracts.only@1", "sample_contracts.only@2"]


def test_progress_counts_questions_and_minutes_and_names_the_next_page():
    way = journey("proof", answers(shown="yes", extra="no"), size=4)
    page = way.section("sample_proof.only")
    assert (page.progress.asked, page.progress.answered, page.progress.share) == (4, 2, 50)
    assert page.progress.minutes == Decimal("4.0")  # four times half a minute and two for the one document
    assert page.progress.minutes_left == Decimal("1.0")
    assert way.next_section.key == "company_profile.size_and_work"
    assert way.section_after("company_profile.ways_of_working").key == "sample_proof.only"
    assert way.section_after("sample_proof.only") is None


def test_dont_know_is_an_answer_to_the_form():
    page = journey("yes_partly_no", answers(has_routine="dont_know")).section("sample_yes_partly_no.only")
    assert page.progress.done


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (GivenAnswer("chosen_way", value="right"), []),
        (GivenAnswer("chosen_way", value="dangerous"), ["comment"]),
        (GivenAnswer("chosen_way", value="dangerous", comment="  "), ["comment"]),
        (GivenAnswer("chosen_way", value="dangerous", comment="Vi har stoppat arbetet."), []),
        (GivenAnswer("chosen_way", state="na_claimed"), ["unanswered"]),  # may not be claimed here
    ],
)
def test_an_answer_that_needs_explaining_is_missing_its_comment(answer, lacks):
    way = journey("one_of", AnswerSet([answer]))
    assert [one.lack for one in way.missing if one.item.question.id == "chosen_way"] == lacks


def test_not_applicable_needs_a_reason():
    claimed = GivenAnswer("for_contract", 1, state="na_claimed")
    reasoned = GivenAnswer("for_contract", 1, state="na_claimed", na_reason="Vi arbetar inte där.")
    for answer, lacks in ((claimed, ["reason"]), (reasoned, [])):
        way = journey("contracts", AnswerSet([answer]), contracts=(PAINTING,))
        assert [one.lack for one in way.missing if one.item.id == "for_contract@1"] == lacks


def test_expected_proof_without_a_document_is_missing_but_stops_nothing():
    given_ = answers(shown="yes", shown_by_larger="yes", extra="yes", unscored_one="no", **PROFILE)
    way = journey("proof", given_, documents={("extra", None): ("9",)})
    assert [(one.item.id, one.lack) for one in way.missing] == [("shown", "proof")]
    assert way.ready
    assert way.next_section is None


PROFILE = {
    "employees_in_sweden": "4", "work_types": ("office",), "subcontracting": "none", "workforce": ("none",),
    "outside_eea": "no", "hazards": ("none",), "work_settings": ("none",), "certificates_held": ("none",),
    "social_responsible_role": "vd",
}  # fmt: skip


def test_contradicting_answers_are_shown_with_their_questions():
    (conflict,) = journey("proof", answers(shown="yes", extra="no")).contradictions
    assert conflict.text.sv == "Båda kan inte stämma."
    assert [item.id for item in conflict.items] == ["shown", "extra"]
    assert journey("proof", answers(shown="yes")).contradictions == ()
    assert journey("proof", answers(shown="yes", extra="dont_know")).contradictions == ()


@pytest.mark.parametrize(
    ("value", "state", "criticality", "credit"),
    [
        ("right", "answered", "major", Decimal(1)),
        ("halfway", "answered", "major", Decimal("0.5")),
        ("dangerous", "answered", "zero_tolerance", Decimal(0)),
        ("dont_know", "dont_know", "major", None),
        ("gone", "unanswered", "major", None),
        (None, "unanswered", "major", None),
    ],
)
def test_a_row_carries_state_credit_and_the_criticality_after_the_answer(value, state, criticality, credit):
    row = rows(journey("one_of", answers(chosen_way=value) if value else answers()))["chosen_way"]
    assert (row.state, row.criticality, row.credit) == (state, criticality, credit)
    assert row.area == "human_rights"


def test_rows_of_contracts_are_named_after_them_and_claims_are_pending():
    given_ = answers(for_contract_at_1="na_claimed")
    found = rows(journey("contracts", given_, contracts=(PAINTING, STAIRS)))
    assert found["for_contract@1"].state == "na_pending"
    assert found["for_contract@2"].state == "unanswered"
    assert found["with_terms@2"].state == "hidden"
    assert found["with_terms@1"].contract_id == 1


def test_a_hidden_answer_is_kept_but_not_scored():
    given_ = answers(parent="no", child="yes")
    way = journey("conditions", given_)
    assert rows(way)["child"].state == "hidden"
    assert rows(way)["child"].credit is None
    assert (
        rows(journey("conditions", given_.with_answer(GivenAnswer("parent", value="yes"))))["child"].credit
        == 1
    )


def test_expected_proof_in_rows_is_a_matter_of_size_and_risk_not_of_the_answer():
    found = rows(journey("proof", answers(shown="no"), size=4))
    assert found["shown"].expects_evidence
    assert not found["shown_by_larger"].expects_evidence
    assert found["extra"].bonus


def test_the_profile_gives_no_rows():
    assert {row.area for row in rows(journey("proof", size=4)).values()} == {"work_environment"}


def test_an_answer_set_never_changes():
    first = answers(shown="yes")
    second = first.with_answer(GivenAnswer("shown", value="no"))
    assert first["shown", None].value == "yes"
    assert second["shown", None].value == "no"
    assert second.without("shown") == {}


def test_a_value_survives_json_and_only_an_answer_has_one():
    answer = GivenAnswer("covers", value=json.loads(json.dumps(("first", "second"))))
    assert answer.value == ("first", "second")
    assert GivenAnswer("covers", state="dont_know", value="yes").value is None


VALUES = st.one_of(
    st.text(max_size=9), st.lists(st.text(max_size=5)), st.none(), st.sampled_from(["yes", "no"])
)


@given(st.dictionaries(st.sampled_from(["parent", "child", "grandchild", "from_size", "at_risk"]), VALUES))
def test_whatever_is_stored_the_journey_can_be_planned(stored):
    way = journey("conditions", AnswerSet(GivenAnswer(name, value=value) for name, value in stored.items()))
    assert way.progress.answered <= way.progress.asked
    assert len(way.items) + len(way.hidden) == 5 + 9
