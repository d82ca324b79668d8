"""`compliance work`: the worker that reads documents and sends mail."""

import click

THREADS = 3


@click.command()
@click.option("--threads", default=THREADS, show_default=True, help="How much is done at the same time.")
def work(threads: int) -> None:
    """Read documents and send mails as they come. Any number of workers may run, on any machine."""
    from compliance.app import create_app
    from compliance.jobs.parentage import end_with_parent
    from compliance.jobs.worker_process import run_worker

    end_with_parent()
    run_worker(create_app(), threads=threads)
