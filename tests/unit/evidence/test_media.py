"""Step 4, evidence: what kind a file is, by its content."""

import io
import struct
import zipfile

import pytest
from PIL import Image

from compliance.evidence.media import kind_of_file, picture_size


def picture(form: str, size: tuple[int, int] = (40, 30), **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, form, **options)
    return file.getvalue()


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (picture("JPEG"), "jpeg"),
        (picture("PNG"), "png"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), None),
        (archive("photos/a.jpg"), None),
        (picture("GIF"), None),
        (b"{\\rtf1 hej}", None),
        (b"<!doctype html>", None),
    ],
)
def test_the_kind_is_told_by_the_content(data, kind):
    assert kind_of_file(data) == kind


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_states_its_size_before_it_is_opened(form):
    assert picture_size(picture(form, (123, 45))) == (123, 45)


def test_notes_and_thumbnails_before_the_size_are_skipped():
    notes = Image.Exif()
    notes[0x010E] = "x" * 5000
    assert picture_size(picture("JPEG", (70, 20), exif=notes, progressive=True)) == (70, 20)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x00" + bytes(50),
        b"\xff\xd8" + b"\xff" * 400,
        b"\x89PNG\r\n\x1a\n" + bytes(4),
    ],
)
def test_a_picture_cut_off_states_no_size(data):
    assert picture_size(data) is None


def test_a_picture_may_state_more_than_it_holds():
    told = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 2**31, 2**31)
    assert picture_size(told) == (2**31, 2**31)
