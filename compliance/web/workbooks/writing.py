"""Workbooks: the only module that writes .xlsx. Everything typed is written as text or value, never as a formula."""

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from compliance.web.workbooks.cell_text import to_cell
from compliance.web.workbooks.model import Book, Field, Headings, Line, LineSheet, TableSheet

HIDDEN, LISTS, GUIDE = "_compliance", "_lists", "guide"
LINE_CODES = ("question", "help", "answer", "comment", "na_reason", "id")
LINE_WIDTHS = (52, 52, 34, 40, 34, 10)
TABLE_WIDTH = 26
CHUNK = 30_000
LONGEST_TITLE = 31
NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
OPEN = PatternFill("solid", fgColor="FFFBE6")
HEAD = PatternFill("solid", fgColor="E3E9EE")
WRAP = Alignment(wrap_text=True, vertical="top")
FORMATS = {"text": "@", "number": "General", "date": "yyyy-mm-dd"}


def write(book: Book) -> bytes:
    """The workbook as a file."""
    workbook = Workbook()
    workbook.properties.title = book.title
    workbook.properties.creator = ""
    guide = workbook.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide, book)
    lists = _Lists(workbook)
    titles = {guide.title}
    for sheet in book.sheets:
        page = workbook.create_sheet(_title(sheet.title, titles))
        if isinstance(sheet, LineSheet):
            _write_lines(page, sheet, book.headings, lists)
        else:
            _write_table(page, sheet, lists)
        _protect(page)
    lists.close()
    _write_mark(workbook, book.mark)
    workbook.security = WorkbookProtection(lockStructure=True)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


class _Lists:
    """The hidden sheet from which drop-downs take their choices; the same choices stand there once."""

    def __init__(self, workbook: Workbook) -> None:
        self.sheet = workbook.create_sheet(LISTS)
        self.known: dict[tuple[str, ...], str] = {}

    def offer(self, page: Worksheet, places: str, choices: tuple[str, ...]) -> None:
        """Let the cells choose from a list. Other text is allowed: the upload explains what is wrong with it."""
        if choices not in self.known:
            letter = get_column_letter(len(self.known) + 1)
            for number, choice in enumerate(choices, start=1):
                _put(self.sheet, f"{letter}{number}", choice)
            self.known[choices] = f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"
        rule = DataValidation(
            type="list", formula1=self.known[choices], allow_blank=True, showErrorMessage=False
        )
        page.add_data_validation(rule)
        rule.add(places)

    def close(self) -> None:
        """Put it last and out of sight."""
        self.sheet.sheet_state = "hidden"
        self.sheet.parent.move_sheet(self.sheet, len(self.sheet.parent.sheetnames))


def _write_guide(page: Worksheet, book: Book) -> None:
    page.title = _title(book.guide_title, set())
    _codes(page, (GUIDE,), (100,))
    _put(page, "A2", book.title).font = Font(bold=True, size=15)
    for number, paragraph in enumerate(book.guide, start=3):
        _put(page, f"A{number}", paragraph)
    _protect(page)


def _write_lines(page: Worksheet, sheet: LineSheet, headings: Headings, lists: _Lists) -> None:
    _codes(page, LINE_CODES, LINE_WIDTHS)
    _put(page, "A2", sheet.title).font = Font(bold=True, size=14)
    words = (headings.question, headings.help, headings.answer, headings.comment, headings.reason)
    _heads(page, words)
    page.column_dimensions["F"].hidden = True
    for number, line in enumerate(sheet.lines, start=4):
        _write_line(page, number, line, lists)


def _write_line(page: Worksheet, number: int, line: Line, lists: _Lists) -> None:
    question = _put(page, f"A{number}", line.question)
    question.font = Font(bold="#" not in line.id)
    _put(page, f"B{number}", line.help)
    for letter, field in zip("CDE", (line.answer, line.comment, line.reason), strict=True):
        if field is not None:
            _put_field(page, f"{letter}{number}", field, lists)
    _put(page, f"F{number}", line.id)


def _write_table(page: Worksheet, sheet: TableSheet, lists: _Lists) -> None:
    codes = [f"{sheet.id}/{column.code}" for column in sheet.columns]
    _codes(page, codes, [TABLE_WIDTH] * len(codes))
    _put(page, "A2", sheet.question).font = Font(bold=True)
    page.merge_cells(start_row=2, start_column=1, end_row=2, end_column=max(len(codes), 3))
    page.row_dimensions[2].height = 45
    _heads(page, [column.label for column in sheet.columns])
    for number in range(sheet.most_rows):
        row = sheet.rows[number] if number < len(sheet.rows) else {}
        for place, column in enumerate(sheet.columns, start=1):
            field = Field(row.get(column.code), column.kind)
            _put_field(page, f"{get_column_letter(place)}{number + 4}", field, lists)
    for place, column in enumerate(sheet.columns, start=1):
        if column.choices:
            letter = get_column_letter(place)
            lists.offer(page, f"{letter}4:{letter}{sheet.most_rows + 3}", column.choices)


def _codes(page: Worksheet, codes: Iterable[str], widths: Iterable[int]) -> None:
    """The hidden first row says what each column is, also when the sheet has been renamed or columns were moved."""
    for place, (code, width) in enumerate(zip(codes, widths, strict=True), start=1):
        letter = get_column_letter(place)
        _put(page, f"{letter}1", code)
        page.column_dimensions[letter].width = width
    page.row_dimensions[1].hidden = True
    page.freeze_panes = "A4"


def _heads(page: Worksheet, words: Iterable[str]) -> None:
    for place, word in enumerate(words, start=1):
        cell = _put(page, f"{get_column_letter(place)}3", word)
        cell.font, cell.fill = Font(bold=True), HEAD


def _put_field(page: Worksheet, place: str, field: Field, lists: _Lists) -> None:
    cell = _put(page, place, field.value)
    cell.number_format = FORMATS[field.kind]
    cell.protection, cell.fill = Protection(locked=False), OPEN
    if field.choices:
        lists.offer(page, place, field.choices)


def _put(page: Worksheet, place: str, value: str | Decimal | date | None) -> Cell:
    """A value in a cell. Text is set as text, so that `=1+1` stays what somebody wrote."""
    cell: Any = page[place]
    if isinstance(value, str):
        cell.value = None
        cell.data_type = "s"
        cell._value = to_cell(value)  # noqa: SLF001  the setter would guess a formula from the first sign
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@", "\t"}
    else:
        cell.value = value
    cell.alignment = WRAP
    return cell  # type: ignore[no-any-return]


def _protect(page: Worksheet) -> None:
    """Without a password: it keeps fingers from slipping, no more."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.selectLockedCells = False


def _write_mark(workbook: Workbook, mark: str) -> None:
    page = workbook.create_sheet(HIDDEN)
    page.sheet_state = "veryHidden"
    for number, start in enumerate(range(0, len(mark), CHUNK), start=1):
        _put(page, f"A{number}", mark[start : start + CHUNK])


def _title(wanted: str, taken: set[str]) -> str:
    """A title that Excel takes: short, without its special signs, and used once."""
    plain = " ".join(wanted.translate(NOT_IN_TITLES).split()) or "-"
    title, number = plain[:LONGEST_TITLE].strip(), 1
    while title.casefold() in {one.casefold() for one in taken}:
        number += 1
        ending = f" {number}"
        title = plain[: LONGEST_TITLE - len(ending)].strip() + ending
    taken.add(title)
    return title
