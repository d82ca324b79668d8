"""Examining an installation: settings, database, files, mail server, tools and clock, each by trying it."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from compliance import clock
from compliance.config import PROJECT, Settings, SettingsError, read_settings
from compliance.jobs.clamav import Scanner, ScannerAwayError
from compliance.jobs.mail_server import MailServer, ServerAwayError
from compliance.storage.models import ClockLease, DueRow, Message, Role, User
from compliance.workflow.holding import held_since
from compliance.workflow.leasing import ONLY

SILENT_TOO_LONG = timedelta(minutes=5)
LEAST_FREE_BYTES = 1_000_000_000
SMTP_TIMEOUT_SECONDS = 5

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, and what to do about it."""

    what: str
    level: Level
    said: str


def examine() -> list[Finding]:
    """Everything, in the order in which it has to be put right."""
    try:
        settings = read_settings()
    except SettingsError as problem:
        return [Finding("settings", "error", line) for line in str(problem).splitlines()]
    return [finding for look in _LOOKS for finding in look(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("settings", "ok", "secrets are set")
    if settings.demo:
        yield Finding("settings", "warning", "this is a demo: its passwords are public")
    elif not settings.secure_cookies:
        yield Finding("settings", "warning", "COMPLIANCE_PUBLIC_URL is not https: fit for trying out only")
    if not settings.buyer_name or not settings.buyer_email:
        yield Finding(
            "settings",
            "warning",
            "COMPLIANCE_BUYER_NAME and COMPLIANCE_BUYER_EMAIL should be set: mails name them",
        )


def _database(settings: Settings) -> Iterator[Finding]:
    engine = create_engine(settings.database_url, hide_parameters=True)
    try:
        with Session(engine) as session:
            present = MigrationContext.configure(session.connection()).get_current_revision()
            yield _revision(present)
            if present is not None:
                yield from _rows(session)
    except SQLAlchemyError as problem:
        yield Finding("database", "error", f"cannot be reached ({type(problem).__name__})")
    finally:
        engine.dispose()


def _revision(present: str | None) -> Finding:
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "compliance" / "storage" / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    if present == newest:
        return Finding("database", "ok", f"reachable, tables are up to date ({newest})")
    return Finding(
        "database",
        "error",
        f"tables are at {present or 'nothing'}, not {newest}: run `compliance db upgrade`",
    )


def _rows(session: Session) -> Iterator[Finding]:
    administrators = select(User.id).where(User.active, User.roles.any(Role.name == "administrator"))
    if session.scalar(administrators.limit(1)) is None:
        yield Finding(
            "staff", "error", "there is no administrator: run `compliance users add --role administrator ...`"
        )
    yield _clock(session)
    failing = session.scalar(
        select(func.count()).where(DueRow.done_at.is_(None), DueRow.attempts > 0).select_from(DueRow)
    )
    if failing:
        yield Finding("clock", "warning", f"{failing} due rows have failed and are tried again")
    if held_since(session) is not None:
        yield Finding(
            "mail", "warning", "is held since a restore: see `compliance mail held`, then `release`"
        )
    failed = session.scalar(select(func.count()).where(Message.state == "failed").select_from(Message))
    if failed:
        yield Finding("mail", "warning", f"{failed} mails could not be delivered: see the list of messages")


def _clock(session: Session) -> Finding:
    row = session.get(ClockLease, ONLY)
    if row is None or row.last_tick_at is None:
        return Finding(
            "clock", "warning", "has never ticked: start `compliance serve` or `compliance clock run`"
        )
    age = clock.now() - row.last_tick_at
    seconds = int(age.total_seconds())
    if age > SILENT_TOO_LONG:
        return Finding("clock", "error", f"ticked last {seconds} seconds ago: reminders are not sent")
    return Finding("clock", "ok", f"ticked {seconds} seconds ago")


def _files(settings: Settings) -> Iterator[Finding]:
    for what, folder in (("uploads", settings.uploads), ("instance", settings.instance)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x")
        except OSError as problem:
            yield Finding(what, "error", f"{folder} cannot be written to ({problem.strerror})")
            continue
        free = shutil.disk_usage(folder).free
        level: Level = "ok" if free > LEAST_FREE_BYTES else "warning"
        yield Finding(what, level, f"{folder} can be written to, {free // 1_000_000} MB free")


def _mail(settings: Settings) -> Iterator[Finding]:
    try:
        with MailServer(settings.smtp_url, timeout=SMTP_TIMEOUT_SECONDS) as server:
            server.open()
    except ServerAwayError as problem:
        yield Finding("mail", "error", f"the mail server does not answer ({problem}); mails wait for it")
    else:
        yield Finding("mail", "ok", "the mail server answers")
    if settings.mail_from.endswith("@localhost"):
        yield Finding("mail", "warning", "COMPLIANCE_MAIL_FROM is not set: mails would come from localhost")


def _tools(settings: Settings) -> Iterator[Finding]:
    del settings
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        yield Finding(
            "tesseract", "warning", "missing: scanned documents are not read, a person must look at them"
        )
        return
    said = subprocess.run(  # noqa: S603  the program that is on the path
        [tesseract, "--list-langs"], capture_output=True, text=True, check=False, timeout=10
    )
    missing = {"swe", "eng"} - set(said.stdout.split())
    if missing:
        yield Finding("tesseract", "warning", f"languages missing: {', '.join(sorted(missing))}")
    else:
        yield Finding("tesseract", "ok", "with Swedish and English")


def _scanner(settings: Settings) -> Iterator[Finding]:
    if not settings.clamav:
        yield Finding(
            "scanner",
            "warning",
            "COMPLIANCE_CLAMAV is not set: uploads are marked as not scanned for viruses",
        )
        return
    try:
        version = Scanner(settings.clamav).version()
    except ScannerAwayError as problem:
        yield Finding(
            "scanner",
            "error",
            f"does not answer ({problem}); uploads are marked as not scanned until it does",
        )
    else:
        yield Finding("scanner", "ok", version)


def _survival(settings: Settings) -> Iterator[Finding]:
    """What is lost with this machine."""
    if settings.uses_sqlite:
        yield Finding(
            "survival",
            "warning",
            "database and files are on this machine only: run `compliance backup` every day, and keep it elsewhere",
        )


_LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _settings,
    _database,
    _files,
    _mail,
    _tools,
    _scanner,
    _survival,
)
