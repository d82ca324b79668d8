"""Step 4, evidence: words and annotations of a page by pdfium, quick enough for every page (child process only)."""

import ctypes
import math
import sys
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from compliance.evidence.facts import Box
from compliance.evidence.layout import Page, Word, group_lines
from compliance.evidence.pdf_gate import (
    MAX_CHARS_PER_PAGE,
    MAX_OBJECTS_PER_PAGE,
    MAX_SIDE,
    NotRead,
    PageCost,
)

FEW_CHARS = 25  # a page with fewer characters and a large picture is a scan
LARGE_PICTURE = 0.5
BLANK, DELETE = 0x20, 0x7F  # between them every code is a letter that can be printed
HYPHENS = frozenset({2, 0xFFFE})
_PLAIN = {ord("\r"): None, 0x2: "-", 0xFFFE: "-", 0x0: " "}
LONGEST_NOTE = 20_000  # bytes
MOST_NOTES = 500
HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
COVERING = frozenset({
    pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_LINE,
})  # fmt: skip

ToPage = Callable[[float, float, float, float], Box]


def read_page(page: pypdfium2.PdfPage, number: int, cost: PageCost) -> Page:
    """The page's words by pdfium, with loose character boxes; raises NotRead("refused") beyond the caps."""
    width, height = page_size(page)
    words = tuple(_words(page, placer(page)))
    return Page(number, width, height, group_lines(words), page_kind(words, cost))


def page_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Width and height in points; raises NotRead("refused") beyond the caps."""
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise NotRead("refused")
    return width, height


def bare_text(page: pypdfium2.PdfPage) -> str:
    """The page's text without places, at a tenth of the cost; raises NotRead("refused") beyond the caps."""
    if pdfium.FPDFPage_CountObjects(page) > MAX_OBJECTS_PER_PAGE:
        raise NotRead("refused")
    text = page.get_textpage()
    try:
        if text.count_chars() > MAX_CHARS_PER_PAGE:
            raise NotRead("refused")
        return str(text.get_text_range()).translate(_PLAIN)
    finally:
        text.close()


def page_kind(words: tuple[Word, ...], cost: PageCost) -> str:
    """text, hybrid (text over a large picture), scan (picture only) or empty."""
    few = sum(len(word.text) for word in words) < FEW_CHARS
    if cost.picture > LARGE_PICTURE:
        return "scan" if few else "hybrid"
    return "empty" if few and not words else "text"


def placer(page: pypdfium2.PdfPage) -> ToPage:
    """A function from pdfium's (left, bottom, right, top) to (x0, top, x1, bottom) as the page is shown."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, ToPage] = {
        0: lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        90: lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    }
    return turns[page.get_rotation()]


def _words(page: pypdfium2.PdfPage, place: ToPage) -> Iterator[Word]:
    letters: list[str] = []
    boxes: list[Box] = []
    for letter, box in _letters(page, place):
        if letters and (not letter.strip() or _apart(boxes[-1], box)):
            yield _word(letters, boxes)
            letters, boxes = [], []
        if letter.strip():
            letters.append(letter)
            boxes.append(box)
    if letters:
        yield _word(letters, boxes)


def _word(letters: list[str], boxes: list[Box]) -> Word:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Word("".join(letters), min(x0s), min(tops), max(x1s), max(bottoms))


def _apart(left: Box, right: Box) -> bool:
    """A gap no word has inside, or another line."""
    height = max(left[3] - left[1], right[3] - right[1], 1.0)
    gap = right[0] - left[2]
    return gap > 0.4 * height or gap < -2.0 * height or abs(left[3] - right[3]) > 0.6 * height


def _letters(page: pypdfium2.PdfPage, place: ToPage) -> Iterator[tuple[str, Box]]:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_CHARS_PER_PAGE:
            raise NotRead("refused")
        rect = pdfium.FS_RECTF()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            known = pdfium.FPDFText_GetLooseCharBox(text, index, rect)
            letter = _letter(code)
            if not letter.strip() or not known:
                yield " ", (0.0, 0.0, 0.0, 0.0)
                continue
            left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
            if math.isfinite(left + bottom + right + top):
                yield letter, place(left, bottom, right, top)
    finally:
        text.close()


def _letter(code: int) -> str:
    """pdfium marks a hyphen at a line's end as U+0002 or U+FFFE; what cannot be printed is a blank."""
    if BLANK < code < DELETE:
        return chr(code)
    if code in HYPHENS:
        return "-"
    letter = chr(code) if code <= sys.maxunicode else " "
    return letter if letter.isprintable() else " "


def covering_annotations(page: pypdfium2.PdfPage) -> tuple[Box, ...]:
    """Places of annotations that can hide what lies under them (ink, boxes, typed notes, stamps)."""
    return tuple(box for kind, box, _ in _annotations(page) if kind in COVERING)


def field_places(page: pypdfium2.PdfPage) -> tuple[Box, ...]:
    """Places of form fields."""
    return tuple(box for kind, box, _ in _annotations(page) if kind == pdfium.FPDF_ANNOT_WIDGET)


_SOURCES = {pdfium.FPDF_ANNOT_FREETEXT: "annotation", pdfium.FPDF_ANNOT_WIDGET: "form field"}


def note_words(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The text of typed notes (FreeText) and filled form fields, spread over each one's box, with their source."""
    words: list[Word] = []
    for kind, box, text in _annotations(page):
        if kind in _SOURCES and text.strip():
            words += _spread(text[:2000], box, _SOURCES[kind])
    return tuple(words)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Box, str]]:
    place = placer(page)
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        rect = pdfium.FS_RECTF()
        shown = not pdfium.FPDFAnnot_GetFlags(note) & HIDDEN
        if shown and pdfium.FPDFAnnot_GetRect(note, rect):
            box = place(rect.left, rect.bottom, rect.right, rect.top)
            yield pdfium.FPDFAnnot_GetSubtype(note), box, _said(note)
        pdfium.FPDFPage_CloseAnnot(note)


def _said(note: object) -> str:
    """A note's text; of a form field what was typed or chosen, never the state of a button."""
    if pdfium.FPDFAnnot_GetSubtype(note) != pdfium.FPDF_ANNOT_WIDGET:
        return _string(note, b"Contents")
    return _string(note, b"V") if _string(note, b"FT") in ("Tx", "Ch") else ""


def _string(note: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 1 < length <= LONGEST_NOTE:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")


def _spread(text: str, box: Box, source: str) -> list[Word]:
    rows = [row.split() for row in text.splitlines() if row.split()]
    height = (box[3] - box[1]) / max(len(rows), 1)
    words = []
    for at, row in enumerate(rows):
        step = (box[2] - box[0]) / sum(len(word) + 1 for word in row)
        x0 = box[0]
        for word in row:
            top = box[1] + at * height
            words.append(Word(word, x0, top, x0 + step * len(word), top + height, source))
            x0 += step * (len(word) + 1)
    return words
