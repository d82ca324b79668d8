"""ClamAV over its socket: a file is streamed to clamd, which answers in a line. Nothing is written to disk."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 262_144
LONGEST_ANSWER = 4_096
CONNECT_SECONDS, ANSWER_SECONDS = 2.0, 20.0


class ScannerAwayError(Exception):
    """No scanner answers there, or it could not say; the text says what happened."""


class NotScannableError(Exception):
    """The scanner is there but could not scan this file, for instance because it is larger than it takes."""


class Scanner:
    """A clamd at `/path/of/socket` or `host:port`."""

    def __init__(self, address: str, *, seconds: float = ANSWER_SECONDS) -> None:
        self._address, self._seconds = address, seconds

    def is_infected(self, data: bytes) -> bool:
        """Whether the scanner finds something harmful. Raises `ScannerAwayError` or `NotScannableError`."""
        with self._opened() as line:
            with suppress(BrokenPipeError):  # it has heard enough: its answer tells why
                _stream(line, data)
            said = _answer(line)
        if said.endswith(" FOUND"):
            return True
        if said == "stream: OK":
            return False
        raise NotScannableError(said[:100])

    def version(self) -> str:
        """The scanner's version and that of its signatures. Raises `ScannerAwayError`."""
        with self._opened() as line:
            line.sendall(b"zVERSION\0")
            return _answer(line)

    @contextmanager
    def _opened(self) -> Iterator[socket.socket]:
        try:
            with self._connected() as line:
                line.settimeout(self._seconds)
                yield line
        except (OSError, ValueError) as problem:
            raise ScannerAwayError(type(problem).__name__) from problem

    def _connected(self) -> socket.socket:
        if "/" in self._address:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.settimeout(CONNECT_SECONDS)
                line.connect(self._address)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)


def _stream(line: socket.socket, data: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        part = data[start : start + CHUNK]
        line.sendall(struct.pack("!I", len(part)) + part)
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    text = said.rstrip(b"\0\n").decode("utf-8", errors="replace")
    if not text:
        raise ScannerAwayError("it hung up without an answer")
    return text
