"""Facts read from documents, as people read them, and how sure the reading is."""

import re
from collections.abc import Callable

from flask_babel import format_decimal, gettext

from compliance.evidence.facts import WARNINGS
from compliance.evidence.matching import SURE
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import FactRow
from compliance.web.languages import current_language

DOCUMENT_TYPE = "document_type"
CLEAR = 0.9
"""Confidence from which a value without a warning is called clearly read."""

YES, NO = frozenset({"yes", "ja", "true"}), frozenset({"no", "nej", "false"})
YES_OR_NO = frozenset({"approved_for_f_tax", "vat", "employer", "debt"})
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)( [A-Z]{3})?")
_YEARLY = re.compile(r"(\d+(?:\.\d+)?) \((\d{4})\)")


def fact_value(row: FactRow) -> str:
    """The value of a fact in words."""
    return value_in_words(row.field, row.value)


def value_in_words(field: str, value: str) -> str:
    """A fact's value in the reader's language; what has no other form stays as the document gives it."""
    return _WRITERS.get(field, _yearly_or_plain)(value)


def fact_warning(row: FactRow) -> str | None:
    """Why a person should look before relying on the value."""
    return " ".join(gettext(WARNINGS[warning]) for warning in row.warnings if warning in WARNINGS) or None


def fact_confidence(row: FactRow) -> str:
    """How sure the reading is, in words."""
    if row.warnings or row.confidence < SURE:
        return str(gettext("Uncertain: compare it with the page"))
    return str(gettext("Clearly read") if row.confidence >= CLEAR else gettext("Probably right"))


def _kind(value: str) -> str:
    known = vocabulary().documents.get(value)
    return known.to(current_language()) if known else value.replace("_", " ")


def _period(value: str) -> str:
    first, slash, last = value.partition("/")
    if not slash:
        return value
    if first and last:
        return str(gettext("%(first)s to %(last)s", first=first, last=last))
    return str(gettext("from %(day)s", day=first) if first else gettext("until %(day)s", day=last))


def _pages(value: str) -> str:
    first, _, last = value.partition("-")
    return first if first == last else f"{first}–{last}"


def _yes_or_no(value: str) -> str:
    plain = value.casefold()
    if plain in YES:
        return str(gettext("Yes"))
    return str(gettext("No")) if plain in NO else _amount(value)


def _amount(value: str) -> str:
    """12,000,000 SEK: figures in groups, as the reader's language writes them."""
    match = _AMOUNT.fullmatch(value)
    return f"{_figures(match[1])}{match[2] or ''}" if match else value


def _yearly_or_plain(value: str) -> str:
    match = _YEARLY.fullmatch(value)
    return f"{_figures(match[1])} ({match[2]})" if match else value


def _figures(text: str) -> str:
    return str(format_decimal(float(text) if "." in text else int(text)))


_WRITERS: dict[str, Callable[[str], str]] = {
    DOCUMENT_TYPE: _kind,
    "period": _period,
    "part": _pages,
    "amount": _amount,
    "cover": _amount,
    **dict.fromkeys(YES_OR_NO, _yes_or_no),
}
