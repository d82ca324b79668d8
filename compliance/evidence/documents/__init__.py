"""Step 4, evidence: one reader a kind of document; a new kind is one module here, one entry in kinds.yaml, one sample.

A reader takes the pages and gives back facts; it never raises for what a document holds or lacks.
"""

from collections.abc import Callable, Sequence

from compliance.evidence.documents.accidents import read_accidents
from compliance.evidence.documents.agreement import read_agreement
from compliance.evidence.documents.certificate import read_certificate
from compliance.evidence.documents.generic import read_generic
from compliance.evidence.documents.insurance import read_insurance
from compliance.evidence.documents.permit import read_permit
from compliance.evidence.documents.policy import read_policy
from compliance.evidence.documents.registration import read_registration
from compliance.evidence.documents.statement import read_statement
from compliance.evidence.documents.tax import read_tax
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page

Reader = Callable[[Sequence[Page]], tuple[Fact, ...]]

READERS: dict[str, Reader] = {
    "accidents": read_accidents,
    "agreement": read_agreement,
    "certificate": read_certificate,
    "generic": read_generic,
    "insurance": read_insurance,
    "permit": read_permit,
    "policy": read_policy,
    "registration": read_registration,
    "statement": read_statement,
    "tax": read_tax,
}
