"""Step 4, evidence: reads one PDF from bytes to a reading: gate, words, facts, second engine, sight (child only)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pypdfium2

from compliance.evidence.completing import completed, is_certificate, lacks
from compliance.evidence.crops import doubted_by_picture
from compliance.evidence.documents.permit import PERMIT, named_by_initials, person_names, without_names
from compliance.evidence.facts import Fact, Reading
from compliance.evidence.file_dates import file_days
from compliance.evidence.layout import Page, Word, group_lines, overlap, touches
from compliance.evidence.opened import (
    Opened,
    as_certain_as_letters,
    with_pictures_read,
    with_pictures_read_again,
)
from compliance.evidence.opening import open_document
from compliance.evidence.pdf_gate import NotRead
from compliance.evidence.pdf_text import SlowReader
from compliance.evidence.personnummer import mask_personnummer
from compliance.evidence.reading import agreed, read_facts
from compliance.evidence.seen import Layout
from compliance.evidence.triage import LONG
from compliance.evidence.visibility import LEGIBLE, Sight

SLOW_PAGES, SLOW_PAGES_OF_LONG = 6, 3
SIGHT_PAGES = 8
ROUNDS = 3
OTHER_WAYS: tuple[Layout, ...] = ("sparse", "block")
UNSEEN = 0.2
SLIVER = 0.25  # of a word's height: a neighbour that only touches the place is not part of it
EXACT = frozenset({"valid_until", "issued_on", "next_review", "certificate_number", "org_number", "period"})
MAX_TEXT = 300_000  # characters of text kept of a document


def read_document(data: bytes, *, ocr: bool = False, look: bool = True) -> Reading:
    """Read a PDF; every outcome is a state of the reading. With `ocr` pages that are pictures are read too.

    `look` draws the pages to see whether each fact can be seen; only measurements do without.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        opened = open_document(data)
    except NotRead as outcome:
        return Reading(outcome.state, sha256)
    except pypdfium2.PdfiumError:
        return Reading("broken", sha256)
    facts = _facts(opened, look=look)
    if ocr:
        opened, facts = _with_pictures(opened, facts)
    names = _private_names(opened.pages, facts)
    read = tuple(page for page in opened.pages if page.kind in ("text", "hybrid"))
    made_on, changed_on = file_days(opened.pdf)
    return Reading(
        state=_state(opened.pages, facts),
        sha256=sha256,
        pages=len(opened.pages),
        facts=named_by_initials(facts, names) if names else facts,
        read_pages=tuple(page.number for page in read),
        text=tuple(_texts(read, names)),
        made_on=made_on,
        changed_on=changed_on,
    )


def _with_pictures(opened: Opened, facts: tuple[Fact, ...]) -> tuple[Opened, tuple[Fact, ...]]:
    """Pictures read, in other ways where something that must be said is missing, and deciding facts looked at."""
    once = opened
    if _state(opened.pages, facts) != "read":
        once = with_pictures_read(opened)
        facts = as_certain_as_letters(_facts(once), once.pages)
        for way in OTHER_WAYS if once.pages != opened.pages else ():
            if lacks(facts):
                again = with_pictures_read_again(opened, once, way)
                facts = completed(facts, as_certain_as_letters(_facts(again), again.pages))
    facts = doubted_by_picture(once.pdf, once.pages, facts)
    return once, tuple(replace(fact, box=once.pages[fact.page - 1].shown(fact.box)) for fact in facts)


def _texts(pages: Sequence[Page], names: Sequence[str]) -> Iterator[str]:
    left = MAX_TEXT
    for page in pages:
        yield without_names(mask_personnummer(page.text[:left]), names)
        left = max(0, left - len(page.text))


def _private_names(pages: Sequence[Page], facts: Sequence[Fact]) -> tuple[str, ...]:
    """Whoever holds a permit is a private person; other documents name people in their work."""
    permit = any(fact.field == "document_type" and fact.value == PERMIT for fact in facts)
    return person_names(pages) if permit else ()


def _state(pages: Sequence[Page], facts: Sequence[Fact]) -> str:
    """A background picture matters only where a certificate lacks what it must say: it may stand in the picture."""
    kinds = {page.kind for page in pages}
    if kinds <= {"scan", "empty"}:
        return "scanned"
    hidden_in_picture = "hybrid" in kinds and is_certificate(facts) and lacks(facts)
    return "partly_read" if "scan" in kinds or hidden_in_picture else "read"


def _facts(opened: Opened, *, look: bool = True) -> tuple[Fact, ...]:
    quick = read_facts(opened.pages)
    slow = _with_slow_pages(opened, quick)
    first = agreed(read_facts(slow), quick) if slow is not opened.pages else quick
    return _as_seen(opened, slow, first) if look else first


