"""Step 4, evidence: reads any other document: holder, organisation number, dates; a person reads the rest."""

from collections.abc import Sequence

from compliance.evidence.documents.policy import read_policy
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page


def read_generic(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """What no kind fits: the fields every document has."""
    return read_policy(pages)
