"""Step 4, evidence: what kind of document it is, by its title and the phrases such documents hold (as data)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from statistics import median

from compliance.evidence.dated import find_dated
from compliance.evidence.facts import Fact
from compliance.evidence.labelled import fact_at, on_line
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Line, Page
from compliance.evidence.standards import find_standards
from compliance.evidence.vocabulary import vocabulary

TITLE_LINES, TITLE_LENGTH = 8, 70
BODY_PAGES, CERTIFICATE_PAGES = 6, 2
LARGE = 1.2  # times the usual letter size
LAST_RESORT = "other_policy"
CERTIFICATE = "certificate"
WITHOUT_TITLE = 3  # phrases that make a certificate whose title is part of a picture


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document, how it is recognised and which reader reads it."""

    name: str
    reader: str
    title: re.Pattern[str]
    body: tuple[str, ...]
    needs_body: int
    reported_as: str
    counts_as: tuple[str, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds in order of precedence, from the vocabulary."""
    return tuple(
        Kind(
            name=name,
            reader=entry["reader"],
            title=_phrases(entry["title"]),
            body=tuple(map(unaccented, entry["body"])),
            needs_body=entry.get("needs_body", 0),
            reported_as=entry.get("reported_as", name),
            counts_as=tuple(entry.get("counts_as", ())),
        )
        for name, entry in vocabulary("kinds").items()
    )


def proves(found: str, wanted: Collection[str]) -> bool:
    """May a document of kind `found` be one of the kinds wanted? An empty wish takes any."""
    also = {code for kind in kinds() if kind.reported_as == found for code in kind.counts_as}
    return not wanted or bool(({found} | also) & set(wanted))


def _phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    body = "|".join(
        r"[\s\-–]{1,3}".join(map(re.escape, re.split(r"[\s-]+", unaccented(phrase)))) for phrase in ordered
    )
    return re.compile(rf"(?<![^\W_])(?:{body})(?:n|en|et|s)?(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """A line that may hold the title; `text` goes on with the next lines of the same large size.

    `rank` is letter size against the page's usual size, with something added for the first lines.
    """

    line: Line
    page: Page
    rank: float
    text: str


def is_title(text: str) -> bool:
    """Does the text hold what documents of some kind are called?"""
    return any(kind.title.search(unaccented(text)) for kind in kinds())


def titles(pages: Sequence[Page]) -> tuple[Title, ...]:
    """The lines of the first page with text that stand at the top or are set large, most prominent first."""
    page = next((page for page in pages if page.lines), None)
    if page is None:
        return ()
    usual = median(word.height for word in page.words)
    found = []
    for index, line in enumerate(page.lines[:80]):
        size = line.height / max(usual, 1.0)
        early = max(0.0, 1.0 - index / TITLE_LINES)
        if early > 0 or size >= LARGE:
            text = _joined(page.lines[index : index + 3]) if size >= LARGE else line.for_labels
            shortness = 1.0 if len(line.text) <= TITLE_LENGTH else 0.4
            found.append(Title(line, page, (size + 0.5 * early) * shortness, text))
    return tuple(sorted(found, key=lambda title: -title.rank))


def _joined(lines: Sequence[Line]) -> str:
    """A large title set on several lines."""
    size = lines[0].height
    same = takewhile(lambda line: abs(line.height - size) <= 0.1 * size, lines)
    return " ".join(line.for_labels for line in same)


def kind_of(pages: Sequence[Page]) -> tuple[Kind | None, Fact | None]:
    """The kind and where its title stands; (None, None) when nothing tells."""
    scored = [(score, kind, fact) for kind in kinds() for score, fact in [_score(kind, pages)] if score > 0]
    if not scored:
        return None, None
    _, kind, fact = max(scored, key=lambda one: one[0])
    return kind, fact


def _score(kind: Kind, pages: Sequence[Page]) -> tuple[float, Fact | None]:
    """Title rank, raised by the phrases of the body; the general kind counts only when no other does."""
    early = pages[:CERTIFICATE_PAGES] if kind.needs_body else pages[:BODY_PAGES]
    text = " ".join(re.sub(r"\s+", " ", unaccented(page.for_labels)).casefold() for page in early)
    phrases = sum(phrase in text for phrase in kind.body)
    if phrases < kind.needs_body and not _certifies(early, phrases):
        return 0.0, None
    best, fact = 0.0, None
    for title in titles(pages):
        match = kind.title.search(unaccented(title.text))
        if match and match.start() < len(title.line.text):
            share = len(match.group()) / max(len(title.text), 1)
            score = title.rank * (0.6 + 0.4 * share)
            if score > best:
                place = on_line(title.page, title.line, match.start(), min(match.end(), len(title.line.text)))
                best, fact = score, fact_at("document_type", kind.reported_as, place, 0.95)
    if fact is None and kind.name == CERTIFICATE and phrases >= WITHOUT_TITLE:
        return 1.0 + 0.4 * phrases, _untitled(kind, pages)
    if fact is None:
        return 0.0, None
    return best * (0.3 if kind.name == LAST_RESORT else 1.0) + 0.15 * min(phrases, 4), fact


def _certifies(pages: Sequence[Page], phrases: int) -> bool:
    """A standard with a last day of validity or another telling phrase is what a certificate cannot do without."""
    if not find_standards(pages):
        return False
    return phrases > 0 or any(dated.role in ("valid_until", "validity") for dated in find_dated(pages))


def _untitled(kind: Kind, pages: Sequence[Page]) -> Fact | None:
    """A certificate whose title is part of a picture: the first phrase is the place."""
    for page in pages[:CERTIFICATE_PAGES]:
        for line in page.lines:
            for phrase in kind.body:
                at = unaccented(line.for_labels).casefold().find(phrase)
                if at >= 0:
                    return fact_at(
                        "document_type", kind.reported_as, on_line(page, line, at, at + len(phrase)), 0.85
                    )
    return None
