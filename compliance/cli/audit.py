"""`compliance audit`: whether the event log is whole."""

import sys

import click

from compliance.app import create_app
from compliance.extensions import db
from compliance.storage.engine import only_reading
from compliance.workflow.verifying import broken_links


@click.group()
def audit() -> None:
    """The append-only event log."""


@audit.command()
def verify() -> None:
    """Walk every chain of events; exit status 1 and one line per chain that does not hold."""
    with create_app().app_context(), only_reading():
        faults = list(broken_links(db.session()))
    for fault in faults:
        click.echo(f"{fault.case}, event {fault.sequence}: {fault.why}")
    if faults:
        sys.exit(1)
    click.echo("Every chain of events holds.")
