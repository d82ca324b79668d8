"""The command line of steps 2 and 3: check, show, compare and route questionnaires. Loads no Flask, no database."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from compliance import clock
from compliance.answers.journey import plan_journey
from compliance.answers.profile_json import read_case
from compliance.cli.questionnaire_text import (
    change_lines,
    changes_json,
    definition_lines,
    journey_json,
    journey_lines,
)
from compliance.questionnaires import catalogue, versions
from compliance.questionnaires.mistakes import DefinitionError, Mistake
from compliance.questionnaires.model import Questionnaire
from compliance.questionnaires.schema import schema_text
from compliance.scoring import MethodInvalidError, available_methods, load_method
from compliance.suppliers.refusals import CaseRefusedError, Refusal

REFUSED = 2
LANGUAGE = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", help="Language of the questions."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def questionnaires() -> None:
    """Questionnaires: check, show, compare, and see who is asked what."""


@questionnaires.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@AS_JSON
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check all definitions and scoring methods, or only FILES; exit status 1 and every mistake when there is any."""
    looked_at = list(files) or catalogue.definition_files(catalogue.DEFINITIONS)
    found = list(catalogue.mistakes_in(looked_at))
    if not files:
        found += [] if found else catalogue.mistakes_in_expectations()
        found += _mistakes_in_methods()
    if as_json:
        rows = [
            {
                "file": str(m.file),
                "line": m.line,
                "question": m.question,
                "code": m.code,
                "message": m.message,
            }
            for m in found
        ]
        _print({"files": len(looked_at), "mistakes": rows})
    else:
        for mistake in found:
            click.echo(str(mistake))
        click.echo(f"{len(looked_at)} files, {len(found)} mistakes.")
    sys.exit(1 if found else 0)


def _mistakes_in_methods() -> list[Mistake]:
    """What is wrong with the scoring methods, which are data as the questions are."""
    found = []
    for version in available_methods():
        try:
            load_method(version)
        except MethodInvalidError as invalid:
            found += [Mistake(Path(invalid.file), 0, "method", problem) for problem in invalid.problems]
    return found


@questionnaires.command()
@click.argument("key")
@click.option("--version", type=int, help="Which version; the current one if left out.")
@LANGUAGE
@AS_JSON
def show(key: str, version: int | None, lang: str, as_json: bool) -> None:
    """Show the questionnaire KEY as it is asked."""
    form = _get(key, version)
    if as_json:
        _print(form.model_dump(mode="json", by_alias=True, exclude_none=True))
    else:
        click.echo("\n".join(definition_lines(form, lang)))


@questionnaires.command()
@click.argument("key")
@click.argument("old", type=int)
@click.argument("new", type=int)
@LANGUAGE
@AS_JSON
def diff(key: str, old: int, new: int, lang: str, as_json: bool) -> None:
    """Tell in words what changed in KEY from version OLD to version NEW, and which answers are kept."""
    changes = versions.compare(_get(key, old), _get(key, new))
    if as_json:
        _print({"questionnaire": key, "from": old, "to": new, "changes": changes_json(changes)})
    elif changes:
        click.echo("\n".join(change_lines(changes, lang)))
    else:
        click.echo("No question differs.")


@questionnaires.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--version", type=int, help="Which version of every questionnaire, drafts too, where FILE names none."
)
@LANGUAGE
@AS_JSON
def route(file: Path, version: int | None, lang: str, as_json: bool) -> None:
    """List what the company in FILE (JSON, `-` reads standard input) is asked, with reason, proof and minutes."""
    try:
        round_, answers = read_case(_in_version(_document(file), version), clock.today())
    except CaseRefusedError as refused:
        _refuse(*refused.refusals)
    journey = plan_journey(round_, answers)
    if as_json:
        _print(journey_json(journey))
    else:
        click.echo("\n".join(journey_lines(journey, lang)))


@questionnaires.command()
def schema() -> None:
    """Print the JSON Schema of a definition, as kept in compliance/questionnaires/schema.json."""
    click.echo(schema_text(), nl=False)


def _get(key: str, version: int | None) -> Questionnaire:
    try:
        return catalogue.current(key) if version is None else catalogue.get(key, version)
    except catalogue.UnknownQuestionnaireError:
        known = ", ".join(f"{form.key} {form.version}" for form in catalogue.released())
        _refuse(Refusal("key", f"There is no such questionnaire. There are: {known}."))
    except DefinitionError as broken:
        _refuse(*(Refusal(f"{m.file}:{m.line}", m.message) for m in broken.mistakes))


def _in_version(document: Any, version: int | None) -> Any:
    if version is None or not isinstance(document, dict):
        return document
    named = [{"key": form.key, "version": version} for form in catalogue.current_areas()]
    return {"questionnaires": named, **document}


def _document(file: Path) -> Any:
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return json.load(stream)
    except OSError as error:
        raise CaseRefusedError(Refusal(str(file), f"The file cannot be read: {error.strerror}.")) from error
    except (ValueError, RecursionError) as error:
        raise CaseRefusedError(Refusal(str(file), f"This is not JSON: {error}.")) from error


def _refuse(*refusals: Refusal) -> NoReturn:
    _print({"errors": [{"at": one.at, "message": one.message} for one in refusals]})
    sys.exit(REFUSED)


def _print(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
