"""Step 4, evidence: what a certificate covers and who accredited its issuer."""

from collections.abc import Iterator, Sequence

from compliance.evidence.dated import date_labels
from compliance.evidence.documents.fields import any_text, by_words, field_labels, labelled
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Line, Page, overlap_x, union
from compliance.evidence.numbers import number_labels
from compliance.evidence.vocabulary import vocabulary

MOST_LINES, GAP = 5, 1.0  # lines of a scope; line heights between them
NO_ACCREDITOR = frozenset({"IAF"})  # their association: its mark alone accredits nobody


def scopes(pages: Sequence[Page]) -> Iterator[Fact]:
    """What is certified: the text beside or under 'scope', with the lines it goes on in."""
    by_number = {page.number: page for page in pages}
    for fact in labelled(pages, "scope", any_text):
        yield _continued(fact, by_number[fact.page])


def _continued(fact: Fact, page: Page) -> Fact:
    parts, box = [fact.value], fact.box
    below = [line for line in page.lines if line.box[1] >= fact.box[3] - 1]
    for line in below[: MOST_LINES - 1]:
        if line.box[1] - box[3] > GAP * line.height or overlap_x(line.box, box) <= 0 or _begins_else(line):
            break
        parts.append(" ".join(line.text.split()))
        box = union((box, line.box))
    return Fact("scope", " ".join(parts), page.number, box, fact.quote, fact.confidence, fact.source)


def _begins_else(line: Line) -> bool:
    return any(labels.find(line.for_labels) for labels in (date_labels(), number_labels(), field_labels()))


def accreditations(pages: Sequence[Page]) -> Iterator[Fact]:
    """Bodies that accredit certifiers, where named; none found is a question for a person, not a fault."""
    words = [word for word in vocabulary("certifiers")["accreditors"] if word not in NO_ACCREDITOR]
    return by_words(pages, "accreditation", words, as_is=True)
