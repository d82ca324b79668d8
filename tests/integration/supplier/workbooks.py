"""Workbooks as a supplier handles them: downloaded, filled in with a spreadsheet program, uploaded."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.integration.supplier.company import Company
from tests.integration.supplier.forms import Browser, Form

COLUMNS = {"answer": "C", "comment": "D", "na_reason": "E"}


class Spreadsheet:
    """A workbook that was downloaded."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))

    def write(self, name: str, value: Any, column: str = "answer") -> str:
        """Fill in a cell of a question (`question`, or `question#option`); where that was."""
        for page in self.book.worksheets:
            for row in range(4, page.max_row + 1):
                if page["F1"].value == "id" and page[f"F{row}"].value == name:
                    place = f"{COLUMNS[column]}{row}"
                    page[place] = value
                    return place
        raise KeyError(name)

    def write_table(self, name: str, rows: list[Mapping[str, Any]]) -> None:
        """Fill in the sheet of a table from its first row."""
        for page in self.book.worksheets:
            codes = {cell.value: cell.column for cell in page[1] if cell.value}
            if any(code.startswith(f"{name}/") for code in codes):
                for number, row in enumerate(rows, start=4):
                    for code, value in row.items():
                        page.cell(number, codes[f"{name}/{code}"], value)
                return
        raise KeyError(name)

    @property
    def data(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def download(browser: Browser, company: Company) -> Spreadsheet:
    return Spreadsheet(browser.get(f"{company.address}/workbook.xlsx").data)


def upload(browser: Browser, company: Company, data: bytes, name: str = "svar.xlsx") -> TestResponse:
    """Send a file to be looked into."""
    fields = {"csrf_token": browser.form_token(), "workbook": FileStorage(io.BytesIO(data), name)}
    return browser.send_multipart(f"{company.address}/workbook", fields)


def say_yes(
    browser: Browser, preview: TestResponse, choose: Callable[[list[str]], list[str]] = list
) -> TestResponse:
    """Press the button of a preview; `choose` picks among the boxes that are ticked."""
    form = Form(preview.text, "/workbook/answers")
    return browser.send(form, {"take": choose(form.fields.getlist("take"))})
