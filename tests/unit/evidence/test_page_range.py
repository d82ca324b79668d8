"""Step 4, evidence: pages that somebody names, and what follows from them."""

from datetime import date

import pytest

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.matching import Expectation, Proof, compare
from compliance.evidence.naming import KnownSupplier
from compliance.evidence.page_range import BadPagesError, parse_pages, preferring


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("3", (3, 3)),
        ("3–5", (3, 5)),
        ("3 - 5", (3, 5)),
        ("sidorna 3–5", (3, 5)),
        ("s. 12", (12, 12)),
        ("p 2-2", (2, 2)),
        ("", None),
        ("   ", None),
    ],
)
def test_pages_are_understood_as_people_write_them(text, pages):
    assert parse_pages(text) == pages


@pytest.mark.parametrize("text", ["5-3", "0", "x", "3,5", "1-2-3", "12345", "-3"])
def test_what_is_no_range_of_pages_is_refused_with_an_example(text):
    with pytest.raises(BadPagesError, match="3–5"):
        parse_pages(text)


def fact(field: str, value: str, page: int) -> Fact:
    return Fact(field, value, page, (0, 0, 1, 1), value, 0.95)


def test_what_stands_on_the_pages_named_answers_first():
    bundle = Reading(
        "read",
        "0" * 64,
        pages=6,
        facts=(fact("valid_until", "2024-01-31", 1), fact("valid_until", "2027-01-31", 4)),
        text=("Exempel AB",),
    )
    proof = Proof(KnownSupplier("Exempel AB"), Expectation())
    today = date(2026, 1, 5)
    assert "expired" in {one.kind for one in compare(bundle, proof, today)}
    assert "expired" not in {one.kind for one in compare(preferring(bundle, (3, 5)), proof, today)}
    assert preferring(bundle, None) is bundle
