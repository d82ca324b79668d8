"""Step 4, evidence: reads an extract of tax facts: F-tax, VAT, employer, debts, day of the extract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.evidence.documents.fields import amount, by_words, labelled, words_pattern
from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Page
from compliance.evidence.numbers import org_numbers
from compliance.evidence.vocabulary import vocabulary

YES, NO = "yes", "no"
NOTHING_OWED = "0 SEK"
_BARE = {"ja": YES, "yes": YES, "nej": NO, "no": NO}
_CLAUSE = re.compile(r"[,;.](?=\s|$)|\s(?:och|samt|men|and|but)\s")


def read_tax(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Holder, organisation number, yes or no to F-tax, VAT and employer, debts, day of the extract."""
    holder = distinct(certificate_holders(pages, ""))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", "")),
        *(
            fact
            for field, words in vocabulary("terms")["taxes"].items()
            for fact in _said(pages, field, words)
        ),
        *distinct(_debts(pages)),
        *version_dates(pages, printed=True),
    )


def _said(pages: Sequence[Page], field: str, words: Sequence[str]) -> tuple[Fact, ...]:
    """Yes or no where the document says so; both said is a doubt, not a choice."""
    found = distinct(
        fact
        for page in pages
        for index in range(len(page.lines))
        for fact in _on_line(page, index, field, words)
    )
    return tuple(fact.warned("does_not_add_up", 0.5) for fact in found) if len(found) > 1 else found


def _on_line(page: Page, index: int, field: str, words: Sequence[str]) -> Iterator[Fact]:
    """The word and what its clause says of it; a bare yes or no under it, or anything under it alone."""
    line = page.lines[index]
    text = unaccented(line.for_labels)
    below = page.lines[index + 1].text.strip(" .") if index + 1 < len(page.lines) else ""
    for match in words_pattern(tuple(words)).finditer(text):
        start, end = _clause(text, match.start(), match.end())
        alone = match.group() == text.strip(" :")
        said = (
            _BARE.get(below.casefold())
            or _answer(text[start:end])
            or (_answer(unaccented(below)) if alone else "")
        )
        if said:
            yield fact_at(field, said, on_line(page, line, start, end), 0.9)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """From the last break before to the first after; a comma or 'och' starts something else."""
    before = [match.end() for match in _CLAUSE.finditer(text) if match.end() <= start]
    after = [match.start() for match in _CLAUSE.finditer(text) if match.start() >= end]
    return (before[-1] if before else 0), (after[0] if after else len(text))


def _answer(clause: str) -> str:
    terms = vocabulary("terms")
    if words_pattern(tuple(terms["said_no"])).search(clause):
        return NO
    return YES if words_pattern(tuple(terms["said_yes"])).search(clause) else ""


def _debts(pages: Sequence[Page]) -> Iterator[Fact]:
    """An amount owed, or the words that nothing is."""
    yield from labelled(pages, "debt", amount)
    for fact in by_words(pages, "debt", vocabulary("terms")["no_debt"]):
        yield replace(fact, value=NOTHING_OWED)
