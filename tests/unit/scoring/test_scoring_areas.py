"""Numbers of the areas and overall: weights, factors, bonus, too few items, pending claims, rounding."""

from fractions import Fraction

import pytest

from compliance.scoring.rounding import half_up
from tests.unit.scoring.scoring_cases import AREAS, everywhere, met, raw, result

PROOF = {"expects_evidence": True}


def area(items, name="human_rights"):
    outcome = result(items)["areas"][name]
    return outcome["declared"], outcome["supported"]


def test_the_worked_example_of_the_field_comes_out_to_the_digit():
    items = [
        raw("a", criticality="major", evidence="accepted", **PROOF),
        raw("b", criticality="major", **PROOF),
        raw("c", credit=0.5),
        raw("d", credit=0),
        raw("e", criticality="zero_tolerance"),
    ]
    outcome = result(items)
    assert area(items) == (88.5, 79.2)
    assert (outcome["band"], outcome["gates"]) == ("B", [])


@pytest.mark.parametrize(
    ("evidence", "expected", "supported"),
    [
        ("accepted", True, 100.0),
        ("checked", True, 97.0),
        ("none", True, 92.0),
        ("expired", True, 86.0),
        ("wrong_holder", True, 86.0),
        ("wrong_holder", False, 100.0),  # ignored when none is expected
    ],
)
def test_each_verdict_has_its_factor(evidence, expected, supported):
    items = [*met(4), raw("one", evidence=evidence, expects_evidence=expected)]
    assert area(items) == (100.0, supported)


@pytest.mark.parametrize(
    ("criticality", "declared"),
    [("minor", 80.0), ("major", 57.1), ("zero_tolerance", 44.4)],
)
def test_each_criticality_has_its_weight(criticality, declared):
    assert area([*met(4), raw("one", criticality=criticality, credit=0)])[0] == declared


@pytest.mark.parametrize("state", ["dont_know", "unanswered", "na_pending"])
def test_only_an_answer_earns_credit_whatever_is_written_beside_it(state):
    assert area([*met(4), raw("one", state=state, credit=1)]) == (80.0, 80.0)


@pytest.mark.parametrize("count", [0, 4])
def test_an_area_with_fewer_than_five_scored_items_has_no_numbers(count):
    outcome = result([*met(count), *met(5, "working_conditions")])
    assert outcome["areas"]["human_rights"] == {
        "state": "insufficient_basis",
        "band": None,
        "declared": None,
        "supported": None,
    }


@pytest.mark.parametrize(
    "changes",
    [{"criticality": "info"}, {"bonus": True}, {"state": "hidden"}, {"state": "na_accepted"}],
)
def test_items_that_are_not_scored_do_not_make_an_area_large_enough(changes):
    outcome = result([*met(4), raw("fifth", **changes)])
    assert outcome["areas"]["human_rights"]["state"] == "insufficient_basis"


@pytest.mark.parametrize(
    ("bonus", "numbers"),
    [
        ({"credit": 1}, (80.0, 80.0)),
        ({"credit": 0.5}, (70.0, 70.0)),
        ({"criticality": "major", "credit": 1}, (100.0, 100.0)),  # 60 + 60, at most 100
        ({"credit": 1, "evidence": "none", **PROOF}, (80.0, 72.0)),
        ({"state": "unanswered"}, (60.0, 60.0)),
        ({"state": "na_pending", "credit": 1}, (60.0, 60.0)),
        ({"state": "hidden", "credit": 1}, (60.0, 60.0)),
        ({"criticality": "info"}, (60.0, 60.0)),
    ],
)
def test_an_answered_bonus_adds_to_the_numerator_only(bonus, numbers):
    items = [*met(3), raw("no1", credit=0), raw("no2", credit=0), raw("extra", bonus=True) | bonus]
    assert area(items) == numbers


def test_overall_is_the_mean_of_the_areas_that_have_numbers():
    half = [raw(f"h{n}", area="working_conditions", credit=0.5) for n in range(50)]
    outcome = result([*met(5), *half, *met(4, "work_environment")])
    assert (outcome["declared"], outcome["supported"]) == (75.0, 75.0)


def test_overall_is_the_mean_of_exact_numbers_not_of_rounded_ones():
    # 5/6, 5/6 and 5/7: rounded first they would give 79.333 -> 79.3, as do the exact 79.365 -> 79.4
    sizes = zip(AREAS, (6, 6, 7), strict=True)
    items = [
        raw(f"{name}{n}", area=name, credit=1 if n < 5 else 0) for name, size in sizes for n in range(size)
    ]
    outcome = result(items)
    assert [outcome["areas"][name]["declared"] for name in AREAS] == [83.3, 83.3, 71.4]
    assert outcome["declared"] == 79.4


def test_if_accepted_leaves_pending_claims_out_and_never_touches_the_band():
    claims = [raw(f"na{n}", state="na_pending") for n in range(5)]
    outcome = result([*met(5), *claims])
    assert outcome["if_accepted"] == {"declared": 100.0, "supported": 100.0}
    assert (outcome["supported"], outcome["band"]) == (50.0, "C")


def test_if_accepted_is_null_as_a_whole_when_no_area_would_have_numbers():
    outcome = result([*met(4), raw("na", state="na_pending")])
    assert outcome["if_accepted"] is None
    assert outcome["supported"] == 80.0


def test_if_accepted_leaves_out_an_area_that_would_become_too_small():
    outcome = result([*met(4), raw("na", state="na_pending"), *met(5, "working_conditions")])
    assert outcome["supported"] == 90.0
    assert outcome["if_accepted"] == {"declared": 100.0, "supported": 100.0}


def test_without_pending_claims_if_accepted_repeats_the_numbers():
    outcome = result(everywhere())
    assert outcome["if_accepted"] == {key: outcome[key] for key in ("declared", "supported")}


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(8495, 100), 1, "85.0"),
        (Fraction(849499, 10000), 1, "84.9"),
        (Fraction(1, 20), 1, "0.1"),  # half to even would say 0.0
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1005, 1000), 2, "1.01"),  # as floats 1.005 is less than a half
        (Fraction(0), 1, "0.0"),
        (Fraction(100), 1, "100.0"),
    ],
)
def test_halves_are_rounded_upwards_on_exact_numbers(value, decimals, shown):
    assert str(half_up(value, decimals)) == shown


def test_numbers_are_read_as_the_decimal_that_is_written():
    # 0.85, 0.8485 and so on are no exact floats; their exact mean is 84.95, shown 85.0, band A
    items = [raw(f"x{n}", credit=credit) for n, credit in enumerate([0.85, 0.85, 0.85, 0.85, 0.8475])]
    outcome = result(items)
    assert (outcome["supported"], outcome["band"]) == (85.0, "A")
