"""Step 4, evidence: from pages to facts: kind, reader, doubts and masking; pure, so tests feed it plain lines."""

from collections.abc import Sequence

from compliance.evidence.documents import READERS
from compliance.evidence.facts import Fact
from compliance.evidence.kinds import CERTIFICATE, Kind, kind_of
from compliance.evidence.labelled import fact_at, on_line
from compliance.evidence.layout import Page
from compliance.evidence.personnummer import mask_fact

GENERIC = "generic"
BUNDLE_FROM = 3  # pages: a brochure with certificates in it


def read_facts(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The facts of a document; for each field the answer first. Personal identity numbers are masked."""
    kind, titled = kind_of(pages)
    inside = certificate_pages(pages) if _may_hold_certificates(kind, pages) else ()
    if inside:
        found = (_kind_fact(pages, "bundle"), *READERS[CERTIFICATE](inside))
    elif kind is None or titled is None:
        found = (_kind_fact(pages, "other"), *READERS[GENERIC](pages))
    else:
        found = (titled, *READERS[kind.reader](pages))
    return tuple(mask_fact(fact) for fact in found if fact is not None)


def _may_hold_certificates(kind: Kind | None, pages: Sequence[Page]) -> bool:
    return len(pages) >= BUNDLE_FROM and (kind is None or kind.name == "other_policy")


def certificate_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages that are certificates by themselves, read as if each stood alone."""
    found = []
    for page in pages:
        kind, _ = kind_of((page,))
        if kind is not None and kind.name == CERTIFICATE:
            found.append(page)
    return tuple(found)


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
