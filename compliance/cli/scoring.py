"""`compliance scoring`: what another scoring method would change."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from compliance.scoring import Method
    from compliance.workflow.previewing import Preview, Standing


@click.group()
def scoring() -> None:
    """Scoring methods."""


@scoring.command()
@click.argument("method")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document, for other programs.")
def preview(method: str, *, wants_json: bool) -> None:
    """Say whose band would change under METHOD, a version or a file; nothing is changed."""
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.storage.engine import only_reading
    from compliance.workflow.previewing import preview as preview_rounds

    chosen = _method(method)
    with create_app().app_context(), only_reading():
        rounds = list(preview_rounds(db.session(), chosen))
    if wants_json:
        rows = [_row(one) for one in rounds]
        click.echo(json.dumps({"method": chosen.version, "rounds": rows}, indent=2, ensure_ascii=False))
        return
    changed = [one for one in rounds if one.changes_band]
    for one in changed:
        click.echo(f"{one.assessment.supplier.name}: {_said(one.now)} would be {_said(one.then)}")
    click.echo(f"{len(changed)} of {len(rounds)} suppliers would change band under {chosen.version}.")


def _row(one: "Preview") -> dict[str, object]:
    return {
        "supplier": one.assessment.supplier.name,
        "assessment": one.assessment.id,
        "changes_band": one.changes_band,
        "now": asdict(one.now),
        "then": asdict(one.then),
    }


def _method(name: str) -> "Method":
    """A method by its version, or from a file that is not released yet."""
    import yaml

    from compliance.scoring import MethodInvalidError, MethodNotFoundError, load_method
    from compliance.scoring.method import method_from

    file = Path(name)
    try:
        if not file.is_file():
            return load_method(name)
        return method_from(yaml.safe_load(file.read_text(encoding="utf-8")), file=file.name)
    except MethodNotFoundError as problem:
        raise click.BadParameter(f"there is no method and no file {name}") from problem
    except (MethodInvalidError, yaml.YAMLError, UnicodeDecodeError) as problem:
        raise click.BadParameter(str(problem)) from problem


def _said(standing: "Standing") -> str:
    return f"{standing.band or 'no band'} ({standing.state}, {standing.supported or '-'})"
