"""Step 4, evidence: reads a registration certificate: name, number, legal form, seat, share capital, status, day."""

from collections.abc import Iterator, Sequence

from compliance.evidence.documents.fields import Found, amount, any_text, by_words, labelled, words_pattern
from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.labelled import distinct
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Page
from compliance.evidence.numbers import org_numbers
from compliance.evidence.vocabulary import vocabulary

LONGEST = 40
_ABSENT = ("inga", "ingen", "inget", "saknas", "ej", "inte", "nej", "no", "not", "none")


def read_registration(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """What the register says of the company; who sits on its board is not taken."""
    holder = distinct(certificate_holders(pages, "Bolagsverket"))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", "")),
        *distinct(_legal_forms(pages)),
        *distinct(labelled(pages, "seat", _place)),
        *distinct(labelled(pages, "amount", amount)),
        *distinct(_states(pages)),
        *version_dates(pages, printed=True),
    )


def _place(text: str) -> Found | None:
    """A municipality or county: a short name in capitals."""
    found = any_text(text.split(",", maxsplit=1)[0])
    return found if found and found.value[0].isupper() and len(found.value) <= LONGEST else None


def _legal_forms(pages: Sequence[Page]) -> Iterator[Fact]:
    yield from labelled(pages, "legal_form", _place)
    yield from by_words(pages, "legal_form", vocabulary("terms")["legal_forms"])


def _states(pages: Sequence[Page]) -> Iterator[Fact]:
    """Bankruptcy and the like wherever they stand, unless said to be absent; else what the label announces."""
    words = vocabulary("terms")["companies"]
    serious = [word for word in words if not word.startswith(("aktiv", "active", "registr"))]
    absent = words_pattern(_ABSENT)
    yield from (
        fact
        for fact in by_words(pages, "company_status", serious)
        if not absent.search(unaccented(fact.quote))
    )
    known = words_pattern(tuple(words))

    def status(text: str) -> Found | None:
        match = known.match(unaccented(text))
        return Found(0, match.end(), text[: match.end()]) if match else None

    yield from labelled(pages, "company_status", status)
