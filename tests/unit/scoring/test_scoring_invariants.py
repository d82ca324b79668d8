"""Every sentence under "What must hold" of the scoring method, on random cases."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.scoring.scoring_cases import RISKS, allowed, raw_cases, raw_items, result

RANK = {None: -1, "E": 0, "D": 1, "C": 2, "B": 3, "A": 4}
PROOF_FROM_WORST = [["wrong_holder", "expired"], ["none"], ["checked"], ["accepted"]]

invariant = settings(max_examples=50, deadline=None)


def numbers_of(outcome):
    """Every number that may be said to rise or fall, with None for missing ones."""
    places = [outcome, *outcome["areas"].values()]
    return [place[key] for place in places for key in ("declared", "supported")]


def pairs(before, after):
    """The numbers that stand on both sides."""
    both = zip(numbers_of(before), numbers_of(after), strict=True)
    return [(one, other) for one, other in both if one is not None and other is not None]


def bands_of(outcome):
    return [outcome["band"], *(area["band"] for area in outcome["areas"].values())]


def replaced(items, position, **changes):
    changed = items[position] | changes
    return [*items[:position], changed, *items[position + 1 :]]


def fell(before, after):
    """Whether a band that stands on both sides is worse afterwards."""
    both = zip(bands_of(before), bands_of(after), strict=True)
    return any(one and other and RANK[other] < RANK[one] for one, other in both)


def positions(data, items, condition):
    found = [position for position, item in enumerate(items) if condition(item)]
    assume(found)
    return data.draw(st.sampled_from(found))


@invariant
@given(raw_cases(), st.lists(raw_items(), min_size=1, max_size=6), st.sampled_from(["hidden", "na_accepted"]))
def test_hidden_and_accepted_away_items_change_nothing(items, extra, state):
    silent = [
        item | {"id": f"extra{n}", "state": "hidden" if item["criticality"] == "zero_tolerance" else state}
        for n, item in enumerate(extra)
    ]
    assert result(silent + items) == result(items)


@invariant
@given(raw_cases(), st.lists(raw_items(), min_size=1, max_size=6))
def test_info_items_not_judged_false_change_nothing(items, extra):
    silent = [
        item | {"id": f"extra{n}", "criticality": "info", "judged_false": False}
        for n, item in enumerate(extra)
    ]
    assert result(items + silent) == result(items)


@invariant
@given(raw_cases(), st.randoms())
def test_order_does_not_matter(items, random):
    shuffled = random.sample(items, len(items))
    before, after = result(items), result(shuffled)
    assert sorted(before.pop("points"), key=str) == sorted(after.pop("points"), key=str)
    assert before == after


@invariant
@given(raw_cases(), st.data(), st.integers(0, 1000))
def test_a_better_answer_never_lowers_a_number_or_the_band(items, data, thousandths):
    position = positions(data, items, lambda item: item["state"] == "answered")
    better = max(items[position]["credit"], thousandths / 1000)
    before, after = result(items), result(replaced(items, position, credit=better))
    assert all(one <= other for one, other in pairs(before, after))
    assert RANK[after["band"]] >= RANK[before["band"]] or after["state"] in ("incomplete", "not_rateable")
    assert not fell(before, after)


@invariant
@given(raw_cases(), st.data(), st.integers(0, 1000).map(lambda n: n / 1000))
def test_an_answer_instead_of_none_never_lowers_a_number(items, data, credit):
    position = positions(data, items, lambda item: item["state"] in ("unanswered", "dont_know"))
    before = result(items)
    after = result(replaced(items, position, state="answered", credit=credit))
    assert all(one <= other for one, other in pairs(before, after))
    assert not fell(before, after)


@invariant
@given(raw_cases(), st.data())
def test_better_proof_never_lowers_supported_or_the_band(items, data):
    position = positions(data, items, lambda item: item["expects_evidence"])
    level = next(n for n, words in enumerate(PROOF_FROM_WORST) if items[position]["evidence"] in words)
    better = data.draw(st.sampled_from([word for words in PROOF_FROM_WORST[level:] for word in words]))
    before, after = result(items), result(replaced(items, position, evidence=better))
    assert all(one <= other for one, other in pairs(before, after))
    assert RANK[after["band"]] >= RANK[before["band"]]
    assert not fell(before, after)


@invariant
@given(raw_cases(), st.data())
def test_turning_an_answer_into_unanswered_never_raises_anything(items, data):
    position = positions(data, items, lambda item: item["state"] == "answered")
    before, after = result(items), result(replaced(items, position, state="unanswered"))
    assert all(one >= other for one, other in pairs(before, after))
    both = [(before["shown"], after["shown"])]
    if before["if_accepted"] and after["if_accepted"]:
        both += [(before["if_accepted"][key], after["if_accepted"][key]) for key in ("declared", "supported")]
    if items[position]["criticality"] != "zero_tolerance":
        assert RANK[after["band"]] <= RANK[before["band"]]
        assert all(one >= other for one, other in both if None not in (one, other))


@invariant
@given(raw_cases(), st.data())
def test_leaving_a_zero_tolerance_question_open_never_gives_a_better_band(items, data):
    position = positions(data, items, lambda item: item["criticality"] == "zero_tolerance")
    assume(items[position]["state"] == "answered")
    before, after = result(items), result(replaced(items, position, state="unanswered"))
    assert after["band"] in (None, "E")
    assert after["band"] is None or before["band"] == "E"


@invariant
@given(raw_cases(), RISKS)
def test_declared_is_at_least_supported_and_both_lie_within_0_and_100(items, risk):
    outcome = result(items, risk)
    numbers = numbers_of(outcome)
    for declared, supported in zip(numbers[::2], numbers[1::2], strict=True):
        assert (declared is None and supported is None) or 0 <= supported <= declared <= 100
    assert outcome["shown"] is None or 0 <= outcome["shown"] <= outcome["supported"]


@invariant
@given(raw_cases(), raw_items())
def test_a_bonus_never_lowers_anything(items, extra):
    assume(extra["criticality"] != "zero_tolerance")
    bonus = extra | {"id": "bonus", "bonus": True, "judged_false": False}
    before, after = result(items), result([*items, bonus])
    assert all(one <= other for one, other in pairs(before, after))
    assert RANK[after["band"]] >= RANK[before["band"]]
    assert (before["state"], before["points"]) == (after["state"], after["points"])


@invariant
@given(raw_cases(), raw_items(), st.sampled_from(["zero_tolerance", "judged_false"]))
def test_the_worst_gates_always_win(items, extra, why):
    broken = {"criticality": "zero_tolerance", "state": "answered", "credit": 0.999, "remedied": False}
    false = {"judged_false": True, "state": "unanswered"}
    spoiled = allowed(extra | (broken if why == "zero_tolerance" else false)) | {"id": "spoiled"}
    outcome = result([*items, spoiled])
    assert (outcome["state"], outcome["band"], outcome["reassess_months"]) == ("rated", "E", 6)
    assert outcome["shown"] is None or outcome["shown"] <= 29.0


@pytest.mark.parametrize(("failed", "at_most"), [(1, "B"), (3, "C")])
@invariant
@given(items=raw_cases())
def test_failed_majors_cap_whatever_else_is_good(items, failed, at_most):
    spoiled = [
        {"id": f"f{n}", "area": "human_rights", "criticality": "major", "state": "answered", "credit": 0}
        for n in range(failed)
    ]
    outcome = result(items + spoiled)
    assert RANK[outcome["band"]] <= RANK[at_most]
    assert "G3" in outcome["gates"]
