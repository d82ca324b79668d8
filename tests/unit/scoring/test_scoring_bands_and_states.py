"""Bands from the shown score, the five states, and the risk that remains."""

import pytest

from compliance.scoring.risk import reassess_months, residual_risk
from compliance.scoring.words import Band, InherentRisk
from tests.unit.scoring.scoring_cases import AREAS, METHOD, everywhere, met, raw, result


def all_worth(credit):
    return [raw(f"{area}{n}", area=area, credit=credit) for area in AREAS for n in range(5)]


@pytest.mark.parametrize(
    ("credit", "shown", "band"),
    [
        (1, 100.0, "A"),
        (0.85, 85.0, "A"),
        (0.8495, 85.0, "A"),  # the band is taken from the shown number
        (0.8494, 84.9, "B"),
        (0.6995, 70.0, "B"),
        (0.6994, 69.9, "C"),
        (0.4995, 50.0, "C"),
        (0.4994, 49.9, "D"),
        (0.2995, 30.0, "D"),
        (0.2994, 29.9, "E"),
        (0, 0.0, "E"),
    ],
)
def test_bands_begin_where_the_method_says_and_read_the_shown_score(credit, shown, band):
    outcome = result(all_worth(credit))
    assert (outcome["shown"], outcome["band"]) == (shown, band)
    assert {area["band"] for area in outcome["areas"].values()} == {band}


ZERO_OPEN = raw("open", criticality="zero_tolerance", state="unanswered")
ZERO_FAILED = raw("failed", criticality="zero_tolerance", credit=0)
TOO_FEW = met(4, "work_environment", "few")
TWO_AREAS = met(5) + met(5, "working_conditions")


@pytest.mark.parametrize(
    ("items", "state", "band"),
    [
        ([], "not_rateable", None),
        (met(4), "not_rateable", None),
        ([*met(3), ZERO_OPEN], "not_rateable", None),  # before G2
        ([ZERO_FAILED], "rated", "E"),  # G1 before everything
        ([*everywhere(), ZERO_OPEN, ZERO_FAILED], "rated", "E"),
        ([*everywhere(), ZERO_OPEN], "incomplete", None),
        ([*TWO_AREAS, *TOO_FEW, ZERO_OPEN], "incomplete", None),  # before provisional
        ([*TWO_AREAS, *TOO_FEW], "provisional", "B"),
        ([*TWO_AREAS, TOO_FEW[0]], "provisional", "B"),
        (TWO_AREAS, "rated", "A"),  # an area nobody is asked about is no gap
        ([*TWO_AREAS, raw("x", area="work_environment", state="hidden")], "rated", "A"),
        ([*TWO_AREAS, raw("x", area="work_environment", bonus=True)], "rated", "A"),
        (everywhere(), "rated", "A"),
    ],
)
def test_the_first_state_that_applies_is_the_state(items, state, band):
    outcome = result(items)
    assert (outcome["state"], outcome["band"]) == (state, band)


def test_an_incomplete_case_shows_its_numbers_but_neither_score_nor_risk():
    outcome = result([*everywhere(), ZERO_OPEN])
    assert (outcome["declared"], outcome["supported"]) == (83.3, 83.3)
    assert [outcome[key] for key in ("shown", "band", "residual_risk", "reassess_months")] == [None] * 4


def test_an_empty_case_is_all_nulls():
    outcome = result([], "high")
    empty = {"state": "insufficient_basis", "band": None, "declared": None, "supported": None}
    assert outcome == {
        "state": "not_rateable",
        "band": None,
        "declared": None,
        "supported": None,
        "shown": None,
        "if_accepted": None,
        "areas": dict.fromkeys(AREAS, empty),
        "gates": [],
        "inherent_risk": "high",
        "residual_risk": None,
        "reassess_months": None,
        "points": [],
        "method": "2026-11",
    }


RESIDUAL = {
    "low": ["low", "low", "medium", "high", "critical"],
    "medium": ["low", "medium", "medium", "high", "critical"],
    "unknown": ["low", "medium", "medium", "high", "critical"],
    "high": ["medium", "medium", "high", "critical", "critical"],
}


@pytest.mark.parametrize("inherent", InherentRisk)
def test_residual_risk_follows_the_matrix(inherent):
    assert [residual_risk(inherent, band, METHOD) for band in Band] == RESIDUAL[inherent]
    assert residual_risk(inherent, None, METHOD) is None


@pytest.mark.parametrize(
    ("credit", "inherent", "residual", "months"),
    [
        (1, "low", "low", 36),
        (1, "high", "medium", 24),
        (0.6, "high", "high", 12),
        (0.1, "low", "critical", 6),
        (0.75, "unknown", "medium", 24),
    ],
)
def test_the_next_assessment_comes_the_sooner_the_greater_the_risk(credit, inherent, residual, months):
    outcome = result(all_worth(credit), inherent)
    assert (outcome["residual_risk"], outcome["reassess_months"]) == (residual, months)
    assert outcome["inherent_risk"] == inherent


def test_without_a_risk_there_are_no_months():
    assert reassess_months(None, METHOD) is None
