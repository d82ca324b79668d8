"""The work queue: huey, used only to wake the worker. What has to be done is written in rows.

huey forgets a task the moment a worker takes it, so a wake-up may be lost; the next tick wakes everyone again.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey
from psycopg.errors import UniqueViolation
from sqlalchemy import make_url

from compliance.config import Settings
from compliance.jobs.documents import read_one
from compliance.jobs.mailing import send_waiting
from compliance.storage.waking import MAIL, READING

MOST_PENDING = 50
"""More wake-ups than this say nothing new; they pile up only while no worker runs."""


class Queue:
    """The wake-ups of one installation, and the tasks that answer to them."""

    def __init__(self, app: Flask) -> None:
        self.huey = _open(app.config["SETTINGS"])
        self._tasks: dict[str, Callable[[], object]] = {
            MAIL: self.huey.task(name="send_waiting")(lambda: _send(app)),
            READING: self.huey.task(name="read_waiting")(lambda: self._read(app)),
        }

    def wake(self, name: str) -> None:
        """Ask for one run of a task, unless plenty have been asked for already."""
        if self.huey.pending_count() < MOST_PENDING:
            self._tasks[name]()

    def close(self) -> None:
        """Let go of the connection."""
        self.huey.storage.close()

    def _read(self, app: Flask) -> None:
        """Read one document and go to the end of the line, so that mails are not held up by many documents."""
        if read_one(app):
            self.wake(READING)


def _send(app: Flask) -> None:
    send_waiting(app)


def _open(settings: Settings) -> Huey:
    if settings.uses_sqlite:
        folder = run_folder(settings)
        return SqliteHuey("compliance", filename=str(folder / "queue.sqlite"), results=False, fsync=False)
    dsn = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        return PostgresHuey("compliance", dsn=dsn, results=False)
    except (
        UniqueViolation
    ):  # another process made the tables in the same moment, which "if not exists" does not stand
        return PostgresHuey("compliance", dsn=dsn, results=False)


def run_folder(settings: Settings) -> Path:
    """Where run files live: queue, configuration of the processes, their logs."""
    folder = settings.instance / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
