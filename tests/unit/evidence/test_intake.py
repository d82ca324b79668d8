"""Step 4, evidence: what is taken in, what is refused and how a file is called."""

import struct

import pytest

from compliance.evidence.intake import LARGEST, Accepted, Refusal, display_name, take_in
from tests.unit.evidence.test_media import archive, picture

PDF = b"%PDF-1.7\n%content"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG, which states how large it would be."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0\0\n ", "empty"),
        (PDF + b"x" * LARGEST, "too_large"),
        (b"MZ\x90\0" + PDF, "program"),
        (b"\x7fELF" + PDF, "program"),
        (b"<!doctype html>", "not_taken"),
        (b"\xff\xd8\xff\xe0\0\0 cut off", "damaged"),
        (b" " * 1100 + PDF, "not_taken"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "heic"),
        (b"\0\0\0\x18ftypmif1" + bytes(20), "heic"),
        (b"\0\0\0\x18ftypmp42" + bytes(20), "not_taken"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLD + bytes(50), "old_office"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "not_taken"),
        (png(9_000, 9_000), "too_many_pixels"),
        (png(0, 10), "damaged"),
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
    ("name", "data", "shown", "media_type"),
    [
        ("intyg.pdf", PDF, "intyg.pdf", "application/pdf"),
        ("intyg.PDF", PDF, "intyg.PDF", "application/pdf"),
        ("bild.pdf", picture("JPEG"), "bild.pdf.jpg", "image/jpeg"),
        ("bild.jpeg", picture("JPEG"), "bild.jpeg", "image/jpeg"),
        ("bild", picture("PNG"), "bild.png", "image/png"),
        ("", PDF, "document.pdf", "application/pdf"),
    ],
)
def test_a_file_gets_the_ending_and_type_of_what_it_is(name, data, shown, media_type):
    accepted = take_in(name, data)
    assert isinstance(accepted, Accepted)
    assert (accepted.display_name, accepted.media_type) == (shown, media_type)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("certifikat.pdf", "certifikat.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\anna\intyg åäö.pdf", "intyg åäö.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("a\r\nb.pdf", "ab.pdf"),
        ('<img src="x">.pdf', "img src=x.pdf"),
        ("...", "document"),
        ("", "document"),
    ],
)
def test_a_name_is_made_safe_to_show(name, shown):
    assert display_name(name) == shown


def test_a_long_name_keeps_its_ending():
    name = display_name("x" * 500 + ".pdf")
    assert len(name) == 120
    assert name.endswith("x.pdf")
