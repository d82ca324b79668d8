"""Workbooks: reads a workbook of ours that was filled in: what stands in each cell, not what that means."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from compliance.web.workbooks.cell_text import from_cell
from compliance.web.workbooks.guard import guard
from compliance.web.workbooks.model import Found, FoundBook, FoundLine, FoundTable, WorkbookError
from compliance.web.workbooks.writing import GUIDE, HIDDEN, LINE_CODES, LISTS

MOST_ROWS, MOST_COLUMNS = 2_000, 40
MOST_LOOKED_AT = 100_000
FIRST_ROW = 4
LONGEST_CODE = 200
TABLE_CODE = re.compile(r"([a-z0-9_@]{1,150})/([a-z0-9_]{1,60})")

Row = Mapping[int, Found]
"""The cells of a row that hold anything, by the number of their column."""


def read(data: bytes) -> FoundBook:
    """What stands in a workbook. Macros are not looked at. Raises `WorkbookError`."""
    guard(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions we do not need
            return _read(data)
    except WorkbookError:
        raise
    except Exception:  # noqa: BLE001  a damaged file fails inside the library in countless ways; all mean the same
        raise WorkbookError("broken") from None


def _read(data: bytes) -> FoundBook:
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        budget = _Budget()
        ours = (sheet for sheet in workbook.worksheets if sheet.title != LISTS)
        sheets = {sheet.title: list(_rows(sheet, budget)) for sheet in ours}
    finally:
        workbook.close()
    mark = "".join(cell.text for row in sheets.pop(HIDDEN, []) for cell in row[1].values())
    if not mark:
        raise WorkbookError("not_ours")
    lines: list[FoundLine] = []
    tables: list[FoundTable] = []
    others = []
    for title, rows in sheets.items():
        codes = {number: cell.text for number, cell in rows[0][1].items()} if rows and rows[0][0] == 1 else {}
        if set(codes.values()) >= set(LINE_CODES):
            lines += _lines(title, rows, codes)
        elif table := _table(rows, codes):
            tables.append(table)
        elif GUIDE not in codes.values():
            others.append(title)
    return FoundBook(mark, tuple(lines), tuple(tables), tuple(others))


class _Budget:
    """How many rows may be looked at in a whole file, empty ones too: a cell may claim to stand anywhere."""

    def __init__(self) -> None:
        self.left = MOST_LOOKED_AT

    def spend(self) -> None:
        """One row more. Raises `WorkbookError`."""
        self.left -= 1
        if self.left < 0:
            raise WorkbookError("too_many_rows", rows=MOST_ROWS)


def _rows(sheet: Any, budget: _Budget) -> Iterator[tuple[int, Row]]:
    """The rows that hold anything, with their numbers."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        budget.spend()
        found = {
            place: _found(sheet.title, f"{get_column_letter(place)}{number}", cell)
            for place, cell in enumerate(cells, start=1)
            if cell.value is not None
        }
        if found and number > MOST_ROWS:
            raise WorkbookError("too_many_rows", rows=MOST_ROWS)
        if found:
            yield number, found


def _found(sheet: str, place: str, cell: Any) -> Found:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return Found(sheet, place, wrong="formula")
    if kind == "e":
        return Found(sheet, place, text=str(value), wrong="error")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Found(sheet, place, text=_text(value), number=number)


def _text(value: object) -> str:
    if isinstance(value, str):
        return from_cell(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else f"{value:.15g}"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return value.isoformat() if not isinstance(value, timedelta) else str(value)
    return str(value)


def _lines(title: str, rows: list[tuple[int, Row]], codes: Mapping[int, str]) -> Iterator[FoundLine]:
    places = {code: number for number, code in codes.items()}
    for number, row in rows:
        named = row.get(places["id"])
        if number < FIRST_ROW or named is None or len(named.text) > LONGEST_CODE:
            continue
        answer, comment, reason = (
            row.get(places[code]) or Found(title, f"{get_column_letter(places[code])}{number}")
            for code in ("answer", "comment", "na_reason")
        )
        yield FoundLine(named.text, answer, comment, reason)


def _table(rows: list[tuple[int, Row]], codes: Mapping[int, str]) -> FoundTable | None:
    """The rows of a table's sheet; None for a sheet that is none of ours."""
    matches = {number: TABLE_CODE.fullmatch(code) for number, code in codes.items()}
    columns = {number: match[2] for number, match in matches.items() if match}
    names = {match[1] for match in matches.values() if match}
    if len(names) != 1:
        return None
    found = (
        {
            columns[place]: cell
            for place, cell in row.items()
            if place in columns and (cell.text.strip() or cell.wrong)
        }
        for number, row in rows
        if number >= FIRST_ROW
    )
    return FoundTable(names.pop(), tuple(row for row in found if row))
