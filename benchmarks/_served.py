"""A program behind the production server, in processes of its own, and what those processes use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks._round import SECRET
from benchmarks._yardsticks import FOLDER

TICKS = os.sysconf("SC_CLK_TCK")
SLOWEST_START = 60


@dataclass(frozen=True)
class Served:
    """A server that answers on a port."""

    port: int
    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self) -> float:
        """What it has used so far, all its processes together."""
        return sum(_cpu(pid) for pid in (self.process.pid, *self.workers()))

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return _children(self.process.pid)

    def memory(self) -> tuple[float, float]:
        """RSS and PSS of its largest worker, in MiB."""
        return max((_kib(pid, "Rss"), _kib(pid, "Pss")) for pid in self.workers())


@contextmanager
def served(module: str, arguments: tuple[str, ...], folder: Path) -> Iterator[Served]:
    """Serve with granian as `compliance serve` does, and stop at the end."""
    port = _free_port()
    environment = os.environ | {
        "COMPLIANCE_SECRET_KEY": SECRET,
        "COMPLIANCE_PASSWORD_SALT": SECRET,
        "COMPLIANCE_INSTANCE": str(folder),
        "COMPLIANCE_UPLOADS": str(folder / "uploads"),
        "COMPLIANCE_BIND": f"127.0.0.1:{port}",
        FOLDER: str(folder),
    }
    with (folder / f"{module}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(port, process)
            yield Served(port, process)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(SLOWEST_START * 10):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if connection.recv(100):
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{process.args} does not answer")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        direct = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(child) for child in direct] + [inner for one in direct for inner in _children(int(one))]
    return []


def _cpu(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def _kib(pid: int, name: str) -> float:
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith(f"{name}:")) / 1024
