"""`compliance web`: the web process alone, as `compliance serve` starts it. Any WSGI server can take its place."""

import click
from flask import Flask

from compliance.config import Settings

BACKLOG = 512


@click.command()
def web() -> None:
    """Serve the pages with granian, with as many workers and threads as the settings say."""
    from compliance.config import read_settings
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    run_server("compliance.cli.web:make_app", read_settings())


def run_server(target: str, settings: Settings) -> None:
    """Serve what a function makes, `module:function`, until told to stop. Benchmarks serve their yardsticks so too."""
    from granian import Granian
    from granian.constants import Interfaces

    address, _, port = settings.bind.rpartition(":")
    Granian(
        target=target,
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
