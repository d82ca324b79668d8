"""Step 4, evidence: rules of the work environment authority that a document goes by; replaced ones tell its age."""

import re
from collections.abc import Iterator, Sequence

from compliance.evidence.facts import Fact
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.layout import Page
from compliance.evidence.vocabulary import vocabulary

# AFS 2023:1 to 2023:15 replaced all earlier provisions on 1 January 2025.
_AFS = re.compile(r"(?<![^\W_])AFS\s?((?:19|20)\d\d)\s?:\s?(\d{1,2})(?!\d)", re.IGNORECASE)
SURE = 0.95
LATEST_REPLACED = "2020"


def regulations(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Each provision named; one that was replaced carries a warning unless the document names its successor too."""
    found = distinct(_named(pages))
    named = {fact.value for fact in found}
    return tuple(
        fact.warned("outdated_regulation")
        if _is_replaced(fact.value) and not (set(successors(fact.value)) & named)
        else fact
        for fact in found
    )


def successors(value: str) -> tuple[str, ...]:
    """What replaced the provision, where we know it; most went into several."""
    return tuple(vocabulary("terms")["replaced_regulations"].get(value, ()))


def _is_replaced(value: str) -> bool:
    return value.removeprefix("AFS ")[:4] <= LATEST_REPLACED


def _named(pages: Sequence[Page]) -> Iterator[Fact]:
    for page in pages:
        for line in page.lines:
            for match in _AFS.finditer(line.text):
                place = on_line(page, line, match.start(), match.end())
                yield fact_at("regulation", f"AFS {match[1]}:{match[2]}", place, SURE)
