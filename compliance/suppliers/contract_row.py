"""Step 1, suppliers: one row of a file of contracts, read and judged by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel import Locale

from compliance.suppliers.cells import (
    Cell,
    CellError,
    Formula,
    as_text,
    read_day,
    read_kronor,
    read_length,
    read_text,
    read_whole,
    read_word,
    read_words,
    read_yes_no,
)
from compliance.suppliers.contract_columns import Column, columns
from compliance.suppliers.countries import country_code
from compliance.suppliers.identity import (
    MASK,
    SWEDEN,
    Identity,
    IdentityError,
    foreign_by_registration,
    foreign_by_vat,
    legal_person,
    sole_trader,
)
from compliance.suppliers.term_fields import TERM_FIELDS

SUPPLIER_FIELDS = (
    "supplier_name",
    "organisation_number",
    "vat_number",
    "country",
    "inherent_risk",
    "contact_name",
    "contact_email",
)


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NEEDED = N_("The cell is empty. A contract cannot be without this.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell: the field of its column, and a sentence with its values."""

    field: str
    sentence: str
    params: Mapping[str, str | int]

    @property
    def message(self) -> str:
        """The English sentence with its values."""
        return self.sentence % self.params if self.params else self.sentence


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What one row says: values by field (days as ISO texts in the terms), who the supplier is, what is wrong.

    A field without a column is not among the values: nothing was said about it. `same_supplier`: the number is
    masked, as we write out that of a sole trader, so it says only "the one that is registered".
    """

    row: int
    number: str
    values: Mapping[str, Any]
    identity: Identity | None
    same_supplier: bool
    problems: tuple[Problem, ...]


def read_row(number: int, cells: Sequence[Cell | Formula], places: Mapping[str, int]) -> ContractRow:
    """Read one row by the columns that were matched; every cell that is wrong is named."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, place in places.items():
        cell = cells[place] if place < len(cells) else None
        try:
            values[field] = _value(columns()[field], cell)
        except CellError as error:
            problems.append(Problem(field, error.sentence, error.params))
            continue
        if columns()[field].needed and values[field] in {None, ""}:
            problems.append(Problem(field, NEEDED, {}))
    identity, same, wrong = _identity(values)
    problems += wrong
    return ContractRow(number, values.get("number") or "", values, identity, same, tuple(problems))


def _value(column: Column, cell: Cell | Formula) -> Any:
    if column.kind == "text":
        return read_text(cell, most=column.most)
    if column.kind in {"word", "words"}:
        return _WITH_LIST[column.kind](cell, of=column.of)
    value = _READERS[column.kind](cell)
    if isinstance(value, date) and column.field in TERM_FIELDS:
        return value.isoformat()
    return value


_WITH_LIST: dict[str, Callable[..., Any]] = {"word": read_word, "words": read_words}
_READERS: dict[str, Callable[[Cell | Formula], Any]] = {
    "day": read_day,
    "kronor": read_kronor,
    "whole": read_whole,
    "length": read_length,
    "yes_no": read_yes_no,
}


def _identity(values: Mapping[str, Any]) -> tuple[Identity | None, bool, list[Problem]]:
    """Who the supplier is, whether the number is masked, and what is wrong with it. No number is ever repeated."""
    text, vat = values.get("organisation_number") or "", values.get("vat_number") or ""
    if MASK in text:
        return None, True, []
    if not text and not vat:
        return None, False, []
    country = country_of(values.get("country") or SWEDEN) or ""
    try:
        read = _read_identity(country, text, vat)
    except IdentityError as error:
        at_country = error.code in {"unknown_country", "country_is_sweden"}
        field = "country" if at_country else "organisation_number" if text else "vat_number"
        return None, False, [Problem(field, error.sentence, {})]
    return read, False, []


def _read_identity(country: str, text: str, vat: str) -> Identity:
    """Who a supplier is by its numbers. Raises `IdentityError`."""
    if country == SWEDEN and text:
        return _swedish(text)
    return foreign_by_vat(country, vat) if vat else foreign_by_registration(country, text)


def _swedish(text: str) -> Identity:
    """A company, or a sole trader where the number is a person's. Raises `IdentityError`."""
    try:
        return legal_person(text)
    except IdentityError as error:
        if error.code != "looks_personal":
            raise
    return sole_trader(text)


def country_of(text: str) -> str | None:
    """A country's code, by code or by its name in Swedish or English; None when it is not known."""
    return country_code(text) or _country_names().get(as_text(text).casefold())


@cache
def _country_names() -> Mapping[str, str]:
    return {
        str(name).casefold(): code
        for language in ("en", "sv")
        for code, name in Locale(language).territories.items()
        if country_code(str(code)) == code
    }
