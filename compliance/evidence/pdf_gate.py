"""Step 4, evidence: opens a PDF with pdfium and turns away what costs too much (runs in the child process only)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

HEADER_WITHIN = 1024
MAX_PAGES = 600
MAX_CHARS_PER_PAGE = 60_000
MAX_CHARS = 4_000_000
MAX_OBJECTS_PER_PAGE = 30_000
MAX_SEGMENTS_PER_PAGE = 300_000
MAX_SIDE = 20_000.0  # points; 7 metres
FORM_DEPTH = 4

_FAILURES = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}


class NotRead(Exception):  # noqa: N818 - not an error of ours but an outcome
    """The document ends in the state given, one of facts.STATES."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class PageCost:
    """What a page holds: drawing objects, path segments, and the share of its area that pictures cover."""

    objects: int
    segments: int
    picture: float

    @property
    def bearable(self) -> bool:
        """May the slow engine read this page?"""
        return self.objects <= MAX_OBJECTS_PER_PAGE and self.segments <= MAX_SEGMENTS_PER_PAGE


UNCOUNTED = PageCost(0, 0, 0.0)  # of a page of which only the text is asked


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Open the document; raises NotRead with not_pdf, encrypted, broken or refused."""
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise NotRead("not_pdf")
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as problem:
        raise NotRead(_FAILURES.get(getattr(problem, "err_code", None) or 0, "broken")) from problem
    if count == 0:
        raise NotRead("broken")
    if count > MAX_PAGES:
        raise NotRead("refused")
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()  # before any page is loaded: what stands in form fields is drawn too
    return document


def page_cost(page: pypdfium2.PdfPage) -> PageCost:
    """Count what is drawn on a page, stopping at the caps."""
    width, height = page.get_size()
    area = max(width * height, 1.0)
    objects = segments = 0
    picture = 0.0
    for item in _objects(page):
        objects += 1
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            segments += max(pdfium.FPDFPath_CountSegments(item), 0)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = min(1.0, picture + _share(item, area))
        if objects > MAX_OBJECTS_PER_PAGE or segments > MAX_SEGMENTS_PER_PAGE:
            break
    return PageCost(objects, segments, picture)


def _objects(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    if pdfium.FPDFPage_CountObjects(page) > MAX_OBJECTS_PER_PAGE:
        raise NotRead("refused")
    return iter(page.get_objects(max_depth=FORM_DEPTH))


def _share(item: pypdfium2.PdfObject, area: float) -> float:
    try:
        left, bottom, right, top = item.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0
    return float(abs((right - left) * (top - bottom)) / area)
