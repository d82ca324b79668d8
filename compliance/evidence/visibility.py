"""Step 4, evidence: can a reader see it? The page drawn with and without its text, compared at a fact's place."""

import ctypes
from collections.abc import Iterable

import pypdfium2
import pypdfium2.raw as pdfium

from compliance.evidence.facts import Box
from compliance.evidence.pdf_gate import FORM_DEPTH

SCALE = 100 / 72
MAX_PIXELS = 4_000_000
CHANGED = 24  # of 255: a difference an eye can see
LEAST_PIXELS = 3
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

    def all_shown(self, boxes: Iterable[Box]) -> bool:
        """True when every box shows text."""
        return all(self.shows(box) for box in boxes)


def _draw(page: pypdfium2.PdfPage, scale: float) -> tuple[int, int, int, bytes]:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=True)
    try:
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        return bitmap.width, bitmap.height, bitmap.stride, data
    finally:
        bitmap.close()
