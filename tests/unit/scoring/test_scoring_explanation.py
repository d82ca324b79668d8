"""The trail for people: largest losses, gates with reasons, missing proof, and what would raise the band."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from compliance.scoring import criticality_of, explain, judged, score
from compliance.scoring.sentences import (
    GATE_SENTENCES,
    PROOF_SENTENCES,
    STATE_SENTENCES,
    STEP_SENTENCES,
    Step,
)
from compliance.scoring.words import CaseState, Criticality, Gate, InherentRisk, ItemState, Verdict
from tests.unit.scoring.scoring_cases import METHOD, card_of, case_of, everywhere, met, raw, raw_cases

CHECKED = [raw(name, expects_evidence=True, evidence="checked") for name in "ab"]
PROVING = {Step.REVIEW_PROOF, Step.PROVE, Step.ANSWER_AND_PROVE, Step.MEET_AND_PROVE}
ANSWERING = {Step.ANSWER, Step.ANSWER_AND_PROVE, Step.MEET, Step.MEET_AND_PROVE}


def explained(items):
    return explain(case_of(items).items, card_of(items), METHOD)


def ways(items):
    return [(one.id, one.step, one.band.value) for one in explained(items).improvements]


def test_the_five_largest_losses_are_named_largest_first():
    items = [*met(4), *[raw(f"x{n}", credit=n / 10) for n in range(8)]]
    assert [loss.id for loss in explained(items).top_losses] == ["x0", "x1", "x2", "x3", "x4"]


def test_items_that_lose_nothing_are_not_named():
    assert explained(everywhere()).top_losses == ()


def test_each_gate_says_why_and_names_its_items():
    items = [*everywhere(20), *[raw(f"m{n}", criticality="major", credit=0) for n in range(3)]]
    reasons = explained(items).gates
    assert [(reason.gate.value, reason.items) for reason in reasons] == [
        ("G3", ("m0", "m1", "m2")),
        ("G4", ("m0", "m1", "m2")),
    ]
    assert "at most C" in str(reasons[1].sentence)


@pytest.mark.parametrize(
    ("item", "gate", "says"),
    [
        ({"criticality": "zero_tolerance", "credit": 0}, "G1", "at most 29.0"),
        ({"criticality": "zero_tolerance", "state": "unanswered"}, "G2", "No band"),
        ({"judged_false": True}, "G8", "until the supplier has been heard"),
        ({"expects_evidence": True, "evidence": "expired"}, "G7", "has expired"),
    ],
)
def test_the_sentence_of_a_gate_is_complete(item, gate, says):
    reasons = explained([*everywhere(20), raw("one", **item)]).gates
    assert [(reason.gate.value, reason.items) for reason in reasons] == [(gate, ("one",))]
    assert says in str(reasons[0].sentence)


def test_the_weakest_area_and_the_unsupported_gap_are_told_in_numbers():
    weak = [raw(f"w{n}", credit=0) for n in range(5)]
    claims = [raw(f"c{n}", area="working_conditions", expects_evidence=True) for n in range(5)]
    reasons = explained([*weak, *met(5, "work_environment")]).gates
    assert str(reasons[0].sentence).startswith("The weakest area has band E.")
    assert "40.0 points" in str(explained(claims).gates[0].sentence)


@pytest.mark.parametrize(
    ("item", "listed"),
    [
        ({"evidence": "none"}, True),
        ({"evidence": "expired"}, True),
        ({"evidence": "wrong_holder"}, True),
        ({"evidence": "none", "bonus": True}, True),
        ({"evidence": "checked"}, False),
        ({"evidence": "accepted"}, False),
        ({"evidence": "none", "credit": 0}, False),  # nothing is claimed
        ({"evidence": "none", "state": "hidden"}, False),
        ({"evidence": "none", "expects_evidence": False}, False),
    ],
)
def test_missing_proof_lists_claims_without_a_valid_document(item, listed):
    missing = explained([raw("one", expects_evidence=True) | item]).missing_proof
    assert [one.id for one in missing] == ["one"] * listed


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (everywhere(), []),
        # the document is cheaper than meeting the requirement
        (
            [*met(4), raw("no", credit=0), raw("paper", criticality="major", expects_evidence=True)],
            [("paper", Step.PROVE, "A"), ("no", Step.MEET, "A")],
        ),
        # 84.0: a review of either document gives 87.0, a full answer 94.0
        (
            [*met(2), raw("half", credit=0.5), *CHECKED],
            [("a", Step.REVIEW_PROOF, "A"), ("b", Step.REVIEW_PROOF, "A"), ("half", Step.MEET, "A")],
        ),
        # equally cheap: the larger gain first
        (
            [*met(3), raw("less", credit=0.55), raw("more", credit=0.5)],
            [("more", Step.MEET, "A"), ("less", Step.MEET, "A")],
        ),
        ([*met(4), raw("open", state="dont_know")], [("open", Step.ANSWER, "A")]),
        ([*met(4), raw("zt", criticality="zero_tolerance", state="unanswered")], [("zt", Step.ANSWER, "A")]),
        # 70.0: an answer alone gives 82.0, with proof 90.0
        (
            [*met(3), raw("half", credit=0.5), raw("open", state="unanswered", expects_evidence=True)],
            [("open", Step.ANSWER_AND_PROVE, "A")],
        ),
        (
            [*met(3), raw("half", credit=0.5), raw("no", credit=0, expects_evidence=True)],
            [("no", Step.MEET_AND_PROVE, "A")],
        ),
        # 4 of 9 points: remedying the failure lifts E to D; meeting it gives A, but costs more
        ([*met(4), raw("zt", criticality="zero_tolerance", credit=0)], [("zt", Step.REMEDY, "D")]),
        # nothing that one item could do helps against two failures, or before a hearing
        ([*met(4), *[raw(f"zt{n}", criticality="zero_tolerance", credit=0) for n in "ab"]], []),
        ([*met(4), raw("false", credit=0, judged_false=True)], []),
    ],
)
def test_what_would_raise_the_band_is_listed_cheapest_first(items, expected):
    assert ways(items) == expected


@settings(max_examples=40, deadline=None)
@given(raw_cases())
def test_a_promised_band_is_the_band_one_really_gets(items):
    case, card = case_of(items), card_of(items)
    for way in explain(case.items, card, METHOD).improvements:
        improved = [applied(way.step, item) if item.id == way.id else item for item in case.items]
        after = score(improved, InherentRisk.LOW, METHOD)
        assert (after.band, after.shown) == (way.band, way.shown)
        assert card.band is None or after.band < card.band


def applied(step, item):
    if step in PROVING:
        item = replace(item, evidence=Verdict.ACCEPTED)
    if step in ANSWERING:
        item = replace(item, state=ItemState.ANSWERED, credit=Fraction(1))
    return replace(item, remedied=item.remedied or step is Step.REMEDY)


def test_every_code_has_its_sentence():
    assert set(GATE_SENTENCES) == set(Gate)
    assert set(STATE_SENTENCES) == set(CaseState)
    assert set(STEP_SENTENCES) == set(Step)
    assert set(PROOF_SENTENCES) == {Verdict.NONE, Verdict.EXPIRED, Verdict.WRONG_HOLDER}


@pytest.mark.parametrize(
    "items", [[], met(4), [*everywhere(), *met(1, prefix="x")], [*met(5), *met(1, "work_environment")]]
)
def test_every_state_is_told_in_a_complete_sentence(items):
    assert "%" not in str(explained(items).state)


def test_a_chosen_option_may_carry_its_own_criticality():
    assert criticality_of(Criticality.MINOR, Criticality.ZERO_TOLERANCE) is Criticality.ZERO_TOLERANCE
    assert criticality_of(Criticality.MINOR, None) is Criticality.MINOR


def test_a_judgement_wins_over_credit_and_verdict():
    item = case_of([raw("x", credit=1, expects_evidence=True, evidence="checked")]).items[0]
    assert judged(item, credit=Fraction(1, 2)) == replace(item, credit=Fraction(1, 2))
    assert judged(item, evidence=Verdict.EXPIRED) == replace(item, evidence=Verdict.EXPIRED)
