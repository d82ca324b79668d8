"""People's words beside the machine's: the procurer's counts, the supplier's is a claim that improves nothing."""

from datetime import date

import pytest

from compliance.evidence.checked import (
    BadWordError,
    Word,
    claimed,
    other_order,
    parse_value,
    settled,
)
from compliance.evidence.facts import Fact, Reading
from compliance.evidence.matching import Proof, compare, verdict
from compliance.evidence.naming import KnownSupplier

BOX = (1.0, 2.0, 3.0, 4.0)
TODAY = date(2026, 3, 2)
PROOF = Proof(KnownSupplier("Exempel AB"))


def fact(field: str, value: str, *warnings: str) -> Fact:
    return Fact(field, value, 1, BOX, value, 0.95, warnings=warnings)


def reading(*facts: Fact) -> Reading:
    return Reading("read", "0" * 64, pages=1, facts=(fact("holder", "Exempel AB"), *facts))


def judged(read: Reading, *words: Word) -> str:
    return verdict((*claimed(read, words), *compare(settled(read, words), PROOF, TODAY)))


EXPIRED, VALID = "2025-01-01", "2028-06-05"


@pytest.mark.parametrize(
    ("read", "word", "expected"),
    [
        (fact("valid_until", EXPIRED), Word("valid_until", EXPIRED, VALID, "procurer"), "checked"),
        (fact("valid_until", VALID), Word("valid_until", VALID, EXPIRED, "procurer"), "expired"),
        (fact("valid_until", VALID, "unlabelled"), Word("valid_until", VALID, VALID, "procurer"), "checked"),
        (fact("valid_until", EXPIRED), Word("valid_until", EXPIRED, VALID, "supplier"), "expired"),
        (fact("valid_until", VALID), Word("valid_until", VALID, VALID, "supplier"), "checked"),
        (fact("valid_until", VALID), Word("valid_until", VALID, "2029-01-01", "supplier"), "none"),
        (fact("valid_until", VALID, "unlabelled"), Word("valid_until", VALID, VALID, "supplier"), "none"),
        (fact("valid_until", "2028-06"), Word("valid_until", "2028-06", "2028-06", "procurer"), "none"),
    ],
)
def test_whose_word_counts_for_what(read, word, expected):
    assert judged(reading(read), word) == expected


def test_the_word_of_a_procurer_settles_what_the_supplier_claims():
    read = reading(fact("valid_until", VALID))
    words = [
        Word("valid_until", VALID, "2029-01-01", "supplier"),
        Word("valid_until", VALID, VALID, "procurer"),
    ]
    assert list(claimed(read, words)) == []


def test_a_word_stays_in_force_when_the_document_is_read_anew_with_another_result():
    read = reading(fact("valid_until", "2027-01-01"))
    known = settled(read, [Word("valid_until", EXPIRED, VALID, "procurer")])
    assert [one.value for one in known.all("valid_until")] == [VALID]


def test_a_word_about_one_of_several_standards_leaves_the_others():
    read = reading(fact("standard", "ISO 9001:2015"), fact("standard", "ISO 14001:2015"))
    known = settled(read, [Word("standard", "ISO 14001:2015", "ISO 45001:2018", "procurer")])
    assert [one.value for one in known.all("standard")] == ["ISO 9001:2015", "ISO 45001:2018"]


def test_what_does_not_stand_in_the_document_is_no_answer_any_more():
    read = reading(fact("valid_until", VALID))
    assert settled(read, [Word("valid_until", VALID, "", "procurer")]).first("valid_until") is None


def test_what_was_not_read_can_be_added():
    known = settled(reading(), [Word("valid_until", "", VALID, "procurer")])
    assert known.first("valid_until").value == VALID


@pytest.mark.parametrize(
    ("value", "other"),
    [("2026-04-03", "2026-03-04"), ("2026-04-04", None), ("2026-04-13", None), ("2026-04", None)],
)
def test_the_other_order_of_day_and_month(value, other):
    assert other_order(value) == other


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("valid_until", "5/6 2028"),
        ("valid_until", "2028-13-01"),
        ("holder", " "),
        ("holder", "x" * 301),
        ("part", "1-2"),
        ("wrong", "x"),
    ],
)
def test_what_cannot_be_a_value_is_refused(field, text):
    with pytest.raises(BadWordError):
        parse_value(field, text)


def test_a_personal_identity_number_in_a_word_is_masked():
    assert "9876" not in parse_value("holder", "Kim 811218-9876")
