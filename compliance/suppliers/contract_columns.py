"""Step 1, suppliers: which columns a file of contracts has, and which of somebody's headers means which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from compliance.suppliers.cells import Cell, CellError, Formula, as_text

DEFINITION = Path(__file__).with_name("contract_columns.yaml")
HEADER_WITHIN = 20
"""Titles and empty lines may stand above the headers, but not more rows than these."""

Row = Sequence[Cell | Formula]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its headers, how a cell is read, and whether a new contract can be without it."""

    field: str
    sv: str
    en: str
    also: tuple[str, ...]
    kind: str
    of: str = ""
    most: int = 0
    needed: bool = False

    def in_language(self, language: str) -> str:
        """The header in "sv" or "en"; Swedish for any other language."""
        return self.en if language == "en" else self.sv


@cache
def columns() -> Mapping[str, Column]:
    """All columns by field, in the order of a file."""
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return {field: Column(field=field, **{**row, "also": tuple(row["also"])}) for field, row in raw.items()}


def guess_columns(header: Row) -> dict[str, int]:
    """Field -> place of the column whose header names it; the first of two alike, none where nothing fits."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        field = _spellings().get(_plain(_shown(cell)))
        if field is not None:
            found.setdefault(field, place)
    return found


def is_header(row: Row) -> int:
    """How many known headers stand in a row: the row with most of them, among the first, is the header."""
    return len(guess_columns(row))


def headers_of(row: Row) -> list[str]:
    """The headers as people see them, an empty text where there is none."""
    return [_shown(cell) for cell in row]


def _shown(cell: Cell | Formula) -> str:
    try:
        return as_text(cell)[:100]
    except CellError:
        return ""


def _plain(text: str) -> str:
    """Without case, spaces and punctuation: "Org.nr" and "orgnr" are the same header."""
    return re.sub(r"[^\w]|_", "", text.casefold())


@cache
def _spellings() -> Mapping[str, str]:
    """Every known header; our own headers win over what others may mean by the same word."""
    known: dict[str, str] = {}
    for column in columns().values():
        for text in (column.sv, column.en, column.field):
            known.setdefault(_plain(text), column.field)
    for column in columns().values():
        for text in column.also:
            known.setdefault(_plain(text), column.field)
    return known
