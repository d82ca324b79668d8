"""The processes of one machine under supervisord, which restarts what dies."""

import configparser
import os
import sys
from pathlib import Path
from typing import NoReturn

from compliance.config import PROJECT, Settings
from compliance.jobs.parentage import SUPERVISED
from compliance.jobs.queue import run_folder

PROCESSES: dict[str, tuple[str, ...]] = {
    "web": ("web",),
    "worker": ("work",),
    "clock": ("clock", "run"),
}
DEMO_PROCESSES: dict[str, tuple[str, ...]] = {"mail": ("mailbox",)}
FOREVER = 1_000_000
"""How often a process may fail before supervisord gives up on it: never."""


def write_configuration(settings: Settings) -> Path:
    """The configuration for this installation, written anew at each start; where it was written."""
    folder = run_folder(settings)
    config = configparser.RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "logfile": "/dev/null",
        "logfile_maxbytes": "0",
        "pidfile": str(folder / "supervisord.pid"),
        "childlogdir": str(folder),
    }
    if os.geteuid() == 0:
        config["supervisord"]["user"] = (
            "root"  # in a container; said aloud, or supervisord warns at each start
        )
    processes = PROCESSES | (DEMO_PROCESSES if settings.demo else {})
    for name, arguments in processes.items():
        config[f"program:{name}"] = _program(name, arguments, folder)
    path = folder / "supervisord.conf"
    with path.open("w", encoding="utf-8") as file:
        config.write(file)
    return path


def run_supervisor(path: Path) -> NoReturn:
    """Become supervisord, in the foreground, so that signals reach it directly."""
    os.environ[SUPERVISED] = "1"
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "supervisor.supervisord", "-c", str(path)])  # noqa: S606


def _program(name: str, arguments: tuple[str, ...], folder: Path) -> dict[str, str]:
    command = " ".join(_quoted(part) for part in (sys.executable, "-m", "compliance.cli", *arguments))
    return {
        "command": command,
        "directory": _quoted_percent(str(PROJECT)),
        "autorestart": "true",
        "startsecs": "1",
        "startretries": str(FOREVER),
        "stopwaitsecs": "25",
        "stopasgroup": "false",
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": _quoted_percent(str(folder / f"{name}.log")),
        "stdout_logfile_maxbytes": "5MB",
        "stdout_logfile_backups": "2",
    }


def _quoted(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace('"', '\\"')
    return _quoted_percent(f'"{escaped}"')


def _quoted_percent(text: str) -> str:
    return text.replace("%", "%%")
