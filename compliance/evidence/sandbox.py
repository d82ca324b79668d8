"""Step 4, evidence: reads a document in a limited child process; whatever the file does, the caller gets a reading.

The libraries that parse PDFs abort, hang and swell on hostile files, so they never run in the caller's process.
"""

import hashlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from compliance.evidence.confinement import Limits, arguments_for
from compliance.evidence.facts import Reading
from compliance.evidence.intake import LARGEST
from compliance.evidence.reading_json import reading_from_json

CHUNK = 65_536
CHILD = "compliance.evidence.child"
READY = b"ready\n"
TOO_LONG = -signal.SIGALRM  # our own mark: the wall time or the output's cap was reached
_OUT_OF_BOUNDS = frozenset({TOO_LONG, -signal.SIGXCPU, 3})
_OUR_FAULT = frozenset(
    {-signal.SIGKILL, -signal.SIGTERM, 4}
)  # ended from outside, or an error of this program
_NOT_STARTED = 127
_LONGEST_LOG = 500
log = logging.getLogger(__name__)
_KEPT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "VIRTUAL_ENV")


def read_pdf(source: Path | bytes, limits: Limits | None = None) -> Reading:
    """Read a PDF in a child process. Crash, time-out and memory end in a state; only a missing file raises OSError.

    The state `failed` is a fault of ours, with a line in the log: reading again later may well succeed.
    """
    limits = limits or Limits()
    with source.open("rb") if isinstance(source, Path) else tempfile.TemporaryFile() as file:
        if isinstance(source, bytes):
            file.write(source)
            file.seek(0)
        sha256, size = _measure(file)
        if size > LARGEST:
            return Reading("too_large", sha256)
        file.seek(0)
        code, output = run_child(file, limits, command(limits))
    return _result(code, output, sha256)


def _result(code: int, output: bytes, sha256: str) -> Reading:
    """A reading, or the state that the way the child ended stands for.

    Without READY it never came to the document; then, and when it was ended from outside, the fault is ours.
    """
    if code in _OUT_OF_BOUNDS:
        return Reading("refused", sha256)
    told, ready, result = output.partition(READY)
    if not ready or code in _OUR_FAULT:
        last = (result or told).strip().rpartition(b"\n")[2][:_LONGEST_LOG].decode("ascii", errors="replace")
        log.error("the reading child failed: exit status %s, document %s: %s", code, sha256[:12], last)
        return Reading("failed", sha256)
    try:
        reading = reading_from_json(json.loads(result))
    except ValueError:
        return Reading("broken", sha256)
    return reading if code == 0 and reading.sha256 == sha256 else Reading("broken", sha256)


def command(limits: Limits, module: str = CHILD, *more: str) -> list[str]:
    """The command line of a child: what it may use, and what else it is told."""
    return [sys.executable, "-I", "-m", module, *arguments_for(limits), *more]


def _measure(file: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest(), file.tell()


def run_child(file: BinaryIO, limits: Limits, arguments: Sequence[str]) -> tuple[int, bytes]:
    """Start a child in its own process group and take its output up to the cap, until the wall time is over.

    Gives its exit status (negative: the signal that ended it) and what it wrote.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            list(arguments),
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={key: os.environ[key] for key in _KEPT if key in os.environ},
            start_new_session=True,
        )
    except OSError as problem:
        return _NOT_STARTED, f"not started: {problem.strerror}".encode()
    try:
        return _collect(process, limits)
    finally:
        _end(process)


def _collect(process: "subprocess.Popen[bytes]", limits: Limits) -> tuple[int, bytes]:
    """Exit code and output; TOO_LONG stands for too long or too much."""
    deadline = time.monotonic() + limits.wall
    output = bytearray()
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            chunk = os.read(process.stdout.fileno(), CHUNK)
            if not chunk:
                return _ended(process, deadline), bytes(output)
            output += chunk
            if len(output) > limits.output:
                break
    return TOO_LONG, b""


def _ended(process: "subprocess.Popen[bytes]", deadline: float) -> int:
    """The exit status of a child that has closed its output."""
    try:
        return process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return TOO_LONG


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
