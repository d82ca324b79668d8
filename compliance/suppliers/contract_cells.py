"""Step 1, suppliers: a contract written out as cells, so that reading them gives the same contract again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from compliance.suppliers.cells import as_cell
from compliance.suppliers.contract_columns import Column, columns
from compliance.suppliers.register_words import label

NOT_WRITTEN = frozenset({"contact_name", "contact_email"})
"""Persons at suppliers: read when a supplier is new, never written out."""

Written = str | int | date | None


def written_columns() -> list[Column]:
    """The columns of a file that we write, in order."""
    return [column for column in columns().values() if column.field not in NOT_WRITTEN]


def header(language: str) -> list[str]:
    """The headers of a file that we write."""
    return [column.in_language(language) for column in written_columns()]


def cells_of(values: Mapping[str, Any], language: str) -> list[Written]:
    """One contract as cells; days are dates, amounts numbers, everything else text."""
    return [_cell(column, values.get(column.field), language) for column in written_columns()]


def _cell(column: Column, value: Any, language: str) -> Written:
    if value is None or value in ("", []):
        return None
    return _WRITERS[column.kind](column, value, language)


def _day(column: Column, value: Any, language: str) -> Written:
    del column, language
    return value if isinstance(value, date) else date.fromisoformat(value)


def _length(column: Column, value: Any, language: str) -> Written:
    del column
    return f"{value['n']} {label('unit', value['unit'], language)}"


def _words(column: Column, value: Iterable[str], language: str) -> Written:
    return "; ".join(label(column.of, code, language) for code in value)


_WRITERS: dict[str, Callable[[Column, Any, str], Written]] = {
    "text": lambda _, value, __: as_cell(str(value)),
    "day": _day,
    "kronor": lambda _, value, __: int(value),
    "whole": lambda _, value, __: int(value),
    "length": _length,
    "word": lambda column, value, language: label(column.of, value, language),
    "words": _words,
    "yes_no": lambda _, value, language: label("yes_no", "yes" if value else "no", language),
}
