"""Step 4, evidence: several documents in one file told apart: where each begins and ends, by titles and numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from compliance.evidence.kinds import CERTIFICATE, TITLE_LINES, Kind, kind_of, kinds
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Page
from compliance.evidence.numbers import certificate_numbers

MOST_PAGES = 40  # a longer file is a report or a book, not a pile of certificates
BROCHURE_FROM = 3  # pages: a brochure with certificates in it
TELLING = 2  # phrases of the body that show the page to be such a document and not to write about one
PROOFS = frozenset({"certificate", "agreement", "insurance", "tax", "registration", "permit"})
MIXED = frozenset({"other_policy"})  # a kind by so general a title that it may hold anything


@dataclass(frozen=True, slots=True)
class Begun:
    """A page on which a document begins, its kind, and its number if it is a certificate."""

    page: Page
    kind: Kind
    number: str


def split(pages: Sequence[Page], kind: Kind | None) -> tuple[tuple[Page, ...], ...]:
    """The pages of each document in the file; empty when it is one document (of the kind given)."""
    if not 1 < len(pages) <= MOST_PAGES:
        return ()
    begun = _begun(pages)
    if kind is not None and kind.reader in PROOFS:
        return _runs(pages, begun) if len(begun) > 1 and begun[0].page is pages[0] else ()
    brochure = (kind is None or kind.name in MIXED) and len(pages) >= BROCHURE_FROM
    return tuple((one.page,) for one in begun) if brochure else ()


def _runs(pages: Sequence[Page], begun: Sequence[Begun]) -> tuple[tuple[Page, ...], ...]:
    """From each beginning to the next."""
    starts = [pages.index(one.page) for one in begun]
    return tuple(tuple(pages[a:b]) for a, b in zip(starts, [*starts[1:], len(pages)], strict=True))


def _begun(pages: Sequence[Page]) -> list[Begun]:
    """Beginnings; an annex repeats its certificate's title and number, so the same again begins nothing."""
    found: list[Begun] = []
    for page in pages:
        kind = _proof(page)
        if kind is None:
            continue
        one = Begun(page, kind, _number(page))
        if not found or _differs(found[-1], one):
            found.append(one)
    return found


def _differs(last: Begun, one: Begun) -> bool:
    if last.kind.name != one.kind.name:
        return True
    return one.kind.name == CERTIFICATE and bool(last.number and one.number) and last.number != one.number


def _number(page: Page) -> str:
    return next((fact.value for fact in certificate_numbers((page,))), "")


def _proof(page: Page) -> Kind | None:
    """The kind of proof this page is by itself: its title among the first lines or large, its body as such."""
    if not holds_title(page.for_labels):
        return None
    kind, fact = kind_of((page,))
    if kind is None or fact is None or kind.reader not in PROOFS:
        return None
    text = re.sub(r"\s+", " ", unaccented(page.for_labels)).casefold()
    early = kind.name == CERTIFICATE or any(
        line.box[1] <= fact.box[1] <= line.box[3] for line in page.lines[:TITLE_LINES]
    )
    return kind if early and sum(phrase in text for phrase in kind.body) >= TELLING else None


def holds_title(text: str) -> bool:
    """Does the title of any proof occur in the text?"""
    return _titles().search(unaccented(text)) is not None


@cache
def _titles() -> re.Pattern[str]:
    """A quick look whether any proof's title occurs at all."""
    return re.compile(
        "|".join(kind.title.pattern for kind in kinds() if kind.reader in PROOFS), re.IGNORECASE
    )
