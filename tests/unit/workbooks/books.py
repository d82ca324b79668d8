"""A small workbook to write and read, and files that are none."""

import io
import zipfile
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from compliance.web.workbooks.model import Book, Field, Headings, Line, LineSheet, TableColumn, TableSheet
from compliance.web.workbooks.writing import write

HEADINGS = Headings("Fråga", "Hjälp", "Svar", "Kommentar", "Skäl")


def build_book(answer: Field | None = None, **values) -> Book:
    """One section with one line, and one table."""
    line = Line(
        id="a", question="Har ni en policy?", answer=answer or Field("Ja", choices=("Ja", "Nej")), **values
    )
    table = TableSheet(
        id="b@7",
        title="Olyckor",
        question="Hur många olyckor?",
        columns=(
            TableColumn("year", "År", "number"),
            TableColumn("day", "Dag", "date"),
            TableColumn("place", "Ort"),
        ),
        rows=({"year": Decimal(2025), "day": date(2025, 3, 1), "place": "Malmö"},),
        most_rows=5,
    )
    sheets = (LineSheet("Arbetsmiljö: [risker] / skydd och en mycket lång rubrik", (line,)), table)
    return Book("Svar", "Läs mig", ("Fyll i de gula cellerna.",), HEADINGS, sheets, "ett-märke")


def changed(data: bytes, **cells) -> bytes:
    """The workbook with cells of its second sheet filled in as a person or a program would."""
    workbook = load_workbook(io.BytesIO(data))
    page = workbook.worksheets[1]
    for place, value in cells.items():
        page[place] = value
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The same file with some of its parts put in place of others, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name])
    return file.getvalue()


def plain_book() -> bytes:
    """The small workbook as a file."""
    return write(build_book())
