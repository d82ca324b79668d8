"""Workbooks: what a workbook holds when it is written, and what was found in one when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

VALUE = str | Decimal | date | None
MARK = "x"
"""What stands beside a chosen option where several may be chosen."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


@dataclass(frozen=True)
class Field:
    """A cell to fill in: what stands in it, how it is shown, and what may be chosen. `choices` help and do not bind."""

    value: VALUE = None
    kind: Literal["text", "number", "date"] = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of a section's sheet: a question, or one option of a question. A missing field is a locked cell.

    `id` is the item's, with `#option` for an option.
    """

    id: str
    question: str
    help: str = ""
    answer: Field | None = None
    comment: Field | None = None
    reason: Field | None = None


@dataclass(frozen=True)
class LineSheet:
    """A section of the form."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column of a table's sheet."""

    code: str
    label: str
    kind: Literal["text", "number", "date"] = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSheet:
    """A table question: the rows so far, and how many there may be. `id` is the item's."""

    id: str
    title: str
    question: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Mapping[str, VALUE], ...]
    most_rows: int


@dataclass(frozen=True)
class Headings:
    """The words above the columns, in the order question, help, answer, comment, reason."""

    question: str
    help: str
    answer: str
    comment: str
    reason: str


@dataclass(frozen=True)
class Book:
    """A workbook to write. `mark` is our own signed text, by which the file is known again."""

    title: str
    guide_title: str
    guide: tuple[str, ...]
    headings: Headings
    sheets: tuple[LineSheet | TableSheet, ...]
    mark: str


@dataclass(frozen=True)
class Found:
    """What stands in one cell. `wrong` is formula or error for a cell that holds no plain value."""

    sheet: str
    place: str
    text: str = ""
    number: float | None = None
    wrong: Literal["", "formula", "error"] = ""


@dataclass(frozen=True)
class FoundLine:
    """A row of a section's sheet as it was found."""

    id: str
    answer: Found
    comment: Found
    reason: Found


@dataclass(frozen=True)
class FoundTable:
    """The rows of a table's sheet that hold anything, each cell by the code of its column."""

    id: str
    rows: tuple[Mapping[str, Found], ...]


@dataclass(frozen=True)
class FoundBook:
    """Everything found in a workbook; `others` are the sheets that are not ours."""

    mark: str
    lines: tuple[FoundLine, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    others: tuple[str, ...] = field(default=())


SENTENCES: Mapping[str, str] = {
    "empty": N_("The file is empty. Choose the workbook that you filled in."),
    "too_large": N_(
        "The file is too large. A workbook of ours is far smaller: download it again and fill that in."
    ),
    "not_a_workbook": N_(
        "This is not an Excel workbook (.xlsx). Open your file, save it as .xlsx and try again."
    ),
    "old_or_locked": N_(
        "This is an old .xls file, or it is locked with a password. Save it as .xlsx without a password and try again."
    ),
    "unpacks_too_large": N_(
        "The file unpacks to far more than a workbook of ours can hold. Download it again and fill that in."
    ),
    "broken": N_("The file is damaged and cannot be read. Save it again as .xlsx, or download it again."),
    "not_ours": N_(
        "This is not the workbook that you downloaded here. Download it, fill it in and upload it."
    ),
    "too_many_rows": N_("A sheet goes on for more than %(rows)s rows. Remove what does not belong there."),
}


class WorkbookError(ValueError):
    """A file that cannot be taken as a whole; `sentence` is English with places that `params` fill."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.sentence, self.params = code, SENTENCES[code], params
