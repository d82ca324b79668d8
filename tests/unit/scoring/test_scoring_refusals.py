"""What is refused, where the mistake is said to be, and that all mistakes are told at once."""

import json
from fractions import Fraction

import pytest

from compliance.scoring import CaseRefusedError, ImpossibleItemError, Item, parse, read_bare_items, score
from compliance.scoring.scorecard import DoubledItemError
from compliance.scoring.words import Area, Criticality, InherentRisk, ItemState
from tests.unit.scoring.scoring_cases import METHOD, met, raw


def refused_at(document):
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(CaseRefusedError) as refused:
        read_bare_items(parse(text.encode()))
    assert all(one.message for one in refused.value.refusals)
    return [one.at for one in refused.value.refusals]


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"area": "environment"}, "area"),
        ({"area": None}, "area"),
        ({"area": ["human_rights"]}, "area"),
        ({"criticality": "Major"}, "criticality"),
        ({"state": "yes"}, "state"),
        ({"evidence": "maybe", "expects_evidence": True}, "evidence"),
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"credit": None}, "credit"),
        ({"credit": 1.0000001}, "credit"),
        ({"credit": -0.1}, "credit"),
        ({"credit": "0.5"}, "credit"),
        ({"credit": True}, "credit"),
        ({"bonus": "no"}, "bonus"),
        ({"remedied": 1}, "remedied"),
        ({"judged_flase": True}, "judged_flase"),
        ({"criticality": "zero_tolerance", "state": "na_pending"}, "state"),
        ({"criticality": "zero_tolerance", "state": "na_accepted"}, "state"),
        ({"criticality": "zero_tolerance", "bonus": True}, "bonus"),
    ],
)
def test_a_mistake_in_an_item_is_refused_at_its_key(changes, at):
    assert refused_at({"items": [*met(3), raw("one", **changes)]}) == [f"items[3].{at}"]


@pytest.mark.parametrize("key", ["id", "area", "criticality", "state", "credit"])
def test_a_missing_key_is_refused_at_its_place(key):
    item = raw("one")
    del item[key]
    assert refused_at({"items": [item]}) == [f"items[0].{key}"]


@pytest.mark.parametrize(
    ("document", "at"),
    [
        ("", "$"),
        ("{", "$"),
        ("[]", "$"),
        ("[" * 100_000, "$"),
        ({}, "items"),
        ({"items": None}, "items"),
        ({"items": {"id": "x"}}, "items"),
        ({"items": [3]}, "items[0]"),
        ({"items": [], "inherent_risk": "extreme"}, "inherent_risk"),
        ({"items": [raw("a"), raw("b"), raw("a")]}, "items[2].id"),
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(document, at):
    assert refused_at(document) == [at]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999999999999999999999", "1e-999999999", "1E5"])
def test_a_monstrous_number_is_refused_quickly(number):
    item = json.dumps(raw("one")).replace('"credit": 1', f'"credit": {number}')
    assert refused_at(f'{{"items": [{item}]}}') == ["items[0].credit"]


def test_text_that_is_not_utf_8_is_refused():
    with pytest.raises(CaseRefusedError):
        parse(b'{"items": "\xff"}')


def test_all_mistakes_are_told_at_once():
    items = [
        raw("a", area="x", credit=2),
        raw("a", criticality="zero_tolerance", state="na_pending", bonus=True, evidence="x"),
        "no item",
    ]
    assert set(refused_at({"items": items, "inherent_risk": "x"})) == {
        "items[0].area",
        "items[0].credit",
        "items[1].id",
        "items[1].state",
        "items[1].bonus",
        "items[1].evidence",
        "items[2]",
        "inherent_risk",
    }


def test_credit_is_ignored_when_the_item_is_not_answered():
    items = [raw("a", state="unanswered", credit=7), raw("b", state="hidden", credit="x")]
    assert len(read_bare_items(parse(json.dumps({"items": items}).encode())).items) == 2


def test_the_optional_keys_have_the_values_of_the_page():
    least = {"id": "x", "area": "human_rights", "criticality": "minor", "state": "unanswered"}
    case = read_bare_items(parse(json.dumps({"items": [least]}).encode()))
    one = Area.HUMAN_RIGHTS, Criticality.MINOR, ItemState.UNANSWERED
    assert case.items == (Item(id="x", area=one[0], criticality=one[1], state=one[2]),)
    assert case.inherent_risk is InherentRisk.UNKNOWN


def test_a_written_decimal_becomes_exactly_that_fraction():
    item = json.dumps(raw("one")).replace('"credit": 1', '"credit": 0.10000000000000000000000000001')
    case = read_bare_items(parse(f'{{"items": [{item}]}}'.encode()))
    assert case.items[0].credit == Fraction(1, 10) + Fraction(1, 10**29)


@pytest.mark.parametrize(
    "changes",
    [
        {"criticality": Criticality.ZERO_TOLERANCE, "state": ItemState.NA_PENDING},
        {"criticality": Criticality.ZERO_TOLERANCE, "bonus": True},
        {"credit": None},
        {"credit": Fraction(11, 10)},
    ],
)
def test_an_impossible_item_cannot_even_be_built(changes):
    sound = {"id": "x", "area": Area.HUMAN_RIGHTS, "criticality": Criticality.MINOR}
    with pytest.raises(ImpossibleItemError):
        Item(**(sound | {"state": ItemState.ANSWERED, "credit": Fraction(1)} | changes))


def test_the_engine_itself_refuses_doubled_ids():
    one = read_bare_items(parse(json.dumps({"items": [raw("x")]}).encode())).items[0]
    with pytest.raises(DoubledItemError, match="x"):
        score([one, one], InherentRisk.LOW, METHOD)
