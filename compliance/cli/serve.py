"""`compliance serve`: web, worker and clock together; each is started again when it dies."""

import click


@click.command()
def serve() -> None:
    """Run everything on this machine until SIGTERM or Ctrl-C. Logs are in the instance's folder `run`."""
    from compliance.config import read_settings
    from compliance.jobs.supervisor import run_supervisor, write_configuration

    run_supervisor(write_configuration(read_settings()))
