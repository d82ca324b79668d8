"""Step 4, evidence: reads a permit or proof of competence: kind, issuer, dates; the person only by initials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.evidence.dated import find_dated
from compliance.evidence.documents.fields import Found, any_text, by_words, labelled, words_pattern
from compliance.evidence.documents.policy import version_dates
from compliance.evidence.facts import Fact
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Page
from compliance.evidence.names import find_names
from compliance.evidence.validity import to_fact, valid_until
from compliance.evidence.vocabulary import vocabulary

PERMIT = "permit"  # the kind of document
LONGEST = 80
_NAME = r"[A-ZÅÄÖÉÜ][^\W\d_]+"
_PERSON = re.compile(rf"{_NAME}(?:[ -](?:(?:af|av|von|de|van|der) )?{_NAME}){{1,3}}(?!\w)")
_ISSUED_BY = re.compile(r"(?:utfärda[dt]|issued)\b.{0,30}\b(?:av|by)\s$", re.IGNORECASE)
_TEACHES = re.compile(r"utbildning|utbildar|brandskydd|training|academy|akademi|skol", re.IGNORECASE)
_SURNAME_FIRST = re.compile(rf"{_NAME}(?:-{_NAME})?,\s{_NAME}(?!\w)")


def read_permit(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """What is permitted or learnt, by whom it is issued, since when and until when; names become initials."""
    return (
        *distinct(_holders(pages)),
        *distinct(_permits(pages)),
        *distinct(_issuers(pages)),
        *distinct((*version_dates(pages), *_completed(pages))),
        *valid_until(pages),
    )


def _completed(pages: Sequence[Page]) -> Iterator[Fact]:
    """The day of the course or exam."""
    return (to_fact("issued_on", one) for one in find_dated(pages) if one.role == "completed")


def named_by_initials(facts: Sequence[Fact], names: Sequence[str]) -> tuple[Fact, ...]:
    """The facts with each name as initials, in value and quote."""
    return tuple(
        replace(fact, quote=without_names(fact.quote, names), value=without_names(fact.value, names))
        for fact in facts
    )


def person_names(pages: Sequence[Page]) -> tuple[str, ...]:
    """Names of private persons: what follows a label of persons and is no company."""
    return tuple({fact.value: None for fact in labelled(pages, "holder", _person, "person")})


def without_names(text: str, names: Sequence[str]) -> str:
    """The text with each name as initials."""
    for name in names:
        spaced = re.escape(name).replace(r"\ ", r"\s+")
        text = re.sub(spaced, initials(name), text, flags=re.IGNORECASE)
    return text


def initials(name: str) -> str:
    """'A.B.': enough to tell two people on one list apart, not enough to know them."""
    return "".join(f"{word[0]}." for word in re.split(r"[\s,-]+", name) if word)


def _holders(pages: Sequence[Page]) -> Iterator[Fact]:
    """A company when one holds the permit, else the person."""
    yield from labelled(pages, "holder", _company_form, "company")
    yield from labelled(pages, "holder", _person, "person")


def _company_form(text: str) -> Found | None:
    """A name with its legal form."""
    names = find_names(text)
    return Found(0, names[0].end, names[0].name) if names and names[0].start == 0 else None


def _person(text: str) -> Found | None:
    cell = text.split("\t", maxsplit=1)[0]
    if find_names(cell):
        return None
    match = _SURNAME_FIRST.match(cell) or _PERSON.match(cell)
    return Found(0, match.end(), match.group()) if match else None


def _permits(pages: Sequence[Page]) -> Iterator[Fact]:
    """What a label announces, else the well-known kinds named in the text."""
    yield from labelled(pages, "permit", _short)
    yield from by_words(pages, "permit", vocabulary("terms")["permits"])


def _short(text: str) -> Found | None:
    """A few words; two with capitals are a person's name unless they are a well-known kind."""
    found = any_text(re.split(r"[,.;](?:\s|$)|\s(?:och har|den|enligt|med godkänt|hos)\s", text)[0])
    if found is None or len(found.value) > LONGEST:
        return None
    known = words_pattern(tuple(vocabulary("terms")["permits"])).search(unaccented(found.value))
    return found if known or not _PERSON.fullmatch(found.value) else None


def _issuers(pages: Sequence[Page]) -> Iterator[Fact]:
    yield from labelled(pages, "issuer", _company)
    for page in pages:
        for line in page.lines:
            for name in find_names(line.text):
                if _ISSUED_BY.search(line.text[: name.start]) or _TEACHES.search(name.name):
                    yield fact_at("issuer", name.name, on_line(page, line, name.start, name.end), 0.75)


def _company(text: str) -> Found | None:
    company = _company_form(text)
    if company is not None:
        return company
    cell = any_text(text.split(",", maxsplit=1)[0])
    return cell if cell and cell.value[0].isupper() and not _PERSON.fullmatch(cell.value) else None
