"""The command line of step 1: contracts and their days to act."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from compliance.cli.contract_import import export_contracts, import_contracts
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_json import RefusedError, dates_as_json, read_contract, read_day
from compliance.suppliers.refusals import Refusal

REFUSED = 2


@click.group()
def contracts() -> None:
    """Contracts: dates to act, and the register from and to a file."""


contracts.add_command(import_contracts)
contracts.add_command(export_contracts)


@contracts.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", required=True, metavar="DATE", help="The day to look from, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def dates(file: Path, on: str, as_json: bool) -> None:
    """Show when a contract must be decided, reviewed, answered and invited for.

    FILE holds the contract's terms as JSON; - reads standard input.
    """
    try:
        answer = _answer(file, on)
    except RefusedError as error:
        _refuse(error, as_json)
        sys.exit(REFUSED)
    click.echo(json.dumps(answer) if as_json else _as_lines(answer))


def _answer(file: Path, on: str) -> dict[str, object]:
    """Read, compute, and give the JSON document; mistakes in the day and in the file are told together."""
    refusals: list[Refusal] = []
    day, question = date.min, None
    try:
        day = read_day("on", on)
    except RefusedError as error:
        refusals += error.refusals
    try:
        question = read_contract(parsed_json(file))
    except RefusedError as error:
        refusals += error.refusals
    if refusals or question is None:
        raise RefusedError(refusals)
    return dates_as_json(contract_dates(question.terms, on=day, set_on=question.set_on, leads=question.leads))


def parsed_json(file: Path) -> object:
    """The file's JSON. Raises `RefusedError` when there is no such file or no JSON in it."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
        return json.loads(text)
    except OSError as error:
        raise RefusedError([Refusal("", f"The file cannot be read: {error.strerror}.")]) from None
    except (ValueError, RecursionError):
        raise RefusedError([Refusal("", "The file is not JSON in UTF-8.")]) from None


def _refuse(error: RefusedError, as_json: bool) -> None:
    if as_json:
        errors = [{"at": refusal.at, "message": refusal.message} for refusal in error.refusals]
        click.echo(json.dumps({"errors": errors}))
        return
    for refusal in error.refusals:
        click.echo(f"{refusal.at or 'file'}: {refusal.message}", err=True)


def _as_lines(answer: dict[str, object]) -> str:
    """The same for people: one line a value, reminders below each other."""
    following, reminders = answer.pop("next"), answer.pop("reminders")
    lines = [f"{name:24}{_shown(value)}" for name, value in answer.items()]
    if isinstance(following, dict):
        lines += [f"{'next ' + name:24}{_shown(value)}" for name, value in following.items()]
    if isinstance(reminders, list):
        lines += [f"{'reminder ' + r['trigger']:24}{r['on']}  {r['before']} before" for r in reminders]
    return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)
