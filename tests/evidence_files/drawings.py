"""Draws sample documents: lines of text at their places, and what makes some of them hard to read."""

import io
import re

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, COLUMN = 60, 780, 170
ENCRYPTIONS = {"user_password": ("secret", "owner"), "owner_password": ("", "owner")}


def draw(target, sample):
    """Each page is a list of lines; '# ' makes a title, a tab a new column, '~white ' and the like hide a line."""
    user, owner = ENCRYPTIONS.get(sample.get("finish"), (None, None))
    encrypt = StandardEncryption(user, owner, strength=128) if owner else None
    canvas = Canvas(target, pagesize=A4, invariant=1, encrypt=encrypt)
    canvas.setTitle("Sample")
    for page in sample["pages"]:
        at = TOP
        for line in page:
            at -= _draw_line(canvas, line, at, sample.get("column", COLUMN))
        canvas.showPage()
    canvas.save()


def _draw_line(canvas, line, at, width=COLUMN):
    line = str(line or "")
    size = 10
    if line.startswith("# "):
        size, line = 22, line[2:]
    elif line.startswith("## "):
        size, line = 15, line[3:]
    if line.startswith("~"):
        how, _, line = line[1:].partition(" ")
        HIDING[how](canvas, line, at)
        return size * 1.6
    for column, text in enumerate(line.split("|")):
        canvas.setFont("Helvetica-Bold" if size > 10 else "Helvetica", size)
        canvas.drawString(LEFT + column * width, at, text.strip())
    return size * (1.15 if line.endswith(" ") else 1.6)


def _white(canvas, line, at):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(LEFT, at, line)
    canvas.setFillColorRGB(0, 0, 0)


def _invisible(canvas, line, at):
    text = canvas.beginText(LEFT, at)
    text.setTextRenderMode(3)
    text.textOut(line)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def _covered(canvas, line, at):
    canvas.drawString(LEFT, at, line)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(LEFT - 2, at - 4, 420, 16, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def _tiny(canvas, line, at):
    canvas.setFont("Helvetica", 0.1)
    canvas.drawString(LEFT, at, line)
    canvas.setFont("Helvetica", 10)


def _many(canvas, line, at):
    text = canvas.beginText(LEFT, at)
    for _ in range(int(line)):
        text.textOut("Valid until 2099-12-31 ")
    canvas.drawText(text)


HIDING = {"white": _white, "invisible": _invisible, "covered": _covered, "tiny": _tiny, "many": _many}


def finish(data, how):
    """What happens to the finished document: damaged, replaced, photographed, annotated."""
    return FINISHES.get(how, lambda data: data)(data)


def _scanned(data):
    return photographed(data)


def photographed(data, change=lambda picture: picture, scale=2.0):
    """Every page as a picture of itself; `change` may turn, shade or blur it."""
    document = pypdfium2.PdfDocument(data)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for page in document:
        image = change(page.render(scale=scale, grayscale=True).to_pil())
        size = A4 if image.width < image.height else A4[::-1]
        picture = io.BytesIO()
        image.save(picture, "JPEG", quality=60)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _note_over_last_line(data):
    """A white box and a typed note over the last day of validity."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    text = page.get_textpage()
    start, count = text.search("2025-04-30").get_next()
    text.count_rects(start, count)
    left, bottom, right, top = text.get_rect(0)
    place = (left - 3, bottom - 3, right + 8, top + 3)
    _annotate(
        page,
        pdfium.FPDF_ANNOT_SQUARE,
        place,
        f"1 1 1 rg {place[0]} {place[1]} 400 {top - bottom + 6} re f",
        "",
    )
    drawing = f"BT /F1 10 Tf 0 g {left} {bottom} Td (2028-04-30) Tj ET"
    _annotate(page, pdfium.FPDF_ANNOT_FREETEXT, place, drawing, "2028-04-30")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _annotate(page, kind, place, drawing, text):
    left, bottom, right, top = place
    note = pdfium.FPDFPage_CreateAnnot(page, kind)
    pdfium.FPDFAnnot_SetRect(note, pdfium.FS_RECTF(left, top, right, bottom))
    pdfium.FPDFAnnot_SetStringValue(note, b"Contents", _wide(text))
    pdfium.FPDFAnnot_SetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(drawing))
    pdfium.FPDFPage_CloseAnnot(note)


def _wide(text):
    import ctypes

    raw = (text + "\0").encode("utf-16-le")
    return ctypes.cast(ctypes.create_string_buffer(raw), ctypes.POINTER(pdfium.FPDF_WCHAR))


def _lying_map(data):
    """The font draws a 1 and calls it an 8: a map from codes to letters is added as an update of the file."""
    font = re.search(rb"(\d+) 0 obj\n<<\n(/BaseFont /Helvetica /.*?)>>\nendobj", data, re.DOTALL)
    size = int(re.search(rb"/Size (\d+)", data)[1])
    stream = b"begincmap\n1 beginbfchar\n<31> <0038>\nendbfchar\nendcmap"
    objects = {
        int(font[1]): b"<< " + font[2] + b" /ToUnicode %d 0 R >>" % size,
        size: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    }
    table, out = b"xref\n", data + b"\n"
    for number, body in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    root, start = re.search(rb"/Root \d+ 0 R", data)[0], re.findall(rb"startxref\s+(\d+)", data)[-1]
    trailer = b"trailer\n<< /Size %d %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    return out + table + trailer % (size + 1, root, start, len(out))


FINISHES = {
    "lying_map": _lying_map,
    "scanned": _scanned,
    "truncated": lambda data: data[: len(data) // 3],
    "empty": lambda _: b"",
    "program": lambda _: b"MZ\x90\x00" + b"\0" * 200,
    "web_page": lambda _: b"<!doctype html><title>Sign in</title>",
    "note_over_last_line": _note_over_last_line,
}
