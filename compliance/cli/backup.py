"""`compliance backup` and `compliance restore`: everything the installation knows, out and in again."""

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Write all rows and files to FOLDER, as they are at one moment; the service may run meanwhile.

    The same for SQLite and PostgreSQL: a backup of one can be restored into the other. It holds personal
    data and password hashes, so keep it as safe as the database itself.
    """
    from compliance import clock
    from compliance.app import create_app
    from compliance.evidence.store import open_store
    from compliance.extensions import db
    from compliance.storage.backups import BackupError, make_backup

    app = create_app()
    with app.app_context():
        try:
            made = make_backup(db.engine, open_store(app.config["SETTINGS"].uploads), folder, now=clock.now())
        except BackupError as problem:
            raise click.ClickException(str(problem)) from problem
    click.echo(
        f"{sum(made.rows.values())} rows of {len(made.rows)} tables and {made.files} files in {folder}"
    )


@click.command()
@click.argument("folder", type=FOLDER)
def restore(folder: Path) -> None:
    """Fill an empty database and the file store from FOLDER. No mail leaves until `compliance mail release`."""
    from compliance import clock
    from compliance.app import create_app
    from compliance.evidence.store import open_store
    from compliance.extensions import db
    from compliance.storage.backups import BackupError, restore_backup
    from compliance.storage.dumping import NotEmptyError

    app = create_app()
    with app.app_context():
        store = open_store(app.config["SETTINGS"].uploads)
        try:
            found = restore_backup(db.engine, store, folder, migrate=_migrate, now=clock.now())
        except NotEmptyError as problem:
            raise click.ClickException(
                f"The database holds rows already (table {problem.table}): restore into an empty one."
            ) from problem
        except BackupError as problem:
            raise click.ClickException(str(problem)) from problem
    click.echo(
        f"{sum(found.rows.values())} rows and {found.files} files of {found.made_at} are back. "
        "No mail leaves until `compliance mail release`; look at `compliance mail held` first."
    )


def _migrate(revision: str) -> None:
    from compliance.cli.migrating import upgrade

    upgrade(revision=revision)
