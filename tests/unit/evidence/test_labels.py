"""Step 4, evidence: labels with choices, abbreviations and decoys are found as a person reads them."""

import pytest

from compliance.evidence.labels import Labels, spellings

LABELS = Labels(
    {
        "number": ["{certificate|approval} {registration|} {number|no.}", "cert. nr"],
        "expiry": ["expiry date", "giltigt t.o.m."],
        "old": ["previous expiry date"],
    }
)


def test_choices_in_braces_make_every_label():
    assert set(spellings("{a|b} {c|}")) == {"a c", "a", "b c", "b"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Certificate number: 1", "number"),
        ("APPROVAL REGISTRATION NO 1", "number"),
        ("Cert.nr 1", "number"),
        ("Cert nr 1", "number"),
        ("Expiry-date 1", "expiry"),
        ("Giltigt t o m 1", "expiry"),
        ("Giltigt t.o.m. 1", "expiry"),
        ("Previous expiry date 1", "old"),
        ("Recertificate number", ""),
    ],
)
def test_a_label_gives_its_role(text, role):
    found = LABELS.find(text)
    assert [match.role for match in found] == ([role] if role else [])


def test_places_stay_right_where_small_letters_are_longer_than_large_ones():
    (match,) = LABELS.find("İİ expiry date")
    assert (match.start, match.end) == (3, 14)
