"""Step 4, evidence: pages that are pictures are read where tesseract is installed, and said to be unread where not."""

import shutil
from pathlib import Path

import pytest

from compliance.evidence import ocr, tesseract
from compliance.evidence.confinement import WITH_OCR
from compliance.evidence.sandbox import read_pdf

FOLDER = Path(__file__).parents[2] / "evidence_files"
SCAN = FOLDER / "scanned_certificate.pdf"

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: scans are stated, not read"
)


@needs_tesseract
def test_a_scanned_certificate_is_read_from_its_picture():
    reading = read_pdf(SCAN, WITH_OCR)
    fact = reading.first("valid_until")
    assert (reading.state, fact.value, fact.source) == ("read", "2028-03-13", "ocr")
    assert fact.confidence < 1
    assert fact.box[3] > fact.box[1]


@needs_tesseract
def test_the_holder_of_a_scan_can_be_confirmed():
    assert "Exempel Måleri AB" in " ".join(read_pdf(SCAN, WITH_OCR).text)


@needs_tesseract
def test_a_document_with_text_reads_the_same_with_ocr_allowed():
    path = FOLDER / "certificate_sv_value_beside_label.pdf"
    assert read_pdf(path, WITH_OCR) == read_pdf(path)


def test_without_ocr_a_scan_is_stated_and_nothing_is_made_up():
    reading = read_pdf(SCAN)
    assert (reading.state, reading.facts, reading.read_pages) == ("scanned", (), ())


def test_without_the_program_no_words_are_read(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    tesseract.installed.cache_clear()
    assert not tesseract.is_present()
    assert ocr.engine() is None
    tesseract.installed.cache_clear()