def _with_slow_pages(opened: Opened, facts: Sequence[Fact]) -> tuple[Page, ...]:
    """The pages that carry facts, read again by the exact engine; where it fails the quick one's words stay."""
    answers = [fact for fact in facts if fact.answer]
    carrying = {fact.page for fact in answers} | {1}
    ranked = sorted(carrying, key=lambda number: (-sum(fact.page == number for fact in answers), number))
    pages = list(opened.pages)
    chosen = ranked[: SLOW_PAGES if len(pages) <= LONG else SLOW_PAGES_OF_LONG]
    with SlowReader(opened.data, chosen) as reader:
        for number in chosen:
            page = pages[number - 1]
            if page.lines and opened.costs[number - 1].bearable and not _has_notes(page):
                words = reader.words(number)
                if words and _as_much(words, page):
                    pages[number - 1] = replace(page, lines=group_lines(words))
    return tuple(pages)


def _has_notes(page: Page) -> bool:
    """Words that did not come from the text layer are not to be replaced by the text layer's."""
    return any(word.source != "text" for word in page.words)


def _as_much(words: Sequence[Word], page: Page) -> bool:
    """The exact engine loses text in deeply nested forms: then the quick engine's words are the better ones."""
    return sum(len(word.text) for word in words) >= 0.95 * sum(len(word.text) for word in page.words)


def _as_seen(opened: Opened, pages: tuple[Page, ...], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Facts nobody can see go last with a warning, and the document is read again without their words."""
    unseen: list[Fact] = []
    sights: dict[int, Sight | None] = {}
    for _ in range(ROUNDS):
        hidden = [fact for fact in facts if not _shown(opened, pages[fact.page - 1], fact, sights)]
        if not hidden:
            break
        unseen += [replace(fact.warned("not_visible"), confidence=UNSEEN) for fact in hidden]
        pages = _without(pages, hidden)
        facts = read_facts(pages)
    hidden_values = {(fact.field, fact.value) for fact in facts}
    facts = tuple(_doubted(fact, sights) for fact in facts)
    return (*facts, *(fact for fact in unseen if (fact.field, fact.value) not in hidden_values))


def _shown(opened: Opened, page: Page, fact: Fact, sights: dict[int, Sight | None]) -> bool:
    if fact.source != "text" or fact.field == "document_type":
        return True
    if fact.page not in sights:
        sights[fact.page] = _sight(opened, fact.page) if len(sights) < SIGHT_PAGES else None
    sight = sights[fact.page]
    return sight is None or _in_sight(sight, page, fact)


def _in_sight(sight: Sight, page: Page, fact: Fact) -> bool:
    """Of a date or number every stretch must be seen: half a date covered is another date."""
    if fact.field not in EXACT:
        return sight.shows(fact.box) and fact.box[3] - fact.box[1] >= LEGIBLE
    shared = [overlap(word.box, fact.box) for word in page.words if touches(word.box, fact.box)]
    parts = [box for box in shared if box[2] - box[0] > SLIVER * (box[3] - box[1])]
    return sight.shows(fact.box) and all(map(sight.shows_whole, parts))


def _doubted(fact: Fact, sights: Mapping[int, Sight | None]) -> Fact:
    """A typed note says what the page beneath it did not; where no picture could be made, nobody has looked."""
    if fact.source == "annotation":
        return fact.warned("painted_over", 0.9)
    if fact.source == "form field" and fact.field in EXACT:
        return fact.warned("not_checked", 0.9)  # what is drawn in the field may be something else
    if fact.source == "text" and fact.field != "document_type":
        sight = sights.get(fact.page)
        if sight is None or (fact.field in EXACT and sight.is_said_elsewhere(fact.box)):
            return fact.warned("not_checked", 0.9)
    return fact


def _sight(opened: Opened, number: int) -> Sight | None:
    if not opened.costs[number - 1].bearable:
        return None
    try:
        page = opened.pdf[number - 1]
        try:
            return Sight(page)
        finally:
            page.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None


def _without(pages: Sequence[Page], hidden: Sequence[Fact]) -> tuple[Page, ...]:
    kept = []
    for page in pages:
        boxes = [fact.box for fact in hidden if fact.page == page.number]
        words = [
            word
            for word in page.words
            if word.source != "text" or not any(touches(word.box, b) for b in boxes)
        ]
        kept.append(page if len(words) == len(page.words) else replace(page, lines=group_lines(words)))
    return tuple(kept)
