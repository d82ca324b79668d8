"""`compliance contracts import` and `export`: the register from a file, and as a file again."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from compliance.suppliers.contract_file import Header
    from compliance.workflow.bringing_in import BroughtIn
    from compliance.workflow.importing import Verdict

REFUSED = 2
SHOWN = 200
"""Refused rows that are printed; with --json all of them are."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--apply", "applies", is_flag=True, help="Bring the good rows in; without it nothing is changed."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_contracts(file: Path, *, applies: bool, as_json: bool) -> None:
    """Bring contracts in from FILE (.xlsx or .csv).

    Shows what would be created, changed, left as it is, or refused and why. Columns are recognised by their headers.
    The good rows are applied in one transaction with --apply; a row is known again by its contract number.
    """
    from compliance.suppliers.contract_file import ContractFileError

    try:
        outcome, refused = _go_through(file, applies=applies, keep=None if as_json else SHOWN)
    except ContractFileError as error:
        _refuse(str(error), as_json=as_json)
    if as_json:
        click.echo(json.dumps({**outcome, "applied": applies, "errors": refused}))
        return
    for one in refused:
        click.echo(f"{one['at']}: {one['message']}", err=True)
    counts = ", ".join(f"{outcome[kind]} {kind}" for kind in ("created", "changed", "unchanged", "refused"))
    click.echo(f"{outcome['rows']} rows: {counts}. New suppliers: {outcome['suppliers']}.")
    click.echo("Applied." if applies else "Nothing was changed. Add --apply to bring the good rows in.")


def _refuse(message: str, *, as_json: bool) -> None:
    errors = [{"at": "", "message": message}]
    click.echo(json.dumps({"errors": errors}) if as_json else f"file: {message}", err=not as_json)
    sys.exit(REFUSED)


def _go_through(
    file: Path, *, applies: bool, keep: int | None
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Judge every row, and apply the good ones if asked to."""
    from sqlalchemy.exc import IntegrityError

    from compliance.suppliers.contract_file import ContractFileError

    refused: list[dict[str, str]] = []
    try:
        with _session(writes=applies) as session:
            so_far = _judged(session, file, refused, applies=applies, keep=keep)
    except IntegrityError as problem:
        message = "Somebody changed the register meanwhile, so nothing was applied. Try again."
        raise ContractFileError(message) from problem
    counts = {kind: so_far.counts[kind] for kind in ("created", "changed", "unchanged", "refused")}
    return {"rows": sum(counts.values()), **counts, "suppliers": len(so_far.suppliers)}, refused


def _judged(
    session: "Session", file: Path, refused: list[dict[str, str]], *, applies: bool, keep: int | None
) -> "BroughtIn":
    from compliance.clock import now
    from compliance.suppliers.contract_file import contract_rows, read_header
    from compliance.workflow import bringing_in
    from compliance.workflow.importing import judge_rows

    moment, so_far = now(), bringing_in.BroughtIn()
    with file.open("rb") as opened:
        header = read_header(opened)
        opened.seek(0)
        number_at = header.guessed.get("number")
        with contract_rows(opened, header_row=header.row, number_at=number_at) as rows:
            for verdicts in judge_rows(session, rows, header.guessed):
                room = None if keep is None else max(keep - len(refused), 0)
                refused += [*_errors(verdicts, header)][:room]
                if applies:
                    bringing_in.apply(session, verdicts, so_far, actor="system", now=moment)
                else:
                    bringing_in.count(verdicts, so_far)
    return so_far


def _errors(verdicts: "list[Verdict]", header: "Header") -> Iterator[dict[str, str]]:
    for verdict in verdicts:
        for problem in verdict.problems:
            place = header.guessed.get(problem.field)
            column = header.texts[place] if place is not None else problem.field
            yield {"at": f"row {verdict.row.row}, {column}", "message": problem.message}


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", default="sv", show_default=True, type=click.Choice(["sv", "en"]))
def export_contracts(file: Path, lang: str) -> None:
    """Write the contract register to FILE (.xlsx or .csv); an import of it changes nothing."""
    from compliance.workflow.exporting import exported_rows

    with _session(writes=False) as session:
        rows = exported_rows(session, lang)
        count = _write_xlsx(file, rows) if file.suffix.lower() == ".xlsx" else _write_csv(file, rows)
    click.echo(f"{count - 1} contracts were written to {file.name}.")


def _write_csv(file: Path, rows: Iterator[list[Any]]) -> int:
    """Separated by semicolons and marked as UTF-8, as spreadsheets expect it in Swedish."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _write_xlsx(file: Path, rows: Iterator[list[Any]]) -> int:
    from compliance.suppliers.workbooks import write_workbook

    with file.open("wb") as opened:
        return write_workbook(opened, rows)


@contextmanager
def _session(*, writes: bool) -> "Iterator[Session]":
    """One transaction; one that only reads takes no write lock and is rolled back."""
    from compliance.app import create_app
    from compliance.jobs.transactions import reading, transaction

    app = create_app()
    with transaction(app) if writes else reading(app) as session:
        yield session
