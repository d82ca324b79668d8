"""Step 4, evidence: can a reader see it? The page drawn with and without its text, compared at a fact's place."""

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from compliance.evidence.facts import Box
from compliance.evidence.layout import touches
from compliance.evidence.pdf_gate import FORM_DEPTH
from compliance.evidence.pdfium_text import field_places, placer

SCALE = 100 / 72
MAX_PIXELS = 4_000_000
CHANGED = 24  # of 255: a difference an eye can see
LEAST_PIXELS = 3
LEGIBLE = 2.5  # points: nobody reads smaller letters
LONGEST_MARK = 400  # bytes
STRETCH = 0.6  # of the letters' height: a stretch of a word that is as wide as a figure
LEAST_SHARE = 0.004  # of the box's pixels


class Sight:
    """Two grey pictures of one page, with and without text; annotations are drawn in both."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        self._scale = min(SCALE, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        self._with = _draw(page, self._scale)
        texts = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=FORM_DEPTH))
        for item in texts:
            pdfium.FPDFPageObj_SetIsActive(item, 0)
        self._without = _draw(page, self._scale)
        for item in texts:
            pdfium.FPDFPageObj_SetIsActive(item, 1)
        self._elsewhere = (*_replaced(page, texts), *field_places(page))

    def is_said_elsewhere(self, box: Box) -> bool:
        """True where a form field lies over the text, or the file gives other words for what it draws there."""
        return any(touches(box, other) for other in self._elsewhere)

    def shows(self, box: Box) -> bool:
        """True when text makes a visible difference inside the box."""
        width, height, stride, seen = self._with
        _, _, _, bare = self._without
        x0, top, x1, bottom = (round(edge * self._scale) for edge in box)
        x0, x1 = max(x0, 0), min(x1, width)
        rows = range(max(top, 0), min(bottom, height))
        pixels = len(rows) * (x1 - x0)
        if pixels <= 0:
            return False
        changed = 0
        for row in rows:
            one, two = (data[row * stride + x0 : row * stride + x1] for data in (seen, bare))
            if one != two:
                changed += sum(abs(a - b) > CHANGED for a, b in zip(one, two, strict=True))
        return bool(changed >= max(LEAST_PIXELS, LEAST_SHARE * pixels))

    def shows_whole(self, box: Box) -> bool:
        """True when the text inside the box is large enough to read and no stretch of it is covered or cut off."""
        x0, top, x1, bottom = box
        wide = x1 - x0 >= bottom - top
        thick, long = sorted((x1 - x0, bottom - top))
        if thick < LEGIBLE:
            return False
        count = max(int(long / (STRETCH * thick)), 1)
        step = long / count
        return all(
            self.shows((x0 + at * step, top, x0 + (at + 1) * step, bottom))
            if wide
            else self.shows((x0, top + at * step, x1, top + (at + 1) * step))
            for at in range(count)
        )


def _replaced(page: pypdfium2.PdfPage, texts: Sequence[pypdfium2.PdfObject]) -> Iterator[Box]:
    """Places of text with a replacement (ActualText) that holds figures: readers take it for what is drawn."""
    place = placer(page)
    for item in texts:
        if any(
            char.isdigit()
            for at in range(pdfium.FPDFPageObj_CountMarks(item))
            for char in _actual_text(item, at)
        ):
            yield place(*item.get_bounds())


def _actual_text(item: pypdfium2.PdfObject, at: int) -> str:
    mark = pdfium.FPDFPageObj_GetMark(item, at)
    buffer = ctypes.create_string_buffer(LONGEST_MARK)
    length = ctypes.c_ulong()
    text = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    known = pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", text, LONGEST_MARK, length)
    return buffer.raw[: min(length.value, LONGEST_MARK)].decode("utf-16-le", errors="ignore") if known else ""


def _draw(page: pypdfium2.PdfPage, scale: float) -> tuple[int, int, int, bytes]:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True, draw_annots=True)
    try:
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        return bitmap.width, bitmap.height, bitmap.stride, data
    finally:
        bitmap.close()
