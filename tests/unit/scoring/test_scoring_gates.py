"""Decision tables for the gates: when each fires, what it does, and what decides when several fire."""

import pytest

from tests.unit.scoring.scoring_cases import everywhere, met, raw, result

ZERO = {"criticality": "zero_tolerance"}
MAJOR = {"criticality": "major"}
PROOF = {"expects_evidence": True}


def spoiled(**changes):
    """A flawless case with one more human rights item."""
    return result([*everywhere(20), raw("one", **changes)])


def failed_majors(number, area="human_rights"):
    return [raw(f"f-{area}-{n}", area=area, credit=0, **MAJOR) for n in range(number)]


@pytest.mark.parametrize(
    ("changes", "gates"),
    [
        # zero tolerance: answered with anything less than full credit fails (G1) ...
        (ZERO | {"credit": 0}, ["G1"]),
        (ZERO | {"credit": 0.999}, ["G1"]),
        (ZERO | {"credit": 1}, []),
        # ... unless a person found it remedied: then it is a failed major (G3)
        (ZERO | {"credit": 0, "remedied": True}, ["G3"]),
        (ZERO | {"credit": 0.5, "remedied": True}, ["G3"]),
        (ZERO | {"credit": 1, "remedied": True}, []),
        # no clear answer is open (G2), remedied or not
        (ZERO | {"state": "unanswered"}, ["G2"]),
        (ZERO | {"state": "dont_know"}, ["G2"]),
        (ZERO | {"state": "unanswered", "remedied": True}, ["G2"]),
        (ZERO | {"state": "hidden"}, []),
        # a major fails without any credit, in any scored state
        (MAJOR | {"credit": 0}, ["G3"]),
        (MAJOR | {"credit": 0, "remedied": True}, ["G3"]),
        (MAJOR | {"credit": 0.001}, []),
        (MAJOR | {"state": "unanswered"}, ["G3"]),
        (MAJOR | {"state": "dont_know"}, ["G3"]),
        (MAJOR | {"state": "na_pending"}, ["G3"]),
        (MAJOR | {"state": "na_accepted"}, []),
        (MAJOR | {"state": "hidden"}, []),
        (MAJOR | {"credit": 0, "bonus": True}, []),
        # minor and info never fail
        ({"credit": 0}, []),
        ({"criticality": "info", "credit": 0}, []),
    ],
)
def test_which_answers_fire_g1_g2_and_g3(changes, gates):
    assert spoiled(**changes)["gates"] == gates


@pytest.mark.parametrize(
    ("changes", "fires"),
    [
        (PROOF | {"credit": 1}, True),
        (PROOF | {"credit": 0}, True),  # whatever its credit
        (PROOF | {"state": "unanswered"}, True),
        (PROOF | {"state": "na_pending"}, True),
        (PROOF | {"bonus": True}, True),
        (PROOF | {"criticality": "info"}, False),
        (PROOF | {"state": "hidden"}, False),
        (PROOF | {"state": "na_accepted"}, False),
        ({"expects_evidence": False}, False),
    ],
)
def test_an_expired_document_fires_g7_where_proof_is_expected(changes, fires):
    assert ("G7" in spoiled(evidence="expired", **changes)["gates"]) is fires


@pytest.mark.parametrize(
    ("changes", "fires"),
    [
        ({"state": "answered"}, True),
        ({"state": "dont_know"}, True),
        ({"state": "unanswered"}, True),
        ({"state": "na_pending"}, True),
        ({"criticality": "info"}, True),
        ({"bonus": True}, True),
        ({"bonus": True, "state": "na_pending"}, True),
        ({"state": "hidden"}, False),
        ({"state": "na_accepted"}, False),
    ],
)
def test_a_false_answer_fires_g8_in_every_state_but_hidden_and_accepted_away(changes, fires):
    outcome = spoiled(judged_false=True, **changes)
    assert ("G8" in outcome["gates"], outcome["band"] == "E") == (fires, fires)


@pytest.mark.parametrize("changes", [ZERO | {"credit": 0.5}, {"judged_false": True}])
def test_g1_and_g8_show_at_most_29_and_still_give_the_numbers(changes):
    outcome = spoiled(**changes)
    assert (outcome["state"], outcome["band"], outcome["shown"]) == ("rated", "E", 29.0)
    assert outcome["supported"] > 90


def test_a_lower_score_than_29_is_shown_as_it_is():
    items = [raw(f"no{n}", credit=0) for n in range(5)] + [raw("zt", credit=0.5, **ZERO)]
    outcome = result(items)
    assert outcome["shown"] == outcome["supported"] == 25.0


def test_a_failed_zero_tolerance_item_gives_band_e_even_without_any_numbers():
    outcome = result([raw("zt", credit=0, **ZERO)])
    assert (outcome["state"], outcome["band"], outcome["shown"]) == ("rated", "E", None)
    assert (outcome["residual_risk"], outcome["reassess_months"]) == ("critical", 6)


