"""`compliance clock rehearse` and `recompute`: what would happen, and every contract's days anew."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compliance.clock import STOCKHOLM
from compliance.suppliers.contract_json import RefusedError, read_contract, read_day
from compliance.suppliers.refusals import Refusal

if TYPE_CHECKING:
    from compliance.workflow.rehearsing import Difference, Happening

REFUSED = 2
LONGEST_DAYS = 800
NOT_SO_MANY_DAYS = "This must be a whole number between 1 and %(most)s."
TOGETHER = "Give the contract and its other terms together, or neither."
UNKNOWN_CONTRACT = "There is no contract with this number."


@dataclass(frozen=True)
class Asked:
    """What to rehearse: from which day on (None: now), for how many days, and with which other terms."""

    first: date | None
    days: int
    number: str | None
    terms: dict[str, Any] | None


@click.command()
@click.option("--days", default="90", show_default=True, metavar="N", help="How many days to look ahead.")
@click.option(
    "--from", "first", metavar="DATE", help="The first day to tell of, YYYY-MM-DD. Without it: today."
)
@click.option("--contract", "number", metavar="NUMBER", help="A contract to try other terms for.")
@click.option(
    "--terms",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Its other terms as JSON, as for `contracts dates`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rehearse(days: str, first: str | None, number: str | None, terms: Path | None, *, as_json: bool) -> None:
    """Tell every flag and mail that would come, on which day, to whom and why. Changes nothing.

    It is assumed that nobody answers, decides or changes anything meanwhile. With --contract and --terms it tells
    what the other terms would add and what they would take away.
    """
    try:
        document = _rehearsed(_read(days, first, number, terms))
    except RefusedError as error:
        _refuse(error, as_json=as_json)
        sys.exit(REFUSED)
    click.echo(json.dumps(document, indent=2, ensure_ascii=False) if as_json else _as_text(document))


@click.command()
@click.option(
    "--apply", is_flag=True, help="Store the days. Without it only the number of contracts is told."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def recompute(*, apply: bool, as_json: bool) -> None:
    """Compute every contract's days anew, after lead times or reminders were changed."""
    from compliance import clock
    from compliance.app import create_app
    from compliance.jobs.recomputing import count_contracts, recompute_all

    app = create_app()
    count = recompute_all(app, now=clock.now()) if apply else count_contracts(app)
    if as_json:
        click.echo(json.dumps({"contracts": count, "applied": apply}))
    else:
        click.echo(
            f"{count} contracts computed anew." if apply else f"{count} contracts. Add --apply to do it."
        )


def _read(days: str, first: str | None, number: str | None, terms: Path | None) -> Asked:
    """Check everything that was given. Raises `RefusedError` with every mistake."""
    refusals: list[Refusal] = []
    if not (days.isascii() and days.isdecimal() and len(days) <= len(str(LONGEST_DAYS))) or not (
        1 <= int(days) <= LONGEST_DAYS
    ):
        refusals.append(Refusal("days", NOT_SO_MANY_DAYS, {"most": LONGEST_DAYS}))
    if (number is None) != (terms is None):
        refusals.append(Refusal("terms" if terms is None else "contract", TOGETHER))
    day, other = None, None
    try:
        day = read_day("from", first) if first is not None else None
    except RefusedError as error:
        refusals += error.refusals
    try:
        other = _terms(terms) if terms is not None else None
    except RefusedError as error:
        refusals += error.refusals
    if refusals:
        raise RefusedError(refusals)
    return Asked(day, int(days), number, other)


def _terms(file: Path) -> dict[str, Any]:
    from compliance.cli.contracts import parsed_json

    raw = parsed_json(file)
    read_contract(raw)
    assert isinstance(raw, dict), "read_contract refuses anything else"
    return raw


