"""Step 4, evidence: one reader a kind of document; a new kind is one module here, one entry in kinds.yaml, one sample.

A reader takes the pages and gives back facts; it never raises for what a document holds or lacks.
"""

from collections.abc import Callable, Sequence

from compliance.evidence.documents.agreement import read_agreement
from compliance.evidence.documents.certificate import read_certificate
from compliance.evidence.documents.generic import read_generic
from compliance.evidence.documents.policy import read_policy
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page

Reader = Callable[[Sequence[Page]], tuple[Fact, ...]]

READERS: dict[str, Reader] = {
    "agreement": read_agreement,
    "certificate": read_certificate,
    "generic": read_generic,
    "policy": read_policy,
}
