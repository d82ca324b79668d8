"""The `compliance` command: one group, each sub-command loaded only when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "audit": "compliance.cli.audit:audit",
    "backup": "compliance.cli.backup:backup",
    "clock": "compliance.cli.clock:clock",
    "contracts": "compliance.cli.contracts:contracts",
    "db": "compliance.cli.database:db",
    "demo": "compliance.cli.demo:demo",
    "doctor": "compliance.cli.doctor:doctor",
    "evidence": "compliance.cli.evidence:evidence",
    "questionnaires": "compliance.cli.questionnaires:questionnaires",
    "restore": "compliance.cli.backup:restore",
    "score": "compliance.cli.score:score",
    "scoring": "compliance.cli.scoring:scoring",
    "serve": "compliance.cli.serve:serve",
    "users": "compliance.cli.users:users",
    "mail": "compliance.cli.mail:mail",
    "mailbox": "compliance.cli.mailbox:mailbox",
    "web": "compliance.cli.web:web",
    "work": "compliance.cli.work:work",
}


class LazyGroup(click.Group):
    """A group that imports a sub-command's module only when that command is asked for.

    Keeps `compliance score` and the evidence child process free of Flask and SQLAlchemy.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands by name."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None when there is none by that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; settings that do not allow a start are said in a sentence, without a traceback."""
        from compliance.config import SettingsError

        try:
            return super().invoke(ctx)
        except SettingsError as problem:
            raise click.ClickException(str(problem)) from problem


@click.group(cls=LazyGroup)
def main() -> None:
    """Supplier social-compliance assessment for public procurers."""
