"""Step 4, evidence: values of one field found by label or by their own words; what the readers of kinds share."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from compliance.evidence.dated import Dated
from compliance.evidence.facts import Fact
from compliance.evidence.holder import is_field_label
from compliance.evidence.labelled import SEPARATORS, Value, fact_at, on_line, values_after
from compliance.evidence.labels import Labels, unaccented
from compliance.evidence.layout import Page
from compliance.evidence.vocabulary import vocabulary

SITE_CONFIDENCE = 0.8
BESIDE, BELOW, BY_ITSELF = 0.93, 0.85, 0.8  # confidence by where the value stands against its label

_BREAKS = "\t.,;("
_GOES_ON = re.compile(
    r"\b(?:i|av|till|för|på|hos|med|genomgått|avser|of|by|for|completed|att)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value inside a text: its characters and what it means."""

    start: int
    end: int
    value: str


Accept = Callable[[str], Found | None]


@cache
def field_labels() -> Labels:
    """The labels of these fields, from the vocabulary."""
    return Labels(vocabulary("field_labels"))


def labelled(pages: Sequence[Page], field: str, accept: Accept, role: str = "") -> Iterator[Fact]:
    """Values of `field` beside or under its labels (those of `role`, by default the field's own)."""
    for page in pages:
        places = values_after(page, field_labels(), (role or field,))
        for place in sorted(places, key=lambda place: place.how != "line"):
            found = None if is_field_label(place.text.split("\t")[0]) else accept(place.text)
            stands = _announces(place) if place.how == "line" else _ends_label(place)
            if found is not None and stands:
                yield _fact(field, place, found)


def _announces(place: Value) -> bool:
    """'Status: aktiv', 'Scope Cleaning', 'är medlem i X' announce a value; a word inside a sentence does not."""
    before = place.line.for_labels[: place.start].rstrip(SEPARATORS)
    if _GOES_ON.search(before) or (place.text[0].isdigit() and before.endswith(place.label)):
        return True
    ahead = before[: len(before) - len(place.label)].rstrip(" ")
    opens = not ahead or ahead[-1] in _BREAKS
    marked = bool(place.line.text[len(before) : place.start].strip(" "))
    return marked or (opens and not place.text[0].islower())


def _ends_label(place: Value) -> bool:
    """Under a label counts only what stands under the label alone, not under a sentence that holds the word."""
    head = place.quote[: len(place.quote) - len(" ".join(place.text.split()))].strip(" :.")
    return unaccented(head.casefold()).endswith(unaccented(place.label.casefold()))


def _fact(field: str, place: Value, found: Found) -> Fact:
    here = replace(place, start=place.start + found.start, end=place.start + found.end)
    return fact_at(field, found.value, here, BESIDE if place.how == "line" else BELOW)


def by_words(
    pages: Sequence[Page], field: str, words: Iterable[str], *, as_is: bool = False
) -> Iterator[Fact]:
    """Words that are values themselves, where they stand; `as_is` minds capitals (names of organisations)."""
    pattern = words_pattern(tuple(words), as_is=as_is)
    for page in pages:
        for line in page.lines:
            text = line.for_labels if as_is else unaccented(line.for_labels)
            for match in pattern.finditer(text):
                place = on_line(page, line, match.start(), match.end())
                yield fact_at(field, place.text, place, BY_ITSELF)


@cache
def words_pattern(words: tuple[str, ...], *, as_is: bool = False) -> re.Pattern[str]:
    """Any of the words as whole words, the longest first."""
    ordered = sorted(words if as_is else map(unaccented, words), key=len, reverse=True)
    body = "|".join(r"[\s\-–]{1,2}".join(map(re.escape, re.split(r"[\s-]+", word))) for word in ordered)
    return re.compile(rf"(?<![^\W_])(?:{body})(?![^\W_])", 0 if as_is else re.IGNORECASE)


_TEXT = re.compile(r"[^\t]+")


def any_text(text: str) -> Found | None:
    """Whatever stands in the cell, when it has letters."""
    match = _TEXT.match(text)
    value = match.group().strip(" .:;,") if match else ""
    return Found(0, len(match.group()), value) if match and sum(map(str.isalpha, value)) > 1 else None


_AMOUNT = re.compile(
    r"(?P<before>SEK|EUR|GBP|USD|NOK|DKK|£|€|\$)?\s?"
    r"(?P<number>\d{1,3}(?:[   .,]\d{3})+(?:[.,]\d{2}(?!\d))?|\d+(?:[.,]\d{1,2})?)"
    r"\s?(?P<times>mkr|msek|miljoner|miljon|million|m|tkr|ksek)?\b\.?\s?"
    r"(?P<after>kronor|kr|SEK|EUR|GBP|USD|NOK|DKK|euro|£|€|:-)?",
    re.IGNORECASE,
)
_TIMES = {
    "mkr": 1e6,
    "msek": 1e6,
    "miljoner": 1e6,
    "miljon": 1e6,
    "million": 1e6,
    "m": 1e6,
    "tkr": 1e3,
    "ksek": 1e3,
}
_CURRENCIES = {"kronor": "SEK", "kr": "SEK", ":-": "SEK", "£": "GBP", "€": "EUR", "$": "USD", "euro": "EUR"}


def amount(text: str) -> Found | None:
    """The first amount of money with its currency, as '10000000 SEK'; a number without a currency is none."""
    for match in _AMOUNT.finditer(text):
        times = (match["times"] or "").casefold()
        currency = (
            match["before"] or match["after"] or ("kr" if times in ("mkr", "msek", "tkr", "ksek") else "")
        )
        if currency:
            code = _CURRENCIES.get(currency.casefold(), currency.upper())
            return Found(match.start(), match.end(), f"{_plain(match['number'], times)} {code}")
    return None


def _plain(number: str, times: str) -> str:
    """'10 000 000', '1.5' with 'million', '2 500,00'."""
    whole = re.sub(r"[   ]|[.,](?=\d{3}(?!\d))", "", number).replace(",", ".")
    return f"{float(whole) * _TIMES.get(times, 1):.0f}"


def period(dated: Sequence[Dated]) -> Iterator[Fact]:
    """From the first day of validity to the last, as 'first/last'; open when only the first is given."""
    first = next((one for one in dated if one.role == "valid_from"), None)
    last = next((one for one in dated if one.role in ("valid_until", "validity")), None)
    shown = first or last
    if first is None or shown is None:
        return
    value = f"{first.value}/{last.value if last is not None else ''}"
    yield Fact("period", value, first.page, first.box, first.quote, round(first.certainty, 3), first.source)


def code(text: str) -> Found | None:
    """A number with perhaps letters and dashes: a policy's or contract's."""
    match = re.match(r"[A-ZÅÄÖ]{0,6}[\s-]?\d[\w./-]*(?:\s\d{2,}){0,4}", text)
    value = match.group().strip(" .-/") if match else ""
    return Found(0, len(value), value) if match and sum(map(str.isdigit, value)) > FEWEST_DIGITS else None


FEWEST_DIGITS = 3


def signatory_roles(pages: Sequence[Page]) -> Iterator[Fact]:
    """The role of who signed (never the name): a short line that ends or begins with it, the last one first."""
    roles = vocabulary("terms")["roles"]
    found = [fact for fact in by_words(pages, "signatory_role", roles) if len(fact.quote) <= SIGNATURE_LINE]
    yield from (replace(fact, quote=fact.value) for fact in reversed(found))


SIGNATURE_LINE = 70  # characters; a role in a longer line is part of a sentence
