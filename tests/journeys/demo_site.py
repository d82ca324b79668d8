"""A demo as somebody starts it who follows the README: one command, real processes, a mailbox page."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.integration.jobs.installation import eventually

READY_SECONDS = 120
PROCESSES = {"web": "web", "worker": "work", "clock": "clock run", "mail": "mailbox"}


class DemoSite:
    """A running demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_pair()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = folder.with_suffix(".out")
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "compliance.cli", "demo", "--folder", folder, "--port", str(self.port)],
                env=_clean_environment(), stdout=output, stderr=output,
            )  # fmt: skip
        if not eventually(self.answers, READY_SECONDS):
            self.stop()
            pytest.fail(self.said.read_text()[-2000:])

    def answers(self) -> bool:
        """Whether the pages are there."""
        try:
            with urlopen(f"{self.address}/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def password_of(self, role: str) -> tuple[str, str]:
        """The address and password that the command printed for a role."""
        found = re.search(rf"{role} +(\S+@\S+) +(\S+)", self.said.read_text())
        assert found, self.said.read_text()
        return found[1], found[2]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Another command on the same installation."""
        return subprocess.run(
            [sys.executable, "-m", "compliance.cli", *arguments],
            env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """Its settings, as the file beside the database says them."""
        words = shlex.split((self.folder / "demo.env").read_text())
        return _clean_environment() | dict(word.split("=", 1) for word in words)

    def living(self, name: str) -> list[int]:
        """The ids of one kind of process, the eldest first."""
        wanted = ["-m", "compliance.cli", *PROCESSES[name].split()]
        return sorted(one for one in _process_ids() if self._is_ours(one, wanted))

    def _is_ours(self, process: int, wanted: list[str]) -> bool:
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")[1:-1]
            environment = Path(f"/proc/{process}/environ").read_bytes()
        except (OSError, UnicodeDecodeError):
            return False
        return command == wanted and f"COMPLIANCE_INSTANCE={self.folder}".encode() in environment.split(b"\0")

    def kill(self, name: str, *, which: int = 0) -> int:
        """kill -9 one process of a kind, the eldest unless told otherwise; gives its id."""
        process = self.living(name)[which]
        os.kill(process, signal.SIGKILL)
        return process

    def stop(self) -> None:
        """Ask it to end; -9 if it does not."""
        self.process.terminate()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def demo_site(folder: Path) -> Iterator[DemoSite]:
    """A demo for as long as the block lasts."""
    site = DemoSite(folder)
    try:
        yield site
    finally:
        site.stop()


def _free_pair() -> int:
    """A port whose next one is free as well: pages and mail."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                time.sleep(0.01)
                continue
            return port
    pytest.fail("no two free ports beside each other")


def _process_ids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("COMPLIANCE_")}
