"""Step 4, evidence: certificate numbers and organisation numbers, the holder's told from the issuer's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from compliance.evidence.dates import find_dates
from compliance.evidence.facts import Fact
from compliance.evidence.labelled import Value, fact_at, on_line, values_after
from compliance.evidence.labels import Labels
from compliance.evidence.layout import Page
from compliance.evidence.names import core_name, mentions
from compliance.evidence.standards import is_standard
from compliance.evidence.vocabulary import vocabulary
from compliance.suppliers.identity import IdentityError, legal_person

_TOKEN = re.compile(r"[\w][\w./\-–]*(?:\s?[-–/]\s?[\w./\-–]+)*")
_IN_GROUPS = re.compile(r"\d{1,3}(?:\s\d{2,6}){1,4}(?:\s[A-Z]{2,5}\b)?|\d{4,6}(?:\s\d{2,6}){1,3}(?=\s*$)")
_SWEDISH = re.compile(r"(?<![\d-])(?:16)?(\d{6})\s?[-‐‑–]?\s?(\d{4})(?![\d-])")
_FOREIGN = re.compile(r"(?<![\w])(?:[A-Z]{2}\s?)?\d[\d .]{5,13}\d(?!\w)")
_LOOK_ALIKES = str.maketrans("АВСЕНКМОРТХІЅЈ", "ABCEHKMOPTXISJ")
NEAR_LINES = 4
PREFIX = 4  # letters such as FS or EMS before the digits
FEWEST_DIGITS, SHORTEST, LONGEST = 2, 4, 40
FOREIGN_DIGITS = (7, 12)


@cache
def number_labels() -> Labels:
    """Labels of identifying numbers, from the vocabulary."""
    return Labels(vocabulary("number_labels"))


def certificate_numbers(pages: Sequence[Page]) -> Iterator[Fact]:
    """Numbers a label calls the certificate's; letters of another alphabet that look Latin are put right and said."""
    for page in pages:
        places = [p for p in values_after(page, number_labels(), ("certificate_number",)) if _label_counts(p)]
        for place in sorted(places, key=lambda place: place.how != "line"):
            found = _certificate_number(place)
            if found is not None:
                yield found
    for page in pages:
        for place in values_after(page, number_labels(), ("bare_number",)):
            found = _certificate_number(place)
            if found is not None and _alone_in_cell(place, found.value):
                yield replace(found, confidence=0.75)


def _label_counts(place: Value) -> bool:
    """'Certificate' alone above a number is its label; 'Certificate of Registration' is a title."""
    if place.how == "line" or len(place.label.split()) > 1:
        return True
    head = place.quote[: len(place.quote) - len(" ".join(place.text.split()))]
    return head.strip(" :.").casefold() == place.label.casefold()


def _alone_in_cell(place: Value, value: str) -> bool:
    """'Nr 1234' and nothing else, or the two in cells of their own; an address has a 'No. 12' too."""
    cells = place.line.cells()
    at = next(index for index, one in enumerate(cells) if one.end > place.start)
    if cells[at].text == value:
        return _label_counts(place) if place.how == "below" else _is_only(cells[at - 1].text, place.label)
    return cells[at].text.startswith(place.label) and cells[at].text.endswith(value)


def _is_only(text: str, label: str) -> bool:
    return text.strip(" :.").casefold() == label.strip(" :.").casefold()


def _certificate_number(place: Value) -> Fact | None:
    match = _TOKEN.match(place.text)
    if match is None:
        return None
    end = max((_IN_GROUPS.match(place.text.split("\t")[0]) or match).end(), match.end())
    if match.group().isalpha() and match.group().isupper() and len(match.group()) <= PREFIX:
        more = re.match(r"\s[\dA-Z][\w./\-]*", place.text[end:])
        end += more.end() if more else 0
    more = re.match(r"\s[A-Z]{2,4}$", place.text[end:].split("\t")[0])
    printed = place.text[: end + (more.end() if more else 0)].rstrip(".-–/")
    value = printed.translate(_LOOK_ALIKES)
    if not _is_certificate_number(value) or ("cert" not in place.label.casefold() and is_org_number(value)):
        return None
    here = Value(
        place.page, place.line, place.start, place.start + len(printed), place.role, place.how, place.quote
    )
    fact = fact_at("certificate_number", value, here, 0.95 if place.how == "line" else 0.85)
    return fact.warned("mixed_alphabet", 0.8) if value != printed else fact


def _is_certificate_number(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if digits < FEWEST_DIGITS or not SHORTEST <= len(value) <= LONGEST:
        return False
    if is_standard(value) or re.match(r"(?:ISO|SS-EN|EN)\b", value, re.IGNORECASE):
        return False
    return not any(match.end - match.start >= len(value) - 1 for match in find_dates(value))


def org_numbers(pages: Sequence[Page], holder: str, issuer: str) -> Iterator[Fact]:
    """Company numbers with a correct check digit, the holder's first; numbers beside the issuer are left out."""
    found = [fact for page in pages for fact in _on_page(page, holder, issuer)]
    yield from sorted(found, key=lambda fact: (-fact.confidence, fact.page))


def _on_page(page: Page, holder: str, issuer: str) -> Iterator[Fact]:
    labelled = {id(v.line): v for v in values_after(page, number_labels(), ("org_number",))}
    for index, line in enumerate(page.lines):
        has_label = id(line) in labelled or any(
            m.role == "org_number" for m in number_labels().find(line.for_labels)
        )
        for match in _SWEDISH.finditer(line.text):
            value = f"{match[1]}-{match[2]}"
            bare = "-" not in match.group() and "–" not in match.group()
            place = labelled.get(id(line))
            below = place is not None and place.how == "below" and place.start <= match.start() < place.end
            near = _whose(page, index - below, holder, issuer)
            if not is_org_number(value) or (bare and not has_label) or near == "issuer":
                continue
            certainty = 0.6 + 0.2 * has_label + 0.17 * (near == "holder")
            yield fact_at("org_number", value, on_line(page, line, match.start(), match.end()), certainty)
    rows = {id(line): index for index, line in enumerate(page.lines)}
    theirs = [v for v in labelled.values() if _whose(page, rows[id(v.line)], holder, issuer) != "issuer"]
    yield from _foreign(theirs)


def is_org_number(value: str) -> bool:
    """A Swedish legal person's number: check digit right and third digit at least 2 (else a person's number)."""
    try:
        legal_person(value)
    except IdentityError:
        return False
    return True


def _whose(page: Page, index: int, holder: str, issuer: str) -> str:
    """Whose name stands nearest above or on the line of a number."""
    for line in reversed(page.lines[max(0, index - NEAR_LINES) : index + 1]):
        if holder and mentions(line.text, holder):
            return "holder"
        if issuer and core_name(issuer) and mentions(line.text, issuer):
            return "issuer"
    return ""


def _foreign(places: Iterable[Value]) -> Iterator[Fact]:
    """Other countries' company numbers count only with a label in front."""
    for place in places:
        match = _FOREIGN.search(place.text)
        if match is None or _SWEDISH.search(place.text) or match.start() > PREFIX + 8:
            continue
        value = re.sub(r"[ .]", "", match.group())
        here = Value(
            place.page, place.line, place.start + match.start(), place.start + match.end(),
            place.role, place.how, place.quote,
        )  # fmt: skip
        if FOREIGN_DIGITS[0] <= sum(char.isdigit() for char in value) <= FOREIGN_DIGITS[1]:
            yield fact_at("org_number", value, here, 0.75)
