"""Step 1, suppliers: Excel workbooks that come from outside, opened without harm and read row by row.

Before anything is unpacked the archive is looked at: how many parts, how large, and whether one would grow beyond
all measure. No formula is computed, no macro run, nothing outside the file is fetched. Other steps use the same door.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook.workbook import Workbook

from compliance.suppliers.cells import Cell, Formula

MOST_PARTS = 2_000
MOST_UNPACKED = 400_000_000  # bytes; 50,000 rows of 45 columns come to about 110 million
MOST_TEXTS = 100_000_000  # bytes of the part that is kept in memory whole
MOST_COLUMNS = 200
SHARED_TEXTS = "sharedStrings.xml"
BEGINNING = 4_096


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
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise WorkbookError(TOO_LARGE)
            for part in parts:
                _check_part(archive, part)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, WorkbookError):
            raise
        raise WorkbookError(BROKEN) from None
    finally:
        file.seek(0)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No text too long to be kept in memory, and no entities, by which a few lines can become gigabytes."""
    if part.filename.endswith(SHARED_TEXTS) and part.file_size > MOST_TEXTS:
        raise WorkbookError(TOO_LARGE)
    if part.filename.lower().endswith((".xml", ".rels")):
        with archive.open(part) as opened:
            beginning = opened.read(BEGINNING).replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
            raise WorkbookError(BROKEN)


def open_workbook(file: BinaryIO) -> Workbook:
    """The workbook for reading row by row, after `check_archive`; formulas stay text. Raises `WorkbookError`."""
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


def _rows_of(book: Workbook, name: str) -> Iterator[tuple[int, list[Cell | Formula]]]:
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
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
