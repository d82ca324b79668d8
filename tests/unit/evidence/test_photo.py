"""Step 4, evidence: a photo of a document is read as a page, upright, without the camera's notes."""

import io
import zlib
from pathlib import Path
from struct import pack

import pypdfium2
import pytest
from PIL import Image

from compliance.evidence.confinement import WITH_OCR
from compliance.evidence.pdf_gate import NotRead
from compliance.evidence.photo import ORIENTATION, as_pdf
from compliance.evidence.sandbox import read_pdf
from compliance.evidence.tesseract import is_present
from tests.unit.evidence.test_media import picture

SAMPLE = Path(__file__).parents[2] / "evidence_files" / "certificate_sv_value_beside_label.pdf"
NEEDS_OCR = pytest.mark.skipif(not is_present(), reason="no OCR: install the Debian package tesseract-ocr")


def drawn() -> Image.Image:
    page = pypdfium2.PdfDocument(SAMPLE)[0]
    return page.render(scale=200 / 72).to_pil().convert("RGB")


def lying(image: Image.Image) -> bytes:
    """As a phone held upright keeps it: on its side, with a note which way is up and where it was taken."""
    notes, file = Image.Exif(), io.BytesIO()
    notes[ORIENTATION] = 6
    notes.get_ifd(0x8825)[1] = "N"
    notes[0x010F] = "Kamera"
    image.rotate(90, expand=True).save(file, "JPEG", exif=notes, quality=85)
    return file.getvalue()


def test_a_photo_becomes_an_upright_page_without_the_notes_of_the_camera():
    photo = lying(drawn())
    assert b"Kamera" in photo
    paper = as_pdf(photo)
    assert b"Kamera" not in paper
    assert b"Exif" not in paper
    width, height = pypdfium2.PdfDocument(paper)[0].get_size()
    assert height == pytest.approx(842, abs=1)
    assert width < height


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_usual_kind_of_picture_becomes_a_page(mode):
    file = io.BytesIO()
    grey = Image.new("L", (60, 80), 255)
    (grey if mode != "LA" else grey.convert("RGB")).convert(mode).save(
        file, "JPEG" if mode == "CMYK" else "PNG"
    )
    assert len(pypdfium2.PdfDocument(as_pdf(file.getvalue()))) == 1


def test_what_is_transparent_is_shown_on_white():
    file = io.BytesIO()
    Image.new("RGBA", (60, 80), (0, 0, 0, 0)).save(file, "PNG")
    page = pypdfium2.PdfDocument(as_pdf(file.getvalue()))[0]
    assert page.render().to_pil().convert("L").getextrema()[0] > 250


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to side x side pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    lines = zlib.compress(bytes(side // 8 + 1) * side, 9)
    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (picture("JPEG", (800, 600))[:400], "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "broken"),
        (picture("GIF"), "broken"),
        (bomb(30_000), "refused"),
    ],
)
def test_a_picture_that_cannot_be_opened_ends_in_a_state(data, state):
    with pytest.raises(NotRead) as outcome:
        as_pdf(data)
    assert outcome.value.state == state


@NEEDS_OCR
@pytest.mark.slow
def test_a_photo_is_read_in_the_limited_child_with_places_on_the_picture():
    photo = lying(drawn())
    reading = read_pdf(photo, WITH_OCR)
    until = reading.first("valid_until")
    assert (reading.state, reading.pages) == ("read", 1)
    assert (until.value, until.source, until.page) == ("2028-03-13", "ocr", 1)
    assert 0 < until.box[0] < until.box[2] < 600


@pytest.mark.slow
def test_a_picture_bomb_harms_nobody():
    assert read_pdf(bomb(30_000), WITH_OCR).state in {"refused", "broken"}
