"""Step 4, evidence: personal identity numbers are masked, company numbers are not. 12 12 12-1212 is a test number."""

import pytest

from compliance.evidence.personnummer import mask_personnummer


@pytest.mark.parametrize(
    "number", ["121212-1212", "19121212-1212", "191212121212", "1212121212", "121212+1212"]
)
def test_a_personal_number_is_masked_whole(number):
    masked = mask_personnummer(f"Innehavare {number}, målare")
    assert "1212" not in masked
    assert masked.startswith("Innehavare •")


def test_a_coordination_number_is_masked():
    assert "701063" not in mask_personnummer("Samordningsnummer 701063-2391")


@pytest.mark.parametrize(
    "text", ["org.nr 559999-0016", "tel 0161865369", "121212-1213", "2028-03-13", "131313-1313"]
)
def test_other_numbers_stay(text):
    assert mask_personnummer(text) == text
