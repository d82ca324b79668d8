"""Command line for scoring (step 5): `compliance score FILE.json`, the same engine as the pages use."""

import json
import sys

import click

from compliance import scoring
from compliance.cli.score_text import as_text
from compliance.clock import today
from compliance.scoring import Case, CaseRefusedError, Refusal
from compliance.scoring.whole_case import is_whole_case, read_whole_case

REFUSED = 2


@click.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document, for other programs.")
def score(file: str, *, wants_json: bool) -> None:
    """Score the case in FILE (`-` reads standard input).

    FILE holds bare items, {"items": [...], "inherent_risk": "..."}, or a whole case, {"profile": {...},
    "contracts": [...], "questionnaires": [...], "answers": {...}, "evidence": {...}}. A case that cannot
    be scored ends with exit status 2 and {"errors": [{"at": ..., "message": ...}]}.
    """
    try:
        case = _case(_content(file))
    except CaseRefusedError as refused:
        _print_json({"errors": [{"at": one.at, "message": one.message} for one in refused.refusals]})
        sys.exit(REFUSED)
    method = scoring.load_method()
    card = scoring.score(case.items, case.inherent_risk, method)
    if wants_json:
        _print_json(scoring.as_json(card))
    else:
        click.echo(as_text(card, scoring.explain(case.items, card, method)))


def _content(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as stream:
            return bytes(stream.read())
    except OSError as error:
        raise CaseRefusedError(Refusal(file, f"The file cannot be read: {error.strerror}.")) from error


def _case(content: bytes) -> Case:
    """The case by the form it is written in; every form ends as items and an inherent risk."""
    document = scoring.parse(content)
    if is_whole_case(document):
        return read_whole_case(json.loads(content.decode("utf-8-sig")), today())
    return scoring.read_bare_items(document)


def _print_json(document: dict[str, object]) -> None:
    click.echo(json.dumps(document, indent=2))
