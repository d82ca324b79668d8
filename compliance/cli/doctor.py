"""`compliance doctor`: what is set up, what is missing, and what would not survive."""

import json
import sys

import click

SIGNS = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document, for other programs.")
def doctor(*, wants_json: bool) -> None:
    """Look at everything the installation needs. Exit status 1 when something does not work."""
    from compliance.jobs.examination import examine

    findings = examine()
    if wants_json:
        document = [{"what": one.what, "level": one.level, "said": one.said} for one in findings]
        click.echo(json.dumps({"findings": document}, indent=2))
    else:
        for one in findings:
            click.echo(f"{SIGNS[one.level]}  {one.what:12} {one.said}")
    sys.exit(any(one.level == "error" for one in findings))