def _rehearsed(asked: Asked) -> dict[str, Any]:
    """Rehearse once, or twice for a difference. Raises `RefusedError` for an unknown contract."""
    from compliance import clock
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.storage.queries.register import contract_numbered
    from compliance.storage.scratch import scratch_copy
    from compliance.workflow.rehearsing import OtherTerms, compare, rehearse

    now = clock.now()
    first = asked.first or clock.day_of(now)
    start = min(now, datetime.combine(first, time(6), tzinfo=STOCKHOLM).astimezone(UTC))
    days = (first - clock.day_of(start)).days + asked.days
    app = create_app()
    with app.app_context():
        if asked.number is not None and contract_numbered(db.session(), asked.number) is None:
            raise RefusedError([Refusal("contract", UNKNOWN_CONTRACT)])
        db.session.rollback()
        with scratch_copy(db.engine) as copy:
            told = _from(rehearse(copy, start=start, days=days), first)
        document = _document(first, asked.days, told)
        if asked.number is not None and asked.terms is not None:
            with scratch_copy(db.engine) as copy:
                instead = OtherTerms(asked.number, asked.terms)
                other = _from(rehearse(copy, start=start, days=days, instead=instead), first)
            document |= {"contract": asked.number, **_changes(compare(told, other))}
    return document


def _from(told: "Sequence[Happening]", first: date) -> "tuple[Happening, ...]":
    return tuple(one for one in told if one.on >= first)


def _document(first: date, days: int, told: "Sequence[Happening]") -> dict[str, Any]:
    return {
        "from": first.isoformat(),
        "to": (first + timedelta(days=days)).isoformat(),
        "days": days,
        "counts": {
            f"{sort}s": sum(one.sort == sort for one in told) for sort in ("reason", "mail", "failure")
        },
        "happenings": [_line(one) for one in told],
    }


def _changes(difference: "Difference") -> dict[str, Any]:
    return {
        "added": [_line(one) for one in difference.added],
        "removed": [_line(one) for one in difference.removed],
    }


def _line(one: "Happening") -> dict[str, Any]:
    params = {name: str(value) for name, value in one.params}
    return {
        **asdict(one),
        "on": one.on.isoformat(),
        "why": one.why % params if params and one.sort == "reason" else one.why,
        "params": params,
        "goes_on": one.goes_on.isoformat() if one.goes_on else None,
    }


def _refuse(error: RefusedError, *, as_json: bool) -> None:
    if as_json:
        errors = [{"at": refusal.at, "message": refusal.message} for refusal in error.refusals]
        click.echo(json.dumps({"errors": errors}))
        return
    for refusal in error.refusals:
        click.echo(f"{refusal.at or 'terms'}: {refusal.message}", err=True)


def _as_text(document: dict[str, Any]) -> str:
    counts = document["counts"]
    span = f"{document['from']} to {document['to']}"
    lines = [
        f"{span}: {counts['reasons']} reasons for review, {counts['mails']} mails, {counts['failures']} failures.",
        "Assumed: nobody answers, decides or changes anything meanwhile. Nothing was changed.",
    ]
    if "contract" not in document:
        return "\n".join([*lines, *_by_day(document["happenings"])])
    for name, title in (("added", "Added"), ("removed", "Taken away")):
        lines += ["", f"{title} by the other terms of {document['contract']}:"]
        lines += [*_by_day(document[name])] or ["  nothing"]
    return "\n".join(lines)


def _by_day(happenings: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for day, those in groupby(happenings, key=lambda one: one["on"]):
        lines += ["", str(day), *(f"  {_told(one)}" for one in those)]
    return lines


def _told(one: dict[str, Any]) -> str:
    about = " ".join(part for part in (one["contract"], one["supplier"]) if part)
    if one["sort"] == "reason":
        return f"review  {about}: {one['what']} {one['severity']}. {one['why']}"
    if one["sort"] == "failure":
        return f"FAILURE {about}: {one['what']} {one['params']}"
    gathered = f", goes on {one['goes_on']}" if one["goes_on"] else ""
    return f"mail    {one['to']}: {one['what']}{f' about {about}' if about else ''}. {one['why']}{gathered}"
