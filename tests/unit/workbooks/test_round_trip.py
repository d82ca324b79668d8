"""What is written into a workbook is read back as it was, and never becomes a formula."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from compliance.web.workbooks.cell_text import from_cell, to_cell
from compliance.web.workbooks.model import Field
from compliance.web.workbooks.reading import read
from compliance.web.workbooks.writing import write
from tests.unit.workbooks.books import build_book, changed, plain_book

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_lines_tables_and_the_mark_come_back():
    book = read(plain_book())
    assert book.mark == "ett-märke"
    assert [(line.id, line.answer.text) for line in book.lines] == [("a", "Ja")]
    (table,) = book.tables
    assert table.id == "b@7"
    assert [{code: cell.text for code, cell in row.items()} for row in table.rows] == [
        {"year": "2025", "day": "2025-03-01", "place": "Malmö"}
    ]
    assert book.others == ()


@given(text=TYPED)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(text):
    book = read(write(build_book(Field(text or None))))
    assert book.lines[0].answer.text == text
    assert book.lines[0].answer.wrong == ""


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(r"_x[0-9A-F]{4}_+", fullmatch=True)
)
def test_what_a_cell_cannot_hold_is_escaped_and_comes_back(text):
    assert from_cell(to_cell(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1"])
def test_text_that_looks_like_a_formula_is_text(text):
    data = write(build_book(Field(text), comment=Field(text)))
    cell = load_workbook(io.BytesIO(data)).worksheets[1]["C4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert read(data).lines[0].comment.text == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (Decimal("1234.5"), "1234.5"),
        (date(2026, 3, 12), "2026-03-12"),
        (datetime(2026, 3, 12, 14, 5), "2026-03-12"),  # noqa: DTZ001  as spreadsheets have it
        (True, "TRUE"),
        ("  Ja ", "  Ja "),
    ],
)
def test_values_of_spreadsheets_become_text(value, text):
    assert read(changed(plain_book(), C4=value)).lines[0].answer.text == text


@pytest.mark.parametrize(("value", "wrong"), [("=1+1", "formula"), ("#DIV/0!", "error"), ("=A1", "formula")])
def test_formulas_and_errors_are_told_apart_from_text(value, wrong):
    cell = read(changed(plain_book(), C4=value)).lines[0].answer
    assert (cell.place, cell.wrong) == ("C4", wrong)


def test_only_cells_to_fill_in_are_unlocked_and_choices_are_offered():
    workbook = load_workbook(io.BytesIO(plain_book()))
    page = workbook.worksheets[1]
    assert page.protection.sheet
    assert not page["C4"].protection.locked
    assert page["A4"].protection.locked
    assert page["D4"].protection.locked
    (rule,) = page.data_validations.dataValidation
    assert str(rule.sqref) == "C4"
    assert workbook["_compliance"].sheet_state == "veryHidden"
    assert all(len(title) <= 31 for title in workbook.sheetnames)


def test_columns_that_were_moved_are_still_known():
    workbook = load_workbook(io.BytesIO(plain_book()))
    page = workbook.worksheets[1]
    page.title = "Eget namn"
    page.insert_cols(1)
    file = io.BytesIO()
    workbook.save(file)
    line = read(file.getvalue()).lines[0]
    assert (line.id, line.answer.text, line.answer.place, line.answer.sheet) == ("a", "Ja", "D4", "Eget namn")


def test_sheets_that_are_not_ours_are_named():
    workbook = load_workbook(io.BytesIO(plain_book()))
    workbook.create_sheet("Mina anteckningar")["A1"] = "hej"
    file = io.BytesIO()
    workbook.save(file)
    assert read(file.getvalue()).others == ("Mina anteckningar",)