@pytest.mark.parametrize(
    ("majors", "band", "area_band", "gates"),
    [
        ({"human_rights": 1}, "B", "A", ["G3"]),
        ({"human_rights": 2}, "B", "A", ["G3"]),
        ({"human_rights": 2, "work_environment": 2}, "B", "A", ["G3"]),
        ({"human_rights": 3}, "C", "C", ["G3", "G4"]),
    ],
)
def test_failed_majors_cap_the_area_and_the_overall_band(majors, band, area_band, gates):
    spoil = [item for area, number in majors.items() for item in failed_majors(number, area)]
    outcome = result([*everywhere(60), *spoil])
    assert (outcome["band"], outcome["gates"]) == (band, gates)
    assert outcome["areas"]["human_rights"]["band"] == area_band


def test_remedied_zero_tolerance_failures_count_among_the_three_majors_of_an_area():
    remedied = raw("zt", credit=0.5, remedied=True, **ZERO)
    assert result([*everywhere(60), *failed_majors(2), remedied])["gates"] == ["G3", "G4"]


def test_failed_majors_in_an_area_without_numbers_still_count():
    outcome = result([*met(5), *met(5, "work_environment"), *failed_majors(3, "working_conditions")])
    assert outcome["gates"] == ["G3", "G4"]
    assert (outcome["state"], outcome["band"]) == ("provisional", "C")
    assert outcome["areas"]["working_conditions"]["band"] is None


@pytest.mark.parametrize(
    ("weakest", "band", "gates"),
    [
        # the weakest area's credit (of five equal items), with the other two areas flawless
        (["1", "1", "1", "1", "0.5"], "A", []),  # weakest A, overall 96.7
        (["1", "1", "1", "1", "0"], "A", []),  # weakest B
        (["1", "1", "1", "0", "0"], "B", ["G5"]),  # weakest C, overall 86.7: A would be two steps above
        (["1", "1", "0", "0", "0"], "C", ["G5"]),  # weakest D, overall 80.0
        (["0", "0", "0", "0", "0"], "D", ["G5"]),  # weakest E, overall 66.7
    ],
)
def test_the_overall_band_is_at_most_one_step_above_the_weakest_area(weakest, band, gates):
    weak = [raw(f"w{n}", credit=float(credit)) for n, credit in enumerate(weakest)]
    outcome = result([*weak, *met(5, "working_conditions"), *met(5, "work_environment")])
    assert (outcome["band"], outcome["gates"]) == (band, gates)


def test_g5_looks_at_the_band_after_the_other_caps():
    weak = [raw(f"w{n}", credit=1 if n < 3 else 0) for n in range(5)]
    items = [*weak, *met(40, "working_conditions"), *met(5, "work_environment")]
    without, capped = result(items), result([*items, *failed_majors(1, "working_conditions")])
    assert (without["band"], without["gates"]) == ("B", ["G5"])
    assert (capped["band"], capped["gates"]) == ("B", ["G3"])


def test_g5_measures_by_the_area_band_after_g4():
    outcome = result([*everywhere(60), *failed_majors(3)])
    assert outcome["areas"]["human_rights"] == {
        "state": "rated",
        "band": "C",
        "declared": 87.0,
        "supported": 87.0,
    }
    assert "G5" not in outcome["gates"]


@pytest.mark.parametrize(
    "changes", [ZERO | {"credit": 0}, {"judged_false": True}, ZERO | {"state": "dont_know"}]
)
def test_g5_is_silent_when_no_band_stands_by_the_average(changes):
    weak = [raw(f"w{n}", credit=0) for n in range(5)]
    items = [*weak, *met(5, "working_conditions"), *met(5, "work_environment")]
    assert "G5" in result(items)["gates"]
    assert "G5" not in result([*items, raw("one", **changes)])["gates"]


@pytest.mark.parametrize(
    ("none", "checked", "accepted", "supported", "fires"),
    [
        (2, 3, 0, 75.0, False),  # a gap of exactly 25.0
        (70, 22, 33, 75.0, False),  # exactly 25.04, but the shown numbers decide
        (3, 1, 1, 73.0, True),
    ],
)
def test_g6_fires_above_a_gap_of_25_points_of_the_shown_numbers(none, checked, accepted, supported, fires):
    verdicts = ["none"] * none + ["checked"] * checked + ["accepted"] * accepted
    outcome = result([raw(f"p{n}", evidence=verdict, **PROOF) for n, verdict in enumerate(verdicts)])
    assert (outcome["declared"], outcome["supported"]) == (100.0, supported)
    assert ("G6" in outcome["gates"]) is fires


def test_g6_does_not_cap():
    items = [raw(f"p{n}", **PROOF) for n in range(5)]
    outcome = result(items)
    assert (outcome["gates"], outcome["supported"], outcome["band"]) == (["G6"], 60.0, "C")


def test_every_gate_is_listed_in_order_also_when_another_decides():
    items = [
        *[raw(f"p{n}", evidence="expired", **PROOF) for n in range(20)],
        *failed_majors(3),
        raw("failed", credit=0, **ZERO),
        raw("open", state="unanswered", **ZERO),
        raw("false", criticality="info", judged_false=True),
    ]
    outcome = result(items)
    assert outcome["gates"] == ["G1", "G2", "G3", "G4", "G6", "G7", "G8"]
    assert (outcome["state"], outcome["band"]) == ("rated", "E")
