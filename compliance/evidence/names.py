"""Step 4, evidence: company names in text and how two names are compared (legal form and small words left out)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from compliance.evidence.labels import unaccented
from compliance.evidence.vocabulary import vocabulary

FEWEST_LETTERS, LONGEST_NAME, MOST_WORDS = 3, 90, 12
_SHORT_IN_CAPITALS = frozenset({"AS", "SA", "UG", "SIA", "SAS", "BV", "INC", "CORP"})
_PART = r"(?:[A-ZÅÄÖÉÜØÆ0-9][\w.&'’/\-]*|&|\+|and|och|i|på|–|-|\([A-Z][\w .]{1,20}\))"

_DOMAIN = re.compile(
    r"(?:www\.|@|https?://)(?:[\w-]+\.)*?([\w-]{3,40})\.(?:se|com|eu|nu|org|net|no|dk|fi|co\.uk|uk|de|io)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A company name at characters `start` to `end`."""

    start: int
    end: int
    name: str


@cache
def _forms() -> tuple[str, ...]:
    forms: list[str] = vocabulary("company_names")["legal_forms"]
    return tuple(
        sorted({*forms, *(form.upper() for form in forms if form[0].isupper())}, key=len, reverse=True)
    )


@cache
def _company() -> re.Pattern[str]:
    forms = "|".join(re.escape(form).replace(r"\ ", r"\s") for form in _forms())
    after = rf"(?<![\w.]){_PART}(?:,?[ ]{_PART}){{0,7}}?,?[ ](?:{forms})(?![\w])"
    before = r"(?<![\w.])AB[ ][A-ZÅÄÖ][\w-]+(?:[ ](?:i[ ])?[A-ZÅÄÖ][\w-]+){0,2}"
    return re.compile(rf"{after}|{before}|(?<![\w.])Region[ ][A-ZÅÄÖ][\w-]+")


def find_names(text: str) -> tuple[NameMatch, ...]:
    """Company names with their legal form, left to right."""
    found = []
    for match in _company().finditer(text):
        name = _trimmed(match.group())
        if plausible(name) and not (name.rsplit(" ", 1)[-1] in _SHORT_IN_CAPITALS and text.isupper()):
            found.append(NameMatch(match.end() - len(name), match.end(), name))
    return tuple(found)


def _trimmed(name: str) -> str:
    """Without small words and numbers the pattern took along in front ('of Exempel AB', '3 Exempel AB')."""
    return re.sub(
        r"^(?:(?:and|och|of|for|för|i|på|–|-|&|\+|[\d.]+|The|At|In|For|By|Copyright|©)[ ])+", "", name
    )


def plausible(name: str) -> bool:
    """Could this be a name: letters, not too long, begins as names do?"""
    letters = sum(char.isalpha() for char in name)
    return (
        letters >= FEWEST_LETTERS
        and len(name) <= LONGEST_NAME
        and len(name.split()) <= MOST_WORDS
        and not name[0].islower()
    )


def plain_words(text: str) -> list[str]:
    """The words to compare by: lower case, without punctuation and small words."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    noise = set(vocabulary("company_names")["noise"])
    return [word for word in re.sub(r"[^\w&]+", " ", flat).split() if word not in noise]


def core_name(name: str) -> str:
    """What is left of a name to compare: its plain words without the legal form at the end."""
    words = plain_words(name)
    while tail := next(
        (n for n in (3, 2, 1) if len(words) > n and " ".join(words[-n:]) in _plain_forms()), 0
    ):
        words = words[:-tail]
    return " ".join(words)


@cache
def _plain_forms() -> frozenset[str]:
    return frozenset(" ".join(plain_words(form)) for form in _forms())


@cache
def legal_forms() -> Mapping[str, str]:
    """Every legal form in plain words without accents, and the one spelling that stands for it."""
    same = {
        unaccented(one): unaccented(other) for one, other in vocabulary("company_names")["same_form"].items()
    }
    return {form: same.get(form, form) for form in map(unaccented, _plain_forms())}


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0..1, by their core names."""
    left, right = core_name(one), core_name(other)
    if not left or not right:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def mentions(text: str, name: str) -> bool:
    """Does the text contain the core of the name as whole words, with a genitive s or without?"""
    core = core_name(name)
    flat = f" {' '.join(plain_words(text))} "
    return bool(core) and (f" {core} " in flat or f" {core}s " in flat)


def web_names(text: str) -> list[str]:
    """The names in the text's web and mail addresses: 'exempel' of info@exempel.se and www.exempel.se."""
    return _DOMAIN.findall(text)
