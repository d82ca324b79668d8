"""Step 4, evidence: an opened document and, where wished, its pictures read by OCR (child process only)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2

from compliance.evidence.facts import Box, Fact
from compliance.evidence.layout import Page, Word, group_lines, overlap_x
from compliance.evidence.ocr import read_picture
from compliance.evidence.pdf_gate import PageCost
from compliance.evidence.pdfium_text import FEW_CHARS

PICTURE_PAGES = 6
CERTAIN = 0.8  # of the least certain word: below it a person compares


@dataclass(frozen=True)
class Opened:
    """A document that passed the gate: its pages by the quick engine and what each costs."""

    pdf: pypdfium2.PdfDocument
    data: bytes
    pages: tuple[Page, ...]
    costs: tuple[PageCost, ...]


def with_pictures_read(opened: Opened) -> Opened:
    """The document with the words of its first pictures; words of the text layer stay as they are."""
    pages, left = list(opened.pages), PICTURE_PAGES
    for index, page in enumerate(pages):
        if page.kind in ("scan", "hybrid") and left > 0:
            pages[index] = _read(opened.pdf, page)
            left -= 1
    return replace(opened, pages=tuple(pages))


def _read(pdf: pypdfium2.PdfDocument, page: Page) -> Page:
    shown = pdf[page.number - 1]
    try:
        seen = read_picture(shown)
    finally:
        shown.close()
    if sum(len(word.text) for word in seen) < FEW_CHARS:
        return page
    known = page.words
    added = [word for word in seen if not any(touches(word.box, other.box) for other in known)]
    return replace(page, lines=group_lines([*known, *added]), kind="text")


def touches(one: Box, other: Box) -> bool:
    """Do two boxes share any area?"""
    return overlap_x(one, other) > 0 and min(one[3], other[3]) - max(one[1], other[1]) > 0


def as_certain_as_letters(facts: Sequence[Fact], pages: Sequence[Page]) -> tuple[Fact, ...]:
    """A fact read from a picture is no surer than its least certain word."""
    return tuple(
        _weakened(fact, pages[fact.page - 1].words) if fact.source == "ocr" else fact for fact in facts
    )


def _weakened(fact: Fact, words: Sequence[Word]) -> Fact:
    least = min((word.certainty for word in words if touches(word.box, fact.box)), default=1.0)
    weaker = replace(fact, confidence=round(fact.confidence * least, 3))
    return weaker.warned("read_from_picture") if least < CERTAIN else weaker
