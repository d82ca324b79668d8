"""Step 4, evidence: reads an insurance certificate: insurer, policy number, cover, amount, period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.evidence.dated import find_dated
from compliance.evidence.documents.fields import (
    Found,
    amount,
    by_words,
    code,
    labelled,
    period,
    words_pattern,
)
from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.holder import certificate_holders
from compliance.evidence.issuer import certifying
from compliance.evidence.kinds import is_title
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Line, Page
from compliance.evidence.names import find_names
from compliance.evidence.numbers import org_numbers
from compliance.evidence.validity import valid_until
from compliance.evidence.vocabulary import vocabulary

TRADING_NAME = (2, 3, 4)  # words
_INSURES = re.compile(r"\w*försäkring(?:ar)?|insurance|assurance", re.IGNORECASE)
_NOT_INCLUDED = (
    "ingår ej",
    "ingår inte",
    "omfattas inte",
    "omfattas ej",
    "not included",
    "excluded",
    "saknas",
)


def read_insurance(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Holder, insurer, policy number, covers (TFA, AGS, TGL, liability ...), amount, period, day of issue."""
    insurer = distinct(_insurers(pages))
    name = insurer[0].value if insurer else ""
    holder = distinct(certificate_holders(pages, name))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", name)),
        *insurer,
        *distinct(labelled(pages, "policy_number", code)),
        *_covers(pages),
        *distinct(labelled(pages, "amount", amount)),
        *distinct(period(find_dated(pages))),
        *version_dates(pages, printed=True),
        *valid_until(pages),
    )


def _insurers(pages: Sequence[Page]) -> Iterator[Fact]:
    """What a label announces, a company with 'insurance' in its name, who confirms, a known insurer."""
    terms = vocabulary("terms")
    yield from labelled(pages, "issuer", _company)
    telling = re.compile(rf"(?:{'|'.join(terms['insurer_words'])})\b", re.IGNORECASE)
    for page in pages:
        for line in page.lines:
            for name in find_names(line.text):
                if telling.search(name.name):
                    yield fact_at("issuer", name.name, on_line(page, line, name.start, name.end), 0.85)
    yield from (fact for page in pages for fact in certifying(page))
    yield from (fact for page in pages for line in page.lines for fact in _letterhead(page, line))
    yield from by_words(pages, "issuer", terms["insurers"], as_is=True)


def _letterhead(page: Page, line: Line) -> Iterator[Fact]:
    """'Exempel Sakförsäkring' on a line of its own: a trading name, no title and no kind of cover."""
    words = line.text.split()
    if len(words) not in TRADING_NAME or not all(word[0].isupper() for word in words):
        return
    if _INSURES.search(words[-1]) and not is_title(line.text) and not _covered(line.text):
        yield fact_at("issuer", line.text, on_line(page, line, 0, len(line.text)), 0.7)


def _covered(text: str) -> bool:
    covers = [word for words in vocabulary("terms")["covers"].values() for word in words]
    return words_pattern(tuple(covers)).search(unaccented(text)) is not None


def _company(text: str) -> Found | None:
    names = find_names(text)
    if names and names[0].start == 0:
        return Found(0, names[0].end, names[0].name)
    match = re.match(r"[A-ZÅÄÖ][\w&'’.-]*(?:\s[A-ZÅÄÖ&][\w&'’.-]*){0,4}", text)
    return Found(0, match.end(), match.group().rstrip(".")) if match else None


def _covers(pages: Sequence[Page]) -> Iterator[Fact]:
    """Each cover once, all of them answers; a line that says it is not included gives none."""
    for value, words in vocabulary("terms")["covers"].items():
        found = (fact for fact in by_words(pages, "cover", words) if not _excluded(fact))
        fact = next(found, None)
        if fact is not None:
            yield replace(fact, value=value)


def _excluded(fact: Fact) -> bool:
    """Does the sentence that names the cover say that it is not included?"""
    sentence = next((part for part in fact.quote.split(". ") if fact.value in part), fact.quote)
    return words_pattern(_NOT_INCLUDED).search(unaccented(sentence)) is not None
