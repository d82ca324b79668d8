"""A copy of everything an installation knows: its rows and its files, as they were at one moment, and back again."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, select, update

from compliance.evidence.store import EvidenceStore, NotStoredError
from compliance.storage.dumping import dump_table, load_tables, refuse_unless_empty, tables_of
from compliance.storage.engine import only_reading
from compliance.storage.models import Installation, StoredFile

MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
TRIES = 3


class BackupError(Exception):
    """A backup cannot be made or taken back; the text says why and what to do."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: when it was made, under which migration, rows by table, and how many files."""

    made_at: str
    revision: str
    rows: Mapping[str, int]
    files: int


def make_backup(engine: Engine, store: EvidenceStore, folder: Path, *, now: datetime) -> Backup:
    """Write rows and files to a folder of its own, readable by its owner only; the manifest comes last.

    A folder without a manifest is a backup that was interrupted. Raises `BackupError`.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty: every backup needs a folder of its own.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for _ in range(TRIES):
        revision, rows, addresses = _write_rows(engine, folder / TABLES)
        if all(address in store for address in addresses):
            break  # else a file was taken back while we wrote: its rows are too, look again
    else:
        raise BackupError("Files that the database names are missing: run `compliance doctor`.")
    _write_files(store, addresses, folder / FILES)
    made = Backup(now.isoformat(), revision, rows, len(addresses))
    _write_manifest(folder, made)
    return made


def restore_backup(
    engine: Engine, store: EvidenceStore, folder: Path, *, migrate: Callable[[str], None], now: datetime
) -> Backup:
    """Fill an empty installation from a backup. `migrate` brings the tables to a revision.

    Everything is checked against the manifest before anything is written. Rows come in one transaction, which
    also holds all mail: what waited when the backup was made may have been sent since.
    Raises `BackupError`, and `NotEmptyError` when the database holds rows.
    """
    backup = _checked_manifest(folder)
    with engine.connect() as connection:
        refuse_unless_empty(connection)
    for file in sorted((folder / FILES).iterdir()):
        if store.put(file.read_bytes()) != file.name:
            raise BackupError(f"The file {file.name} is not what it was when the backup was made.")
    migrate(backup.revision)
    with engine.begin() as connection:
        refuse_unless_empty(connection)
        counts = load_tables(connection, folder / TABLES)
        if any(counts.get(table, 0) != count for table, count in backup.rows.items()):
            raise BackupError("The backup does not fit the tables of its own revision; nothing was taken in.")
        connection.execute(update(Installation).values(mail_held_at=now))
    migrate("head")
    return backup


def _write_rows(engine: Engine, folder: Path) -> tuple[str, dict[str, int], list[str]]:
    """All rows of one moment: the revision, rows by table, and the addresses of the files they name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with only_reading(), _one_moment(engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise BackupError("The database has no tables yet: run `compliance db upgrade`.")
        rows = {
            name: dump_table(connection, table, folder / f"{name}.jsonl")
            for name, table in tables_of(connection).items()
        }
        return revision, rows, list(connection.scalars(select(StoredFile.sha256)))


def _one_moment(engine: Engine) -> Connection:
    """A connection that sees the same rows to the end (SQLite does so by itself)."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection


def _write_files(store: EvidenceStore, addresses: list[str], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for address in addresses:
        try:
            (folder / address).write_bytes(store.get(address))
        except NotStoredError:
            raise BackupError("A document was taken back while the backup was made: make it again.") from None


def _write_manifest(folder: Path, made: Backup) -> None:
    """Last and durably: what was written, and the digest of every file of rows."""
    content = {
        "made_at": made.made_at,
        "revision": made.revision,
        "rows": made.rows,
        "files": made.files,
        "sha256": {file.name: _digest(file) for file in sorted((folder / TABLES).iterdir())},
    }
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def _checked_manifest(folder: Path) -> Backup:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        digests = content.pop("sha256")
        backup = Backup(**content)
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(f"{folder} is no whole backup: its {MANIFEST} is missing or damaged.") from None
    for name, digest in digests.items():
        file = folder / TABLES / name
        if not file.is_file() or _digest(file) != digest:
            raise BackupError(f"{TABLES}/{name} is missing or was changed after the backup was made.")
    if len(list((folder / FILES).iterdir())) != backup.files:
        raise BackupError("The number of files is not what it was when the backup was made.")
    return backup


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
