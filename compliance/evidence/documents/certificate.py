"""Step 4, evidence: reads a certificate: holder, standards, number, issuer, day of issue, last day of validity."""

from collections.abc import Sequence

from compliance.evidence.documents.covering import accreditations, scopes
from compliance.evidence.documents.sites import sites
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.issuer import issuers
from compliance.evidence.labelled import distinct
from compliance.evidence.layout import Page
from compliance.evidence.numbers import certificate_numbers, org_numbers
from compliance.evidence.standards import certified, find_standards
from compliance.evidence.validity import issued_on, valid_until


def read_certificate(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The facts of a certificate; the first of a field is the answer, the others alternatives."""
    issuer = distinct(issuers(pages))
    issuer_name = issuer[0].value if issuer else ""
    holder = distinct(certificate_holders(pages, issuer_name))
    holder_name = holder[0].value if holder else ""
    return (
        *holder,
        *distinct(org_numbers(pages, holder_name, issuer_name)),
        *certified(find_standards(pages)),
        *distinct(certificate_numbers(pages)),
        *issuer,
        *issued_on(pages),
        *valid_until(pages),
        *distinct(accreditations(pages)),
        *distinct(scopes(pages))[:1],
        *sites(pages),
    )
