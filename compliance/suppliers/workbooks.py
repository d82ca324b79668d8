"""Step 1, suppliers: Excel workbooks that come from outside, opened without harm and read row by row.

The archive is measured before it is opened. No formula is computed, no macro run, nothing outside the file is fetched.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from compliance.suppliers.archives import ArchiveError, Limits, measure
from compliance.suppliers.cells import Cell, Formula

if TYPE_CHECKING:  # the library takes 12 MiB: only what opens or writes a workbook loads it
    from openpyxl.workbook.workbook import Workbook

MOST_UNPACKED = 400_000_000  # bytes; 50,000 rows of 45 columns come to about 110 million
LIMITS = Limits(parts=2_000, unpacked=MOST_UNPACKED, part=MOST_UNPACKED)
MOST_TEXTS = 100_000_000  # bytes of the part that is kept in memory whole
MOST_COLUMNS = 200
SHARED_TEXTS = "sharedStrings.xml"


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


BROKEN = N_("The file cannot be read as an Excel workbook. Open it in Excel and save it again as .xlsx.")
TOO_LARGE = N_(
    "The workbook would unpack to far more than a register can be. Save only the sheet with the rows."
)
NO_SHEET = N_("The workbook has no sheet with cells.")


class WorkbookError(ValueError):
    """The workbook is not opened; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_archive(file: BinaryIO) -> None:
    """Look at a workbook from outside before it is opened. Raises `WorkbookError`."""
    try:
        parts = measure(file, LIMITS)
    except ArchiveError as refused:
        raise WorkbookError(TOO_LARGE if refused.code == "too_large" else BROKEN) from None
    if any(size > MOST_TEXTS for name, size in parts.items() if name.endswith(SHARED_TEXTS)):
        raise WorkbookError(TOO_LARGE)


def open_workbook(file: BinaryIO) -> "Workbook":
    """The workbook for reading row by row, after `check_archive`; formulas stay text. Raises `WorkbookError`."""
    from openpyxl import load_workbook  # noqa: PLC0415  as above

    check_archive(file)
    try:
        return load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged workbook fails in any part of the library
        raise WorkbookError(BROKEN) from None


def workbook_rows(file: BinaryIO, *, sheet: str | None = None) -> Iterator[tuple[int, list[Cell | Formula]]]:
    """(row number, cells) of a sheet (the first one with cells unless it is named). Raises `WorkbookError`."""
    with closing(open_workbook(file)) as book:
        names = [sheet] if sheet in book.sheetnames else book.sheetnames
        for name in names:
            found = False
            for row in _rows_of(book, str(name)):
                found = True
                yield row
            if found:
                return
    raise WorkbookError(NO_SHEET)


def _rows_of(book: "Workbook", name: str) -> Iterator[tuple[int, list[Cell | Formula]]]:
    sheet = book[name]
    if not hasattr(sheet, "iter_rows"):  # a sheet of its own for a chart
        return
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_value(cell) for cell in row[:MOST_COLUMNS]]
            while cells and cells[-1] in {None, ""}:
                cells.pop()
            if cells:
                yield number, cells
    except WorkbookError:
        raise
    except Exception:  # noqa: BLE001 - a damaged sheet fails in any part of the library
        raise WorkbookError(BROKEN) from None


def _value(cell: object) -> Cell | Formula:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        return Formula(str(value))
    return value


def write_workbook(file: BinaryIO, rows: Iterable[Sequence[str | int | date | None]]) -> int:
    """Write rows to a workbook of one sheet, row by row; gives how many. Texts stay texts, never formulas."""
    from openpyxl.workbook.workbook import Workbook  # noqa: PLC0415  as above

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "B2"
    count = 0
    for row in rows:
        sheet.append([_kept(value) for value in row])
        count += 1
    book.save(file)
    return count


def _kept(value: str | int | date | None) -> str | int | date | None:
    """What a cell can hold: characters that no workbook may contain are left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415  as above

    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
