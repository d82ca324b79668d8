"""`compliance web`: the web process alone, as `compliance serve` starts it. Any WSGI server can take its place."""

import click
from flask import Flask

BACKLOG = 512


@click.command()
def web() -> None:
    """Serve the pages with granian, with as many workers and threads as the settings say."""
    from granian import Granian
    from granian.constants import Interfaces

    from compliance.config import read_settings
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    settings = read_settings()
    address, _, port = settings.bind.rpartition(":")
    Granian(
        target="compliance.cli.web:make_app",
        factory=True,
        address=address or "127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=BACKLOG,
        respawn_failed_workers=True,
    ).serve()


def make_app() -> Flask:
    """The application in one of granian's workers, which ends when granian does: it holds the port."""
    from compliance.app import create_app
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    return create_app()
