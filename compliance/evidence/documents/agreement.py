"""Step 4, evidence: reads a confirmation of a collective agreement or of membership in an employers' organisation."""

from collections.abc import Sequence

from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.labelled import distinct
from compliance.evidence.layout import Page
from compliance.evidence.numbers import org_numbers
from compliance.evidence.validity import valid_until


def read_agreement(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Employer, organisation number, day of the confirmation and, where given, how long it holds."""
    holder = distinct(certificate_holders(pages, ""))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", "")),
        *version_dates(pages),
        *valid_until(pages),
    )
