"""Step 4, evidence: an opened document and, where wished, its pictures read by OCR (child process only)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pypdfium2

from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page, Pose, Word, group_lines, touches
from compliance.evidence.misread import with_labels_mended
from compliance.evidence.ocr import read_picture, read_picture_again
from compliance.evidence.pdf_gate import PageCost
from compliance.evidence.pdfium_text import FEW_CHARS
from compliance.evidence.seen import Layout

PICTURE_PAGES = 6
SECOND_LOOKS = 2  # pages: what is missing stands on the first page or its back
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
    return _with_pages(opened, _read, PICTURE_PAGES)


def with_pictures_read_again(opened: Opened, read: Opened, layout: Layout) -> Opened:
    """The document with its first pictures read in another way; `read` is the same document read once."""
    poses = {page.number: page.pose for page in read.pages}

    def again(pdf: pypdfium2.PdfDocument, page: Page) -> Page:
        return _read_again(pdf, page, poses[page.number], layout)

    return _with_pages(opened, again, SECOND_LOOKS)


def _with_pages(opened: Opened, read: Callable[[pypdfium2.PdfDocument, Page], Page], most: int) -> Opened:
    pages, left = list(opened.pages), most
    for index, page in enumerate(pages):
        if page.kind in ("scan", "hybrid") and left > 0:
            pages[index] = read(opened.pdf, page)
            left -= 1
    return replace(opened, pages=tuple(pages))


def _read(pdf: pypdfium2.PdfDocument, page: Page) -> Page:
    shown = pdf[page.number - 1]
    try:
        seen, pose = read_picture(shown, askew=not page.words)
    finally:
        shown.close()
    return _with_words(page, seen, pose)


def _read_again(pdf: pypdfium2.PdfDocument, page: Page, pose: Pose, layout: Layout) -> Page:
    shown = pdf[page.number - 1]
    try:
        return _with_words(page, read_picture_again(shown, pose, layout), pose)
    finally:
        shown.close()


def _with_words(page: Page, seen: Sequence[Word], pose: Pose) -> Page:
    """Words of a picture beside those of the text layer; a page with a text layer stands as its text does."""
    if sum(len(word.text) for word in seen) < FEW_CHARS or (pose != Pose() and page.words):
        return page
    known = page.words
    added = [word for word in seen if not any(touches(word.box, other.box) for other in known)]
    lines = group_lines([*known, *added])
    return with_labels_mended(replace(page, lines=lines, kind="text", pose=pose))


def as_certain_as_letters(facts: Sequence[Fact], pages: Sequence[Page]) -> tuple[Fact, ...]:
    """A fact read from a picture is no surer than its least certain word."""
    return tuple(
        _weakened(fact, pages[fact.page - 1].words) if fact.source == "ocr" else fact for fact in facts
    )


def _weakened(fact: Fact, words: Sequence[Word]) -> Fact:
    least = min((word.certainty for word in words if touches(word.box, fact.box)), default=1.0)
    weaker = replace(fact, confidence=round(fact.confidence * least, 3))
    return weaker.warned("read_from_picture") if least < CERTAIN else weaker
