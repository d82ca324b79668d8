"""Contracts from a file: uploaded, columns matched, every row judged, the good ones applied."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from compliance import clock
from compliance.storage.models import ContractImport
from compliance.storage.queries.register import recent_imports
from compliance.suppliers.cells import as_cell
from compliance.suppliers.contract_columns import columns
from compliance.suppliers.contract_file import ContractFileError, ContractRows
from compliance.suppliers.contract_row import Problem
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow import bringing_in, uploading
from compliance.workflow.importing import Verdict
from compliance.workflow.uploading import MOST_ROWS_HERE, FileGoneError

NOT_TAKEN = 422
SHOWN = 100


@dataclass(slots=True)
class Preview:
    """What a dry run shows: counts, and the first rows of each kind."""

    counts: dict[str, int] = field(default_factory=dict)
    suppliers: int = 0
    refused: list[Verdict] = field(default_factory=list)
    changed: list[Verdict] = field(default_factory=list)
    created: list[Verdict] = field(default_factory=list)
    too_many: bool = False


@procurer.get("/contracts/import")
@allow(Access.PROCURER)
def imports() -> ResponseReturnValue:
    """Where a file is chosen, and what was brought in before."""
    return _start_page()


@procurer.post("/contracts/import")
@allow(Access.PROCURER)
def upload_contracts() -> ResponseReturnValue:
    """Take a file, guess its columns, and let the procurer look at the guess."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _start_page(gettext("Choose a file.")), NOT_TAKEN
    try:
        row = uploading.keep_upload(session(), upload.filename, upload.read(), actor=actor(), now=clock.now())
    except ContractFileError as error:
        return _start_page(_said(error)), NOT_TAKEN
    return redirect(url_for("procurer.import_columns", import_id=row.id))


@procurer.get("/contracts/import/<int:import_id>/columns")
@allow(Access.PROCURER)
def import_columns(import_id: int) -> ResponseReturnValue:
    """Which column is which field, as guessed from the headers."""
    return _columns_page(_waiting(import_id))


@procurer.post("/contracts/import/<int:import_id>/columns")
@allow(Access.PROCURER)
def match_import_columns(import_id: int) -> ResponseReturnValue:
    """Keep which column is which, and go on to the dry run."""
    row = _waiting(import_id)
    chosen: dict[str, int] = {}
    twice = set()
    for place in range(len(uploading.header_of(row).texts)):
        name = request.form.get(f"column-{place}", "")
        if name in columns():
            twice |= {name} if name in chosen else set()
            chosen.setdefault(name, place)
    if twice or "number" not in chosen:
        named = ", ".join(columns()[name].in_language(current_language()) for name in sorted(twice))
        error = (
            gettext("Two columns have the same meaning: %(names)s.", names=named)
            if twice
            else gettext("No column is the contract number. Say which column it is.")
        )
        return _columns_page(row, error=error), NOT_TAKEN
    uploading.match_columns(session(), row, chosen)
    return redirect(url_for("procurer.import_preview", import_id=row.id))


@procurer.get("/contracts/import/<int:import_id>")
@allow(Access.PROCURER)
def import_preview(import_id: int) -> ResponseReturnValue:
    """The dry run: what would become of every row. After the import: what became of them."""
    row = found(ContractImport, import_id)
    if row.applied_at is not None:
        return render_template("procurer/imports/applied.html", upload=row)
    row = _waiting(import_id)
    try:
        with uploading.rows_of(row) as rows:
            preview = _preview(row, rows)
    except ContractFileError as error:
        return _columns_page(row, error=_said(error))
    return render_template(
        "procurer/imports/preview.html",
        upload=row,
        preview=preview,
        most=MOST_ROWS_HERE,
        field_label=field_label,
        said=problem_in_words,
    )


@procurer.post("/contracts/import/<int:import_id>")
@allow(Access.PROCURER)
def apply_import(import_id: int) -> ResponseReturnValue:
    """Bring the good rows in, all or none of them."""
    row = _waiting(import_id)
    try:
        with uploading.rows_of(row) as rows:
            if rows.count > MOST_ROWS_HERE:
                abort(413)
        uploading.apply_upload(session(), row, actor=actor(), now=clock.now())
    except (IntegrityError, ContractFileError):
        session().rollback()
        flash(gettext("Somebody changed the register meanwhile, so nothing was applied. Try again."), "error")
    else:
        flash(
            gettext("The contracts are brought in. No review was opened and nobody was written to."),
            "success",
        )
    return redirect(url_for("procurer.import_preview", import_id=import_id))


@procurer.get("/contracts/import/<int:import_id>/refused")
@allow(Access.PROCURER)
def import_refused(import_id: int) -> ResponseReturnValue:
    """Every refused row with its reasons, as a file for the spreadsheet."""
    row = _waiting(import_id)
    head = [gettext("Row"), gettext("Contract number"), gettext("Column"), gettext("What is wrong")]
    with uploading.rows_of(row) as rows:
        judged = chain.from_iterable(uploading.judged(session(), row, rows))
        lines = "".join(_csv_lines(chain([head], _refused_lines(judged))))
    answer = Response(f"\ufeff{lines}", mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="refused.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def field_label(name: str) -> str:
    """A column's header in the reader's language."""
    column = columns().get(name)
    return column.in_language(current_language()) if column else name


def problem_in_words(problem: Problem) -> str:
    """What is wrong with a cell, in the reader's language."""
    text: str = gettext(problem.sentence)
    return text % problem.params if problem.params else text


def _refused_lines(verdicts: Iterator[Verdict]) -> Iterator[list[str]]:
    for verdict in verdicts:
        for problem in verdict.problems:
            number = as_cell(verdict.row.number)
            yield [str(verdict.row.row), number, field_label(problem.field), problem_in_words(problem)]


def _csv_lines(rows: Iterator[list[str]]) -> Iterator[str]:
    for row in rows:
        line = StringIO()
        csv.writer(line, delimiter=";").writerow(row)
        yield line.getvalue()


def _preview(row: ContractImport, rows: ContractRows) -> Preview:
    preview = Preview(too_many=rows.count > MOST_ROWS_HERE)
    if preview.too_many:
        preview.counts = {"rows": rows.count}
        return preview
    so_far = bringing_in.BroughtIn()
    for verdicts in uploading.judged(session(), row, rows):
        bringing_in.count(verdicts, so_far)
        for kind in ("refused", "changed", "created"):
            listed: list[Verdict] = getattr(preview, kind)
            room = max(SHOWN - len(listed), 0)
            listed += [verdict for verdict in verdicts if verdict.kind == kind][:room]
    preview.counts, preview.suppliers = dict(so_far.counts), len(so_far.suppliers)
    return preview


def _waiting(import_id: int) -> ContractImport:
    """A file that waits; 404 when it was applied or has gone."""
    row = found(ContractImport, import_id)
    if row.applied_at is not None or row.content is None:
        abort(404)
    return row


def _said(error: ContractFileError) -> str:
    text: str = gettext(error.sentence)
    return text % error.params if error.params else text


def _start_page(error: str | None = None) -> str:
    return render_template("procurer/imports/start.html", error=error, recent=recent_imports(session()))


def _columns_page(row: ContractImport, error: str | None = None) -> str:
    try:
        header = uploading.header_of(row)
    except (FileGoneError, ContractFileError):
        abort(404)
    fields = {place: name for name, place in row.columns.items()}
    options = [("", gettext("Do not use")), *((name, field_label(name)) for name in columns())]
    return render_template(
        "procurer/imports/columns.html",
        upload=row,
        header=header,
        fields=fields,
        options=options,
        error=error,
    )
