"""A whole installation in a folder, and its processes as an operator would start them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.integration.jobs.smtp_sink import free_port

SECRET = "only-for-tests-" * 3
PATIENCE_SECONDS = 40


class Installation:
    """The environment of one installation, its commands and its processes."""

    def __init__(self, folder: Path, database_url: str, mail_port: int) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COMPLIANCE_")},
            "COMPLIANCE_SECRET_KEY": SECRET,
            "COMPLIANCE_PASSWORD_SALT": SECRET,
            "COMPLIANCE_INSTANCE": str(folder),
            "COMPLIANCE_UPLOADS": str(folder / "uploads"),
            "COMPLIANCE_DATABASE_URL": database_url,
            "COMPLIANCE_BIND": f"127.0.0.1:{self.port}",
            "COMPLIANCE_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "COMPLIANCE_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "compliance.cli", *arguments],
            env=self.environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip

    def json(self, *arguments: str) -> dict:
        """What a command prints with --json."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A process that goes on; its output goes to a file in the folder."""
        with (self.folder / f"{arguments[0]}.out").open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "compliance.cli", *arguments],
                env=self.environment, stdout=output, stderr=output,
            )  # fmt: skip

    def answers(self) -> bool:
        """Whether the web answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def processes(self, *arguments: str) -> set[int]:
        """The ids of this installation's living processes of one command."""
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and self._is_ours(entry, arguments):
                found.add(int(entry.name))
        return found

    def _is_ours(self, entry: Path, arguments: tuple[str, ...]) -> bool:
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")[:-1]
            environment = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            return False
        ours = f"COMPLIANCE_INSTANCE={self.folder}".encode() in environment
        return ours and command[-len(arguments) :] == [part.encode() for part in arguments]


def eventually(condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether something becomes true while we wait."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
