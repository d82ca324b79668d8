"""`compliance users`: staff from the command line, above all the first administrator."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from compliance.storage.models import User

ROLES = ("procurer", "reader", "administrator")


@click.group()
def users() -> None:
    """The people at the buyer's desk."""


@users.command()
@click.option("--email", required=True, help="Where mails to this person go, and what it signs in with.")
@click.option("--name", required=True)
@click.option(
    "--role", "roles", required=True, multiple=True, type=click.Choice(ROLES), help="May be given again."
)
@click.option("--locale", default="sv", show_default=True, type=click.Choice(["sv", "en"]))
@click.option(
    "--password", "asks_password", is_flag=True, help="Ask for a password here instead of mailing a link."
)
def add(email: str, name: str, roles: tuple[str, ...], locale: str, *, asks_password: bool) -> None:
    """Add a member of staff, who is mailed a link to choose a password."""
    from compliance.app import create_app
    from compliance.clock import now
    from compliance.jobs.transactions import transaction
    from compliance.workflow.staffing import EmailTaken, StaffDetails, add_staff

    details = StaffDetails(name=name, email=_checked(email), roles=frozenset(roles), locale=locale)
    app = create_app()
    password = _ask_password(app.config["SECURITY_PASSWORD_LENGTH_MIN"]) if asks_password else None
    try:
        with transaction(app) as session:
            user = add_staff(session, details, actor=None, now=now())
            if password is not None:
                _set_password(user, password)
    except EmailTaken as problem:
        raise click.ClickException(
            f"Somebody with the address {details.email} is there already."
        ) from problem
    click.echo(
        f"{name} was added." if password else f"{name} was added and is mailed a link to choose a password."
    )


def _checked(email: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as problem:
        raise click.BadParameter(str(problem), param_hint="--email") from problem


def _ask_password(shortest: int) -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < shortest:
        raise click.ClickException(f"A password has at least {shortest} characters.")
    return password


def _set_password(user: "User", password: str) -> None:
    from flask_security.utils import hash_password

    user.password = hash_password(password)
