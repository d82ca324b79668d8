"""`compliance mailbox`: the demo's mail server, which delivers nothing and keeps everything."""

import click


@click.command()
def mailbox() -> None:
    """Take mail for the demo's mailbox page, until SIGTERM. Only in an instance made by `compliance demo`."""
    from compliance.config import read_settings
    from compliance.jobs.demo_mail import run_mail_server
    from compliance.jobs.parentage import end_with_parent

    end_with_parent()
    settings = read_settings()
    if not settings.demo:
        raise click.ClickException("There is a mailbox only in an instance made by `compliance demo`.")
    run_mail_server(settings)
