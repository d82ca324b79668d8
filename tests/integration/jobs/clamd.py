"""A virus scanner for tests: a small server that speaks ClamAV's protocol, and the real one where it is installed."""

import shutil
import socketserver
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path
from threading import Thread

import pytest

HARMFUL = b"%PDF-1.7 a harmful sample of our own"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._command()
        self.server.asked.append(command)
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.0/1/today\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self.server.answer(self._stream()))

    def _command(self) -> bytes:
        said = b""
        while (letter := self.rfile.read(1)) not in {b"", b"\0"}:
            said += letter
        return said

    def _stream(self) -> bytes:
        data = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        return data


class SmallScanner(socketserver.ThreadingTCPServer):
    """Answers as clamd does; `says` overrides what it says about every file."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.says: bytes | None = None
        self.asked: list[bytes] = []
        self.received: list[bytes] = []

    def answer(self, data: bytes) -> bytes:
        self.received.append(data)
        found = b"stream: Own.Sample.UNOFFICIAL FOUND\0" if HARMFUL in data else b"stream: OK\0"
        return found if self.says is None else self.says

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def small_scanner() -> Iterator[SmallScanner]:
    with SmallScanner() as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def real_scanner(folder: Path) -> Iterator[str]:
    """A real clamd that knows one signature, of our own sample; gives the path of its socket."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("no clamd: install the Debian package clamav-daemon")
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "own.hdb").write_text(f"{md5(HARMFUL).hexdigest()}:{len(HARMFUL)}:Own.Sample\n")
    (signatures / "own.ndb").write_text(f"Own.Words:0:*:{b'a harmful sample of our own'.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {folder}/clamd.ctl\nDatabaseDirectory {signatures}\nForeground yes\nStreamMaxLength 30M\n"
        f"LogFile {folder}/clamd.log\nTemporaryDirectory {folder}\n"
    )
    process = subprocess.Popen(
        [program, "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while not (folder / "clamd.ctl").exists():
            assert process.poll() is None, "clamd did not start"
            assert time.monotonic() < until, "clamd takes too long"
            time.sleep(0.1)
        yield str(folder / "clamd.ctl")
    finally:
        process.terminate()
        process.wait(timeout=20)
