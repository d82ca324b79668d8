"""`compliance clock`: the process that acts on what falls due, and one tick of it by hand."""

import json
from collections import Counter
from datetime import UTC, datetime, time

import click

from compliance.cli.rehearsal import recompute, rehearse
from compliance.clock import STOCKHOLM


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """The aware moment of an ISO 8601 text: without a zone Swedish time, without a time of day noon."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        sentence = f"{value!r} is not a moment such as 2027-03-01 or 2027-03-01T06:30"
        raise click.BadParameter(sentence, ctx, param) from None
    if len(value) == len("2027-03-01"):
        moment = datetime.combine(moment, time(12))
    return (moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)).astimezone(UTC)


@click.group()
def clock() -> None:
    """What falls due: reminders, reviews, dates that pass."""


clock.add_command(rehearse)
clock.add_command(recompute)


@clock.command()
def run() -> None:
    """Act on what falls due, for as long as this process lives. Others started beside it stay idle."""
    from compliance.app import create_app
    from compliance.jobs.clock_process import ClockProcess
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    ClockProcess(create_app()).run()


@clock.command()
@click.option(
    "--at", "moment", callback=_moment, help="Act as if it were this moment, and send its mails as well."
)
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document, for other programs.")
def tick(moment: datetime | None, *, wants_json: bool) -> None:
    """Act once on everything that is due. A second tick at the same moment changes nothing.

    Without --at the worker is woken for the mails; with it they are sent here, since the worker lives in the
    present. What a tick does is real and cannot be taken back, whatever moment is given.
    """
    from compliance.app import create_app
    from compliance.clock import now as present
    from compliance.jobs.mailing import send_waiting
    from compliance.jobs.ticks import do_due_rows
    from compliance.jobs.ticks import tick as tick_now

    app = create_app()
    at = moment or present()
    mails: Counter[str] = Counter()
    if moment is None:
        rows = tick_now(app, now=at)
    else:
        rows = do_due_rows(app, now=at)
        mails = send_waiting(app, moment=lambda: at)
    _print({"at": at.isoformat(), "rows": dict(rows), "mails": dict(mails)}, wants_json=wants_json)


def _print(document: dict[str, object], *, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(document, indent=2))
        return
    for part in ("rows", "mails"):
        counts = document[part]
        assert isinstance(counts, dict)
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        click.echo(f"{part}: {said or 'nothing due'}")
