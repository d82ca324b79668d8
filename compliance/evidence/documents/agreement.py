"""Step 4, evidence: reads a confirmation of a collective agreement or of membership in an employers' organisation."""

import re
from collections.abc import Iterator, Sequence

from compliance.evidence.dated import find_dated
from compliance.evidence.documents.fields import (
    Found,
    any_text,
    by_words,
    labelled,
    period,
    signatory_roles,
)
from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.layout import Line, Page
from compliance.evidence.numbers import org_numbers
from compliance.evidence.validity import valid_until
from compliance.evidence.vocabulary import vocabulary

_NAMED = re.compile(r"(?<!\w)[A-ZÅÄÖ][\w-]*(?:\s(?:och|&)\s\w+)?avtalet\b")
_GENERAL = re.compile(r"kollektivavtalet|häng\w*avtalet|avtalet|riksavtalet", re.IGNORECASE)
_AREA = re.compile(
    r"(?:avtalsområdet?|avtalet för|hängavtal (?:för|till))\s+([^\t,.;:()]{3,60})", re.IGNORECASE
)
_STOP = re.compile(
    r"\s+(?:sedan|från|fr\.?\s?o\.?\s?m|och|samt|med|genom|mellan|som|tecknat|gäller|since|from|org)\b.*|\s+\d.*",
    re.IGNORECASE,
)


def read_agreement(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Employer, organisation number, agreement, parties, from when, day of the confirmation, role of who signed."""
    holder = distinct(certificate_holders(pages, ""))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", "")),
        *distinct(_agreements(pages)),
        *distinct(_parties(pages)),
        *distinct(period(find_dated(pages))),
        *version_dates(pages),
        *valid_until(pages),
        *distinct(signatory_roles(pages)),
    )


def _agreements(pages: Sequence[Page]) -> Iterator[Fact]:
    """An agreement by its name ('Måleriavtalet'), else what a label or 'avtalsområde' announces."""
    lines = [(page, line) for page in pages for line in page.lines]
    for page, line in lines:
        for match in _NAMED.finditer(line.text):
            if not _GENERAL.fullmatch(match.group()):
                place = on_line(page, line, match.start(), match.end())
                yield fact_at("agreement", match.group(), place, 0.9)
    for page, line in lines:
        yield from _areas(page, line)
    yield from labelled(pages, "agreement", _short)


def _areas(page: Page, line: Line) -> Iterator[Fact]:
    for match in _AREA.finditer(line.text):
        value = _STOP.sub("", match[1]).strip()
        place = on_line(page, line, match.start(1), match.start(1) + len(value))
        if len(value) > 1:
            yield fact_at("agreement", value, place, 0.85)


def _short(text: str) -> Found | None:
    """A name, not the rest of a sentence."""
    found = any_text(text)
    if found is None or not found.value[0].isupper() or len(found.value) > LONGEST:
        return None
    value = _STOP.sub("", found.value.split(",")[0])
    return Found(0, len(value), value) if value else None


LONGEST = 60


def _parties(pages: Sequence[Page]) -> Iterator[Fact]:
    """Unions and employers' organisations: known ones, and what a label announces."""
    yield from by_words(pages, "party", vocabulary("terms")["parties"], as_is=True)
    yield from labelled(pages, "party", _short)
