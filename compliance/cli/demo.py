"""`compliance demo`: a whole installation with invented data, on this machine."""

import os
import sys
from pathlib import Path

import click

PORT = 8080


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Default: instance/demo.")
@click.option(
    "--port", default=PORT, show_default=True, help="Of the pages; the mail server takes the next one."
)
@click.option("--fresh", is_flag=True, help="Throw away what an earlier demo left in the folder.")
@click.option("--no-serve", is_flag=True, help="Only make it.")
def demo(folder: Path | None, port: int, *, fresh: bool, no_serve: bool) -> None:
    """Make a demo instance with sample suppliers, contracts and papers, and serve it."""
    from compliance.config import PROJECT, read_settings
    from compliance.demo.instance import NotADemoError, prepare_folder, settings_of
    from compliance.jobs.supervisor import run_supervisor, write_configuration

    place = (folder or PROJECT / "instance" / "demo").resolve()
    try:
        prepare_folder(place, fresh=fresh)
    except NotADemoError as problem:
        raise click.ClickException(str(problem)) from problem
    os.environ.update(settings_of(place, port=port))
    _make()
    _explain(place, port)
    if not no_serve:
        run_supervisor(write_configuration(read_settings()))


def _make() -> None:
    """Bring the tables up to date and load the samples, unless that was done before."""
    import logging

    import structlog

    from compliance.app import create_app
    from compliance.cli.migrating import upgrade
    from compliance.clock import now
    from compliance.demo.loading import is_loaded, load_samples
    from compliance.extensions import db
    from compliance.storage.installation import mark_installation

    app = create_app()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING)
    )  # four lived months
    with app.app_context():
        upgrade()
        mark_installation(db.session(), demo=True, now=now())
        db.session.commit()
    if not is_loaded(app):
        click.echo("Making a demo that has lived for four months. It takes about half a minute.")
        load_samples(app, now=now())


def _explain(folder: Path, port: int) -> None:
    from compliance.demo.people import STAFF

    address = f"http://127.0.0.1:{port}"
    click.echo("")
    click.echo("A demo with invented companies. Everything in it can be thrown away.")
    click.echo("")
    click.echo(f"  Start page         {address}/")
    click.echo(f"  Staff sign in      {address}/account/sign-in")
    for one in STAFF:
        click.echo(f"    {one.role:16} {one.email}   {one.password}")
    click.echo(f"  Supplier           open {address}/demo/mailbox and follow the link in an invitation")
    click.echo(f"  Papers to upload   {folder / 'papers'}")
    click.echo(f"  Logs               {folder / 'run'}")
    click.echo(
        f"  Other commands     set -a; . {folder / 'demo.env'}; set +a; {sys.argv[0]} clock tick --at 2030-01-15"
    )
    click.echo("")
