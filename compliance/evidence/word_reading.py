"""Step 4, evidence: reads a Word file to a reading whose facts stand at paragraphs (child process only)."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.evidence.documents.permit import PERMIT, named_by_initials, person_names, without_names
from compliance.evidence.facts import Fact, Reading
from compliance.evidence.layout import Page, Word, group_lines
from compliance.evidence.pdf_gate import NotRead
from compliance.evidence.personnummer import mask_personnummer
from compliance.evidence.reading import read_facts
from compliance.evidence.word_file import Paragraph, WordFile, open_word_file

FEW_CHARS = 25
MAX_TEXT = 300_000
UNSEEN = 0.2
WIDTH, CELL_GAP = 595.0, 24.0
LETTER, HEIGHT, TITLE, LEADING = 5.5, 11.0, 18.0, 1.4
SOURCE = "paragraph"
NOWHERE = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Sheet:
    """Paragraphs set as one endless page, and at which height each begins."""

    page: Page
    tops: tuple[float, ...]
    numbers: tuple[int, ...]

    def number_at(self, height: float) -> int:
        """The paragraph at a height."""
        return self.numbers[max(bisect_right(self.tops, height) - 1, 0)]


def read_word_file(data: bytes) -> Reading:
    """Read a .docx; every outcome is a state. `page` of a fact is its paragraph's number, its box is empty."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        file = open_word_file(data)
    except NotRead as outcome:
        return Reading(outcome.state, sha256)
    seen = _sheet(file.paragraphs, hidden=False)
    facts = _facts(seen)
    unseen = _hidden_facts(file, facts)
    names = person_names((seen.page,)) if any(_is_permit(fact) for fact in facts) else ()
    text = without_names(mask_personnummer(seen.page.text[:MAX_TEXT]), names)
    return Reading(
        state=_state(file, seen.page),
        sha256=sha256,
        pages=1,
        facts=named_by_initials((*facts, *unseen), names) if names else (*facts, *unseen),
        read_pages=(1,),
        text=(text,),
    )


def _state(file: WordFile, page: Page) -> str:
    few = sum(len(word.text) for word in page.words) < FEW_CHARS
    if file.has_large_picture:
        return "scanned" if few else "partly_read"
    return "broken" if not page.words else "read"


def _facts(sheet: Sheet) -> tuple[Fact, ...]:
    if not sheet.page.words:
        return ()
    return tuple(
        replace(fact, page=sheet.number_at(fact.box[1] + 1), box=NOWHERE, source=SOURCE)
        for fact in read_facts((sheet.page,))
    )


def _hidden_facts(file: WordFile, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What only letters say that nobody sees: last, and with a warning."""
    if all(one.cells == one.hidden for one in file.paragraphs):
        return ()
    known = {(fact.field, fact.value) for fact in facts}
    found = _facts(_sheet(file.paragraphs, hidden=True))
    return tuple(
        replace(fact.warned("not_visible"), confidence=UNSEEN)
        for fact in found
        if (fact.field, fact.value) not in known and fact.field != "document_type"
    )


def _is_permit(fact: Fact) -> bool:
    return fact.field == "document_type" and fact.value == PERMIT


def _sheet(paragraphs: Sequence[Paragraph], *, hidden: bool) -> Sheet:
    words: list[Word] = []
    tops, numbers, top = [0.0], [1], 0.0
    for one in paragraphs:
        cells = one.hidden if hidden else one.cells
        height = TITLE if one.is_title else HEIGHT
        tops.append(top)
        numbers.append(one.number)
        lines = max(
            (_set(cell, column, len(cells), top, height, words) for column, cell in enumerate(cells)),
            default=0,
        )
        top += max(lines, 1) * height * LEADING
    return Sheet(Page(1, WIDTH, max(top, 1.0), group_lines(words)), tuple(tops), tuple(numbers))


def _set(text: str, column: int, columns: int, top: float, height: float, words: list[Word]) -> int:
    """Set the text of a cell within its share of the width; the number of lines it takes."""
    wide = WIDTH / columns
    left, room = column * wide, max(wide - CELL_GAP, 10 * LETTER)
    letter = LETTER * height / HEIGHT
    at, line = 0.0, 0
    for word in text.split():
        long = len(word) * letter
        if at and at + long > room:
            at, line = 0.0, line + 1
        y = top + line * height * LEADING
        words.append(Word(word, left + at, y, left + at + long, y + height))
        at += long + letter
    return line + 1 if text else 0
