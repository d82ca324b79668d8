"""Step 4, evidence: opens a document and reads its pages by the quick engine; of a long one only those that matter."""

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2

from compliance.evidence.kinds import kind_of
from compliance.evidence.layout import Page, group_lines, touches
from compliance.evidence.opened import Opened
from compliance.evidence.parts import MOST_PAGES
from compliance.evidence.pdf_gate import MAX_CHARS, UNCOUNTED, NotRead, PageCost, open_pdf, page_cost
from compliance.evidence.pdfium_text import (
    FEW_CHARS,
    bare_text,
    covering_annotations,
    note_words,
    page_size,
    read_page,
)
from compliance.evidence.triage import FIRST, LAST, LONG, READERS, deserves
from compliance.evidence.visibility import Sight

Read = tuple[Page, PageCost]


def open_document(data: bytes) -> Opened:
    """The document's pages; raises NotRead, or PdfiumError where a page does not load."""
    pdf = open_pdf(data)
    long = len(pdf) > LONG
    read = [_closely(pdf, number) for number in range(1, (FIRST if long else len(pdf)) + 1)]
    triaged = long and _says_it_early([page for page, _ in read])
    chars = sum(len(page.text) for page, _ in read)
    for number in range(len(read) + 1, len(pdf) + 1):
        inner = triaged and number <= len(pdf) - LAST
        read.append(_quickly(pdf, number) if inner else _closely(pdf, number))
        chars += len(read[-1][0].text)
        if chars > MAX_CHARS:
            raise NotRead("refused")
    return Opened(pdf, data, tuple(page for page, _ in read), tuple(cost for _, cost in read))


def _says_it_early(pages: Sequence[Page]) -> bool:
    kind, _ = kind_of(pages)
    return kind is None or kind.reader in READERS


def _quickly(pdf: pypdfium2.PdfDocument, number: int) -> Read:
    """The bare text where that is enough; pages with notes or hardly any text are always looked at closely."""
    page = pdf[number - 1]
    try:
        text = bare_text(page)
        close = len(text) < 2 * FEW_CHARS or deserves(text, proofs=len(pdf) <= MOST_PAGES)
        if not close and not covering_annotations(page):
            return Page(number, *page_size(page), (), bare=text), UNCOUNTED
    finally:
        page.close()
    return _closely(pdf, number)


def _closely(pdf: pypdfium2.PdfDocument, number: int) -> Read:
    page = pdf[number - 1]
    try:
        cost = page_cost(page)
        return _as_shown(page, read_page(page, number, cost)), cost
    finally:
        page.close()


def _as_shown(page: pypdfium2.PdfPage, read: Page) -> Page:
    """Where a note or drawing lies over words, what the eye sees: hidden words go; notes and fields come in."""
    covers, typed = covering_annotations(page), note_words(page)
    if not covers:
        return replace(read, lines=group_lines([*read.words, *typed])) if typed else read
    sight = Sight(page)
    touched = {word for word in read.words if any(touches(word.box, box) for box in covers)}
    hidden = {word for word in touched if not sight.shows(word.box)}
    words = [word for word in read.words if word not in hidden]
    return replace(read, lines=group_lines([*words, *typed]))
