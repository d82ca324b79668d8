"""`compliance web`: the web process alone, as `compliance serve` starts it. Any WSGI server can take its place."""

import click
from flask import Flask

from compliance.config import Settings

BACKLOG = 512
DRAWN_AT_EVERY_PAGE = ("layouts/", "components/", "fields/", "answers/", "supplier/")

FEW_ARENAS = "2"
"""Each thread of a worker would else keep free memory of its own: up to sixteen times as much."""


@click.command()
def web() -> None:
    """Serve the pages with granian, with as many workers and threads as the settings say."""
    from compliance.config import read_settings
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    run_server("compliance.cli.web:make_app", read_settings())


def run_server(target: str, settings: Settings) -> None:
    """Serve what a function makes, `module:function`, until told to stop. Benchmarks serve their yardsticks so too."""
    import os

    from granian import Granian
    from granian.constants import Interfaces

    os.environ.setdefault("MALLOC_ARENA_MAX", FEW_ARENAS)
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
    app = create_app()
    _prepare(app)
    return app


def _prepare(app: Flask) -> None:
    """Read what every page needs before the first request: else as many threads as ask first read it all at once."""
    import gc

    from compliance.questionnaires.catalogue import current_areas
    from compliance.questionnaires.vocabulary import vocabulary

    vocabulary()
    current_areas()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        if name.startswith(DRAWN_AT_EVERY_PAGE):
            app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()  # as in `create_app`: it stays as long as the process lives
