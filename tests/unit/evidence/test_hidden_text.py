"""Step 4, evidence: what nobody can see, or not the whole of, never counts silently; honest papers are left alone."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from compliance.evidence.document import read_document

LINES = ("This is to certify that", "Exempel Fasad AB", "meets the requirements of ISO 45001:2018",
         "Certificate number: 4711-22", "Issue date: 2024-02-01")  # fmt: skip
LAST_DAY, AT, VALUE = "Valid until: 2026-12-31", 540, "2026-12-31"


def certificate(draw):
    """A certificate whose last day of validity is drawn by `draw`."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(70, 760, "CERTIFICATE")
    canvas.setFont("Helvetica", 12)
    for row, line in enumerate(LINES):
        canvas.drawString(70, 700 - 24 * row, line)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def text(canvas, size=12, x=70):
    canvas.setFont("Helvetica", size)
    canvas.drawString(x, AT, LAST_DAY)


def in_mode(mode):
    def draw(canvas):
        line = canvas.beginText(70, AT)
        line.setFont("Helvetica", 12)
        line.setTextRenderMode(mode)
        line.textOut(LAST_DAY)
        canvas.drawText(line)

    return draw


def saved(*steps):
    """Each step is a canvas method with its arguments; what they set ends with the text."""

    def draw(canvas):
        canvas.saveState()
        for name, *arguments in steps:
            getattr(canvas, name)(*arguments)
        text(canvas)
        canvas.restoreState()

    return draw


def clipped_to(width):
    def draw(canvas):
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(60, AT - 5, width, 20)
        canvas.clipPath(path, stroke=0)
        text(canvas)
        canvas.restoreState()

    return draw


def covered_from(x):
    def draw(canvas):
        text(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(x, AT - 5, 300, 20, stroke=0, fill=1)

    return draw


HIDDEN = {
    "invisible": in_mode(3),
    "clipping mode": in_mode(7),
    "white": saved(("setFillColorRGB", 1, 1, 1)),
    "nearly white": saved(("setFillColorRGB", 0.985, 0.985, 0.985)),
    "transparent": saved(("setFillAlpha", 0)),
    "white multiplied": saved(("setBlendMode", "Multiply"), ("setFillColorRGB", 1, 1, 1)),
    "squeezed": saved(("translate", 69, 0), ("scale", 0.01, 1)),
    "one point": lambda canvas: text(canvas, size=1),
    "beside the page": lambda canvas: text(canvas, x=900),
    "clipped": clipped_to(5),
    "half clipped": clipped_to(105),
    "covered": covered_from(60),
    "last digits covered": covered_from(176),
}


def with_objects(data, change):
    document = pikepdf.open(io.BytesIO(data))
    change(document, document.pages[0])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def add(document, page, content):
    page.Contents = Array([page.Contents, document.make_stream(content.encode())])


def layer_that_is_off(document, page):
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="L"))
    listed = Array([layer])
    document.Root.OCProperties = Dictionary(OCGs=listed, D=Dictionary(OFF=listed, Order=listed))
    page.Resources.Properties = Dictionary(MC0=layer)
    add(document, page, f"/OC /MC0 BDC BT /F1 12 Tf 70 {AT} Td ({LAST_DAY}) Tj ET EMC")


def replacement_text(document, page):
    drawn = "Valid until: 2025-02-01"
    add(document, page, f"/Span <</ActualText ({LAST_DAY})>> BDC BT /F1 12 Tf 70 {AT} Td ({drawn}) Tj ET EMC")


def form_field_on_top(document, page):
    add(document, page, f"BT /F1 12 Tf 70 {AT} Td ({LAST_DAY}) Tj ET")
    look = document.make_stream(b"1 1 1 rg 0 0 300 24 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 24])
    place = Array([60, AT - 6, 360, AT + 18])
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=place, F=4, AP=Dictionary(N=look))
    page.Annots = Array([document.make_indirect(field)])


@pytest.mark.parametrize("how", HIDDEN)
def test_a_last_day_that_cannot_be_seen_whole_carries_a_warning(how):
    _is_doubted(read_document(certificate(HIDDEN[how])))


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize("change", [layer_that_is_off, replacement_text, form_field_on_top])
def test_a_last_day_that_the_file_itself_hides_carries_a_warning(change):
    _is_doubted(read_document(with_objects(certificate(lambda _: None), change)))


def _is_doubted(reading):
    facts = [fact for fact in reading.facts if fact.value == VALUE]
    assert all(fact.warnings for fact in facts)


def bold_by_printing_twice(canvas):
    text(canvas)
    text(canvas, x=70.3)


HONEST = {
    "black": text,
    "grey": saved(("setFillColorRGB", 0.7, 0.7, 0.7)),
    "small": lambda canvas: text(canvas, size=4),
    "half transparent": saved(("setFillAlpha", 0.6)),
    "outlined": in_mode(1),
    "printed twice": bold_by_printing_twice,
    "clipped to more": clipped_to(400),
    "white on dark": lambda canvas: (canvas.rect(50, AT - 10, 400, 40, stroke=0, fill=1),
                                     saved(("setFillColorRGB", 1, 1, 1))(canvas)),
}  # fmt: skip


@pytest.mark.parametrize("how", HONEST)
def test_an_honest_paper_carries_no_warning(how):
    reading = read_document(certificate(HONEST[how]))
    assert reading.first("valid_until").value == VALUE
    assert not [fact for fact in reading.facts if fact.warnings]
