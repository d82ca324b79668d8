"""Step 1, suppliers: text files with separated columns, whatever program wrote them."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from compliance.suppliers.cells import Cell, Formula

SEPARATORS = (";", "\t", ",", "|")
LOOKED_AT = 65_536
LONGEST_LINE = 1_000_000  # bytes
LONGEST_CELL = 100_000
MOST_COLUMNS = 200
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NOT_TEXT = N_("The file is neither an Excel workbook (.xlsx) nor text with separated columns (.csv).")
TOO_LONG_A_LINE = N_("Row %(row)s does not end. A quotation mark may be missing at its end.")


class DelimitedError(ValueError):
    """The text is not read; `sentence` with `params` says why."""

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence % params if params else sentence)
        self.sentence = sentence
        self.params = params


def delimited_rows(file: BinaryIO) -> Iterator[tuple[int, list[Cell | Formula]]]:
    """(row number, cells) of a text file, as a spreadsheet would number them. Raises `DelimitedError`."""
    beginning = file.read(LOOKED_AT)
    file.seek(0)
    utf_16 = beginning.startswith(UTF_16)
    if not utf_16 and b"\x00" in beginning:
        raise DelimitedError(NOT_TEXT)
    lines = io.TextIOWrapper(file, "utf-16", newline="") if utf_16 else _decoded(file)
    separator = _separator(beginning.decode("utf-16", "replace") if utf_16 else _decode(beginning))
    try:
        yield from _cells(_bounded(lines), separator)
    except UnicodeDecodeError:
        raise DelimitedError(NOT_TEXT) from None
    if isinstance(lines, io.TextIOWrapper):
        lines.detach()


def _decoded(file: BinaryIO) -> Iterator[str]:
    """Line by line, so that a file put together from several programs' files is read right as well."""
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b"")):
        yield _decode(line.removeprefix(UTF_8_MARK) if number == 0 else line)


def _decode(line: bytes) -> str:
    """UTF-8 where it is, else the Windows code page, of which Latin-1 is nearly a part."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _separator(beginning: str) -> str:
    """What Excel's own first line says, or the sign by which the first lines fall into most columns."""
    lines = [line for line in beginning.lstrip("\ufeff").splitlines() if line.strip()][:10]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == len("sep=;"):
        return lines[0].strip()[-1]
    counts = {sign: max((_fields(line, sign) for line in lines), default=0) for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: counts[sign])


def _fields(line: str, sign: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=sign)))
    except csv.Error:
        return 0


def _bounded(lines: Iterator[str] | io.TextIOWrapper) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) >= LONGEST_LINE:
            raise DelimitedError(TOO_LONG_A_LINE, row=number)
        yield line.replace("\x00", "")


def _cells(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[Cell | Formula]]]:
    reader, number = csv.reader(lines, delimiter=separator), 0
    csv.field_size_limit(LONGEST_CELL)
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise DelimitedError(TOO_LONG_A_LINE, row=number) from None
        if number == 1 and len(row) <= 2 and row and row[0].lower().startswith("sep="):  # noqa: PLR2004
            continue
        if any(cell.strip() for cell in row):
            yield number, list(row[:MOST_COLUMNS])
