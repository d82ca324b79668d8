"""Step 4, evidence: what is drawn is held against what the text layer says, where pictures can be read."""

import pytest

from compliance.evidence import crops, tesseract
from compliance.evidence.document import read_document
from tests.unit.evidence.drawn import pdf_of

CERTIFICATE = [
    "# CERTIFICATE",
    "This is to certify that",
    "## Sample Waste Ltd",
    "meets the requirements of ISO 9002:2035",
    "Certificate No: 55-90",
    "Date of issue: 4 May 2020",
    "Valid until: 3 May 2021",
]

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_present(), reason="tesseract is not installed: what is drawn cannot be compared"
)


@needs_tesseract
def test_a_date_that_is_drawn_otherwise_than_stored_is_doubted_and_the_drawn_one_goes_first():
    found = read_document(pdf_of(CERTIFICATE, finish="lying_map"), ocr=True).all("valid_until")
    assert [fact.value for fact in found] == ["2021-05-03", "2028-05-03"]
    assert all("differs_from_picture" in fact.warnings for fact in found)


@needs_tesseract
def test_an_honest_document_is_not_doubted():
    data = pdf_of(CERTIFICATE)
    assert read_document(data, ocr=True) == read_document(data)


def test_without_an_engine_nothing_is_doubted(monkeypatch):
    monkeypatch.setattr(crops, "engine", lambda: None)
    data = pdf_of(CERTIFICATE, finish="lying_map")
    assert read_document(data, ocr=True) == read_document(data)


@needs_tesseract
def test_what_the_engine_cannot_read_is_said_to_be_unchecked(monkeypatch):
    monkeypatch.setattr(tesseract, "read", lambda pictures, **_: tuple(() for _ in pictures))
    fact = read_document(pdf_of(CERTIFICATE), ocr=True).first("valid_until")
    assert "not_checked" in fact.warnings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("C005476", "COO5476", True),
        ("3 May 2021", "3 May 2O2l", True),
        ("C005476", "C005478", False),
        ("2028-05-03", "2021-05-03", False),
    ],
)
def test_letters_that_engines_take_for_each_other_count_as_one(one, other, same):
    assert (crops.folded(one) == crops.folded(other)) is same


@pytest.mark.parametrize("seen", ["5th August 2025", '5" August 2025', "5'h August 2025", "05/08/2025"])
def test_a_raised_ending_may_be_misread(seen):
    assert crops._same_date("2025-08-05", seen)
