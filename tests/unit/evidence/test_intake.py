"""Step 4, evidence: what is taken in, what is refused and how a file is called."""

import pytest

from compliance.evidence.intake import LARGEST, Accepted, Refusal, display_name, take_in

PDF = b"%PDF-1.7\n%content"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0\0\n ", "empty"),
        (PDF + b"x" * LARGEST, "too_large"),
        (b"MZ\x90\0" + PDF, "program"),
        (b"\x7fELF" + PDF, "program"),
        (b"<!doctype html>", "not_pdf"),
        (b"\xff\xd8\xff\xe0 photo", "not_pdf"),
        (b" " * 1100 + PDF, "not_pdf"),
    ],
)
def test_a_file_is_refused_with_a_code_and_a_sentence(data, code):
    refusal = take_in("certifikat.pdf", data)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert refusal.sentence.endswith(".")


def test_a_pdf_is_taken_in_by_the_hash_of_its_content():
    accepted = take_in("certifikat.pdf", PDF)
    assert isinstance(accepted, Accepted)
    assert (accepted.size, len(accepted.sha256)) == (len(PDF), 64)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("certifikat.pdf", "certifikat.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\anna\intyg åäö.pdf", "intyg åäö.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("a\r\nb.pdf", "ab.pdf"),
        ('<img src="x">.pdf', "img src=x.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(name, shown):
    assert display_name(name) == shown


def test_a_long_name_keeps_its_ending():
    name = display_name("x" * 500 + ".pdf")
    assert len(name) == 120
    assert name.endswith("x.pdf")
