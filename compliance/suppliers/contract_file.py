"""Step 1, suppliers: a file of contracts, opened: its header, its rows, the numbers that stand in it twice."""

import pickle
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from compliance.suppliers.cells import Cell, CellError, Formula, as_text
from compliance.suppliers.contract_columns import HEADER_WITHIN, guess_columns, headers_of, is_header
from compliance.suppliers.delimited import DelimitedError, delimited_rows
from compliance.suppliers.workbooks import WorkbookError, workbook_rows

MOST_ROWS = 100_000
IN_MEMORY = 8_000_000
ZIP = b"PK"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


OLD_FORMAT = N_("This is an old or a locked Excel file. Save it as .xlsx, without a password.")
EMPTY = N_("There are no rows in the file.")
NO_NUMBER = N_("No column is the contract number. Say which column it is.")
TOO_MANY_ROWS = N_("The file has more than %(most)s rows. Split it.")

NumberedRow = tuple[int, list[Cell | Formula]]


class ContractFileError(ValueError):
    """The file as a whole cannot be used; `sentence` with `params` says why and what to do."""

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence % params if params else sentence)
        self.sentence = sentence
        self.params = params


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a file: in which row, what stands there, and which columns were recognised."""

    row: int
    texts: tuple[str, ...]
    guessed: Mapping[str, int]
    first_rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ContractRows:
    """The rows below the header, to be gone through once; `repeated` numbers stand in the rows named."""

    count: int
    repeated: Mapping[str, tuple[int, ...]]
    rows: Iterator[NumberedRow]


def all_rows(file: BinaryIO) -> Iterator[NumberedRow]:
    """Every row that is not empty, of a workbook or a text file. Raises `ContractFileError`."""
    beginning = file.read(4)
    file.seek(0)
    if beginning.startswith(OLD_EXCEL):
        raise ContractFileError(OLD_FORMAT)
    read = workbook_rows if beginning.startswith(ZIP) else delimited_rows
    try:
        yield from read(file)
    except WorkbookError as error:
        raise ContractFileError(error.sentence) from None
    except DelimitedError as error:
        raise ContractFileError(error.sentence, **error.params) from None


def read_header(file: BinaryIO, *, shown: int = 3) -> Header:
    """The header and the first rows below it, for a person to look at. Raises `ContractFileError`."""
    first = []
    for row in all_rows(file):
        first.append(row)
        if len(first) >= HEADER_WITHIN + shown:
            break
    if not first:
        raise ContractFileError(EMPTY)
    place = max(range(min(len(first), HEADER_WITHIN)), key=lambda one: (is_header(first[one][1]), -one))
    number, header = first[place]
    below = tuple(tuple(headers_of(row)) for _, row in first[place + 1 : place + 1 + shown])
    return Header(number, tuple(headers_of(header)), guess_columns(header), below)


@contextmanager
def contract_rows(file: BinaryIO, *, header_row: int, number_at: int | None) -> Iterator[ContractRows]:
    """The rows below the header, read once from the file and then kept on disk until they were gone through.

    Raises `ContractFileError`.
    """
    if number_at is None:
        raise ContractFileError(NO_NUMBER)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        count, places = 0, dict[str, list[int]]()
        for number, row in all_rows(file):
            if number <= header_row:
                continue
            count += 1
            if count > MOST_ROWS:
                raise ContractFileError(TOO_MANY_ROWS, most=MOST_ROWS)
            if key := number_in(row, number_at):
                places.setdefault(key, []).append(number)
            pickle.dump((number, row), spool)
        if not count:
            raise ContractFileError(EMPTY)
        repeated = {key: tuple(rows) for key, rows in places.items() if len(rows) > 1}
        spool.seek(0)
        yield ContractRows(count, repeated, _from(spool, count))


def number_in(row: list[Cell | Formula], place: int) -> str:
    """The contract number of a row as text; empty when there is none that can be read."""
    try:
        return as_text(row[place]) if place < len(row) else ""
    except CellError:
        return ""


def _from(spool: BinaryIO | tempfile.SpooledTemporaryFile[bytes], count: int) -> Iterator[NumberedRow]:
    """The rows again. What is unpickled was pickled by this process a moment ago, in a file without a name."""
    for _ in range(count):
        yield pickle.load(spool)  # noqa: S301
