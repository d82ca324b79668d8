"""The contract register as a file, which an import reads back without a change."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from flask import Response, request, send_file, stream_with_context
from flask.typing import ResponseReturnValue

from compliance.suppliers.workbooks import write_workbook
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import session
from compliance.workflow.exporting import exported_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@procurer.get("/contracts/export")
@allow(Access.STAFF)
def export_contracts() -> ResponseReturnValue:
    """Every contract as .xlsx, or as .csv with `?as=csv`."""
    rows = exported_rows(session(), current_language())
    name = "avtal" if current_language() == "sv" else "contracts"
    if request.args.get("as") == "csv":
        answer = Response(stream_with_context(_lines(rows)), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        file = BytesIO()
        write_workbook(file, rows)
        file.seek(0)
        answer = send_file(file, mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _lines(rows: Iterator[list[Any]]) -> Iterator[str]:
    """Semicolons and the mark of UTF-8, as spreadsheets expect it in Swedish."""
    yield "\ufeff"
    for row in rows:
        line = StringIO()
        csv.writer(line, delimiter=";").writerow(row)
        yield line.getvalue()
