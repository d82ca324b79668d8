"""The engine and a second, independent writing of the page agree on every number, gate and band."""

from collections import Counter
from random import Random

from hypothesis import given, settings

from tests.unit.scoring.score_from_the_page import score_from_the_page
from tests.unit.scoring.scoring_cases import AREAS, RISKS, allowed, raw_cases, result

CASES = 1000


@settings(max_examples=60, deadline=None)
@given(raw_cases(), RISKS)
def test_the_engine_says_what_the_page_says(items, risk):
    assert result(items, risk) == score_from_the_page(items, risk)


def random_case(random):
    """Mostly good answers, so that every band and state comes up, not only the worst."""
    goodness, proof = random.random(), random.choice(["accepted", "none"])
    return [random_item(random, goodness, proof, f"x{n}") for n in range(random.choice([0, 4, 9, 18, 24]))]


def random_item(random, goodness, proof, id_):
    good = random.random() < goodness
    return allowed(
        {
            "id": id_,
            "area": random.choice(AREAS),
            "criticality": random.choice(
                ["info", "minor", "minor", "minor", "major", "major", "zero_tolerance"]
            ),
            "state": "answered" if good else random.choice(["answered", "dont_know", "na_pending", "hidden"]),
            "credit": 1 if good else random.choice([0, 0.5, random.randint(0, 1000) / 1000]),
            "expects_evidence": random.random() < 0.7,
            "evidence": proof if good else random.choice(["checked", "none", "expired", "wrong_holder"]),
            "remedied": random.random() < 0.7,
            "judged_false": random.random() < 0.01,
            "bonus": random.random() < 0.1,
        },
    )


def test_a_wide_sweep_agrees_and_meets_every_state_band_and_gate():
    random, seen = Random(11), Counter()
    for _ in range(CASES):
        items, risk = random_case(random), random.choice(["low", "medium", "high", "unknown"])
        expected = score_from_the_page(items, risk)
        assert result(items, risk) == expected
        seen.update([expected["state"], expected["band"], expected["residual_risk"], *expected["gates"]])
    states = ["rated", "provisional", "incomplete", "not_rateable"]
    gates = [f"G{number}" for number in range(1, 9)]
    missed = [
        word for word in [*states, *"ABCDE", *gates, "low", "medium", "high", "critical"] if not seen[word]
    ]
    assert not missed
