"""Step 4, evidence: does the picture say what the text layer says? The places of deciding facts read by OCR (child).

A font can draw one digit and call it another (a lying ToUnicode map); only looking at what is drawn tells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import pypdfium2
from PIL import Image, ImageOps

from compliance.evidence.dates import find_dates
from compliance.evidence.facts import Box, Fact
from compliance.evidence.layout import Page, touches
from compliance.evidence.ocr import engine
from compliance.evidence.pictures import clockwise, drawn
from compliance.evidence.seen import Layout, Seen

# Chosen by measuring: four crops in one run cost 0.3 s a document; of 150 true facts none was doubted.
DECIDING = ("valid_until", "issued_on", "certificate_number", "holder")
DATES = ("valid_until", "issued_on")
TYPED = ("annotation", "form field")  # their own text is what is drawn
MOST_CROPS = 16
DPI = 300
LOOKS: tuple[tuple[Layout, float], ...] = (("line", 2.5), ("block", 6.0))  # points around the words
MARGIN = 24  # white pixels around a crop: letters at the edge are misread
ALIKE = 0.75  # of a name's letters: what the engine misreads, it misreads seldom
WHITE = 255
DOUBTED, MISREAD = 0.4, 0.8
LEGIBLE = 0.5  # certainty from which the engine's word stands against the text layer
_NOTHING: tuple[Seen, ...] = ()
_RAISED = re.compile(r"(\d)[^\d\s./-]{1,3}(?=\s)")
_CONFUSED = str.maketrans("oöliısbzgåä", "00111582" + "9aa")


def doubted_by_picture(
    pdf: pypdfium2.PdfDocument, pages: Sequence[Page], facts: Sequence[Fact]
) -> tuple[Fact, ...]:
    """The facts; those that decide and look different carry a warning, a date that is drawn goes before one stored.

    What was itself read from a picture is read a second time, alone and enlarged, and must come out the same.
    """
    if engine() is None:
        return tuple(facts)
    left = [(fact, _NOTHING) for fact in _deciding(facts) if fact.source not in TYPED]
    for layout, padding in LOOKS:
        seen = _look(pdf, pages, [_crop_of(fact, padding) for fact, _ in left], layout)
        left = [(f, words) for (f, _), words in zip(left, seen, strict=True) if not _agrees(f, words, pages)]
    doubts = {id(fact): words for fact, words in left}
    return tuple(
        one for fact in facts for one in (_doubted(fact, doubts[id(fact)]) if id(fact) in doubts else [fact])
    )


def _deciding(facts: Sequence[Fact]) -> list[Fact]:
    """The answer of each field that decides; in a bundle those of its first parts."""
    found: dict[tuple[int, str], Fact] = {}
    part = 0
    for fact in facts:
        part += fact.field == "part"
        if fact.field in DECIDING and fact.answer:
            found.setdefault((part, fact.field), fact)
    return list(found.values())[:MOST_CROPS]


def _doubted(fact: Fact, seen: Sequence[Seen]) -> Iterator[Fact]:
    """Something else is drawn than the text layer says, or nothing that the engine can read."""
    if fact.source == "ocr" or not seen:
        warning = "read_from_picture" if fact.source == "ocr" else "not_checked"
        yield fact.warned(warning, DOUBTED if fact.source != "ocr" else MISREAD)
        return
    dates = {match.value for match in find_dates(" ".join(word.text for word in seen)) if not match.ambiguous}
    if fact.field in DATES and len(dates) == 1:
        drawn_date = replace(fact, value=dates.pop(), source="ocr")
        yield drawn_date.warned("differs_from_picture", DOUBTED)
    yield fact.warned("differs_from_picture", DOUBTED)


def _look(
    pdf: pypdfium2.PdfDocument, pages: Sequence[Page], places: Sequence[tuple[int, Box]], layout: Layout
) -> tuple[tuple[Seen, ...], ...]:
    """What the engine reads at each place (page number and box), in one run."""
    reader = engine()
    if reader is None or not places:
        return tuple(() for _ in places)
    crops = [_crop(pdf, pages[number - 1], box) for number, box in places]
    return reader.read(crops, layout=layout, dpi=DPI)


def _crop_of(fact: Fact, padding: float) -> tuple[int, Box]:
    x0, top, x1, bottom = fact.box
    return fact.page, (x0 - padding, top - padding, x1 + padding, bottom + padding)


def _crop(pdf: pypdfium2.PdfDocument, page: Page, box: Box) -> Image.Image:
    shown = pdf[page.number - 1]
    try:
        crop = clockwise(drawn(shown, dpi=DPI, box=page.shown(box)), page.pose.turn)
        return ImageOps.expand(crop, MARGIN, fill=WHITE)
    finally:
        shown.close()


def _agrees(fact: Fact, words: Sequence[Seen], pages: Sequence[Page]) -> bool:
    """True when the picture says the same; also where the engine sees nothing it is sure of in a name."""
    seen = " ".join(word.text for word in words)
    if fact.source == "ocr" and fact.field == "certificate_number":
        return _letters(fact.value) in _letters(seen)
    printed = _printed(pages[fact.page - 1], fact.box) or fact.value
    if fact.field in DATES and _same_date(fact.value, seen):
        return True
    if folded(printed) in folded(seen) or folded(fact.value) in folded(seen):
        return True
    if fact.field != "holder":
        return False
    legible = [word for word in words if word.certainty >= LEGIBLE]
    alike = SequenceMatcher(None, folded(fact.value), folded(seen), autojunk=False).ratio()
    return not legible or alike >= ALIKE


def _same_date(value: str, seen: str) -> bool:
    """A small raised 'th' is seldom read well, so what stands between a day and its month may be anything."""
    plain = _RAISED.sub(r"\1 ", seen)
    found = (find_dates(text, day_first=order) for text in (seen, plain) for order in (True, False))
    return any(match.value == value for matches in found for match in matches)


def _printed(page: Page, box: Box) -> str:
    return " ".join(word.text for word in page.words if touches(word.box, box))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def folded(text: str) -> str:
    """Letters and digits only, those that engines take for each other made one."""
    return _letters(text).translate(_CONFUSED)
