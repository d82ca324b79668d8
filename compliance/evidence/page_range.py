"""Step 4, evidence: the pages of a document that somebody says an answer rests on."""

import re
from dataclasses import replace

from compliance.evidence.facts import N_, Reading

LAST_PAGE = 9_999
NOT_PAGES = N_("Write one page or a range of pages, for instance 3 or 3–5.")
_RANGE = re.compile(r"(?:\D{0,8}\s)?(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?")


class BadPagesError(ValueError):
    """What was typed is no page and no range of pages; the text is a sentence for people."""


Range = tuple[int, int] | None


def parse_pages(text: str) -> Range:
    """'3', '3-5', 's. 3–5' as first and last page; None for nothing. Raises BadPagesError."""
    text = " ".join(text.split())
    if not text:
        return None
    match = _RANGE.fullmatch(text)
    first = int(match[1]) if match else 0
    last = int(match[2]) if match and match[2] else first
    if not 1 <= first <= last:
        raise BadPagesError(NOT_PAGES)
    return first, last


def preferring(reading: Reading, pages: Range) -> Reading:
    """The reading with what stands on these pages first: it answers where the document says several things."""
    if pages is None:
        return reading
    first, last = pages
    facts = sorted(reading.facts, key=lambda fact: not first <= fact.page <= last)
    return replace(reading, facts=tuple(facts))
