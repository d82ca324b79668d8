"""Step 4, evidence: from pages to facts: kind, reader, doubts and masking; pure, so tests feed it plain lines."""

from collections.abc import Sequence
from dataclasses import replace

from compliance.evidence.documents import READERS
from compliance.evidence.facts import BUNDLE, Fact
from compliance.evidence.kinds import Kind, kind_of
from compliance.evidence.labelled import fact_at, on_line
from compliance.evidence.layout import Page
from compliance.evidence.parts import split
from compliance.evidence.personnummer import mask_fact

GENERIC = "generic"


def read_facts(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The facts of a document; for each field the answer first. Personal identity numbers are masked.

    Of a file that holds several documents: the facts of each, after a fact `part` with its pages.
    """
    told = kind_of(pages)
    parts = split(pages, told[0])
    if parts:
        found = (_kind_fact(pages, BUNDLE), *(fact for part in parts for fact in _part_facts(part)))
    else:
        found = _read(pages, told)
    return tuple(mask_fact(fact) for fact in found if fact is not None)


def _part_facts(pages: Sequence[Page]) -> tuple[Fact | None, ...]:
    facts = _read(pages, kind_of(pages))
    title = facts[0]
    if title is None:
        return facts
    return (replace(title, field="part", value=f"{pages[0].number}-{pages[-1].number}"), *facts)


def _read(pages: Sequence[Page], told: tuple[Kind | None, Fact | None]) -> tuple[Fact | None, ...]:
    """The kind first, then what its reader finds."""
    kind, titled = told
    if kind is None or titled is None:
        return (_kind_fact(pages, "other"), *READERS[GENERIC](pages))
    return (titled, *READERS[kind.reader](pages))


def _kind_fact(pages: Sequence[Page], kind: str) -> Fact | None:
    page = next((page for page in pages if page.lines), None)
    if page is None:
        return None
    line = page.lines[0]
    return fact_at("document_type", kind, on_line(page, line, 0, len(line.text)), 0.5)


def agreed(one: Sequence[Fact], other: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts of one reading, doubted where another engine's reading of the same document says otherwise."""
    answers = {fact.field: fact.value for fact in reversed(other) if fact.answer}
    known = {(fact.field, _plain(fact.value)) for fact in other}
    return tuple(
        fact
        if fact.field not in answers or (fact.field, _plain(fact.value)) in known
        else fact.warned("engines_disagree", 0.8)
        for fact in one
    )


def _plain(value: str) -> str:
    return "".join(value.split()).casefold()
