"""Step 4, evidence: scans as they come: lying on their side, in shadow, coarse, with misread labels."""

import pypdfium2
import pytest
from PIL import Image, ImageChops

from compliance.evidence import tesseract
from compliance.evidence.document import read_document
from compliance.evidence.layout import Page, Pose, Word, group_lines
from compliance.evidence.misread import with_labels_mended
from compliance.evidence.pictures import slant_of
from compliance.evidence.reading import read_facts
from tests.evidence_files import drawings
from tests.unit.evidence.drawn import pdf_of
from tests.unit.evidence.lines import first_values

LINES = [
    "# CERTIFIKAT",
    "Härmed intygas att",
    "## Exempel Måleri AB",
    "har ett ledningssystem för arbetsmiljö",
    "som uppfyller kraven i SS-ISO 45001:2018",
    "Certifikat nr: 4711-OHS-2",
    "Utfärdat: 2025-03-14",
    "Giltigt till och med 2028-03-13",
    "Certifieringens omfattning: målning och tapetsering av bostäder",
    "Utfärdat av Påhitt Certifiering AB",
]
CROSS, OVER, BACK = Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_present(), reason="tesseract is not installed: scans are stated, not read"
)


def shaded(picture):
    """Darker to the right, as a phone photo is, and faint letters."""
    faint = picture.point(lambda level: 110 + level * 90 // 255)
    shade = Image.linear_gradient("L").transpose(CROSS).resize(picture.size).point(lambda level: level // 3)
    return ImageChops.subtract(faint, shade)


@needs_tesseract
@pytest.mark.parametrize(
    ("change", "scale"),
    [
        pytest.param(lambda picture: picture.transpose(CROSS), 2.0, id="on its side"),
        pytest.param(lambda picture: picture.transpose(BACK), 2.0, id="on its other side"),
        pytest.param(lambda picture: picture.transpose(OVER), 2.0, id="upside down"),
        pytest.param(shaded, 2.0, id="faint and in shadow"),
        pytest.param(lambda picture: picture, 1.3, id="coarse"),
        pytest.param(lambda picture: picture.rotate(2.6, fillcolor=235), 2.0, id="askew"),
    ],
)
def test_a_scan_says_what_its_reader_sees(change, scale):
    reading = read_document(drawings.photographed(pdf_of(LINES), change, scale), ocr=True)
    found = {field: reading.first(field).value for field in ("holder", "valid_until", "certificate_number")}
    assert found == {
        "holder": "Exempel Måleri AB",
        "valid_until": "2028-03-13",
        "certificate_number": "4711-OHS-2",
    }


@needs_tesseract
def test_the_place_is_that_on_the_page_as_it_is_shown():
    data = drawings.photographed(pdf_of(LINES), lambda picture: picture.transpose(OVER))
    title = read_document(data, ocr=True).first("document_type")
    assert title.box[1] > 421, "upside down the title stands at the foot"


@pytest.mark.parametrize("askew", [-4.0, -1.0, 0.0, 2.5])
def test_the_slant_of_a_sheet_is_measured(askew):
    page = pypdfium2.PdfDocument(pdf_of(LINES))[0].render(scale=2.0, grayscale=True).to_pil()
    assert slant_of(page.rotate(askew, fillcolor=255)) == pytest.approx(-askew, abs=0.3)


def test_a_place_on_the_straightened_page_is_shown_where_it_lies_askew():
    page = Page(1, 600.0, 800.0, (), pose=Pose(0, 3.0))
    x0, top, x1, bottom = page.shown((500.0, 395.0, 520.0, 405.0))
    assert (x0 + x1) / 2 == pytest.approx(509.7, abs=0.5)
    assert (top + bottom) / 2 == pytest.approx(411.0, abs=0.5)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turning_a_page_moves_a_corner_to_a_corner(turn):
    page = Page(1, 600.0, 800.0, (), pose=Pose(turn))
    x0, top, x1, bottom = page.shown((0.0, 0.0, 10.0, 20.0))
    assert (min(x0, 600 - x1), min(top, 800 - bottom)) == (0, 0)
    assert {round(x1 - x0), round(bottom - top)} == {10, 20}


def misread(*lines: str) -> Page:
    """A page whose words were read from a picture."""
    words = []
    for row, line in enumerate(lines):
        x = 50.0
        for word in line.split():
            words.append(Word(word, x, 40.0 + 16 * row, x + 5 * len(word), 50.0 + 16 * row, "ocr", 0.9))
            x += 5 * (len(word) + 1)
    return with_labels_mended(Page(1, 595.0, 842.0, group_lines(words)))


@pytest.mark.parametrize(
    "label", ["Giltlgt till och med", "Giltiqt till och mod", "Expiny date", "Explry dale", "Utgångsdatom"]
)
def test_a_misread_label_is_taken_for_the_one_it_nearly_is(label):
    page = misread(
        "CERTIFIKAT", "Härmed intyqas att", "Exempel Måleri AB", "uppfyller kraven i ISO 45001:2018",
        f"{label} 2028-03-13",
    )  # fmt: skip
    assert first_values(read_facts([page]))["valid_until"] == "2028-03-13"


def test_a_name_that_looks_like_a_label_stays_as_it_was_read():
    page = misread(
        "CERTIFIKAT", "Härmed intygas att", "Certifikad Måleri AB", "uppfyller kraven i ISO 9001:2015"
    )
    assert first_values(read_facts([page]))["holder"] == "Certifikad Måleri AB"


def test_words_of_a_text_layer_are_not_mended():
    page = misread("Giltlgt till 2028-03-13")
    plain = Page(1, 595.0, 842.0, group_lines([Word("Giltlgt", 10, 10, 40, 20)]))
    assert page.lines[0].for_labels == "giltigt till 2028-03-13"
    assert with_labels_mended(plain).lines[0].for_labels == "Giltlgt"
