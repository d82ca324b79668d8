"""`compliance mail`: mails that come back, and what the outbox holds back after a restore."""

import click

LARGEST_REPORT = 1_000_000  # bytes; what comes after is the returned mail's own text
TRY_AGAIN_LATER = 75  # EX_TEMPFAIL of sysexits.h


@click.group()
def mail() -> None:
    """The outbox."""


@mail.command()
def bounce() -> None:
    """Take a delivery report (a bounced mail, RFC 3464) from standard input, as the mail server pipes it in.

    Exit status 75 asks the server to try again later; anything else it need not know.
    """
    import sys

    from sqlalchemy.exc import SQLAlchemyError

    from compliance import clock
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.workflow.bouncing import take_report
    from compliance.workflow.delivery_reports import read_report

    report = read_report(sys.stdin.buffer.read(LARGEST_REPORT))
    if report is None:
        click.echo("not a delivery report: ignored")
        return
    try:
        app = create_app()
        with app.app_context():
            outcome = take_report(db.session(), report, app.config["SETTINGS"], now=clock.now())
            db.session.commit()
    except SQLAlchemyError:
        click.echo("the database cannot be written to just now", err=True)
        sys.exit(TRY_AGAIN_LATER)
    click.echo(outcome.value)


@mail.command()
def held() -> None:
    """List the mails that wait while mail is held after a restore: number, kind, due day, day written."""
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.storage.engine import only_reading
    from compliance.workflow.holding import held_since, waiting_mail

    with create_app().app_context(), only_reading():
        since, waiting = held_since(db.session()), waiting_mail(db.session())
        for message in waiting:
            click.echo(
                f"{message.id}\t{message.kind}\t{message.due_on or '-'}\t{message.created_at:%Y-%m-%d}"
            )
    click.echo(
        f"{len(waiting)} mails wait. Mail is {'held since ' + f'{since:%Y-%m-%d}' if since else 'not held'}."
    )


@mail.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Drop all that waits.")
def drop(numbers: tuple[int, ...], *, everything: bool) -> None:
    """Never send these held mails: they left before the database was put back to an earlier day."""
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.workflow.holding import drop_mail, held_since, waiting_mail

    with create_app().app_context():
        if held_since(db.session()) is None:
            raise click.ClickException("Mail is not held: there is nothing to drop.")
        chosen = [m for m in waiting_mail(db.session()) if everything or m.id in numbers]
        drop_mail(chosen)
        db.session.commit()
        click.echo(f"{len(chosen)} mails dropped.")


@mail.command()
def release() -> None:
    """Let mail leave again, with what has gathered."""
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.workflow.holding import release_mail

    with create_app().app_context():
        release_mail(db.session())
        db.session.commit()
    click.echo("Mail leaves again.")
