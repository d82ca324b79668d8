"""Step 4, evidence: a process gives up what reading a document does not need: memory, time, files, network, rights."""

import ctypes
import importlib
import os
import resource
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.evidence.no_network import forbid_sockets

NOBODY = 65534
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SECONDS_TO_END = (
    2  # CPU seconds between the signal that time is up and the end; the signal tells whose doing it was
)
_LATE = (
    "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_16", "encodings.latin_1", "encodings.cp1252",
    "encodings.ascii", "encodings.mac_roman", "encodings.unicode_escape", "encodings.idna",
)  # fmt: skip
_LATE_WITH_OCR = ("PIL.TiffImagePlugin", "PIL.ImageSequence", "PIL.JpegImagePlugin", "PIL.PngImagePlugin")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of address space, seconds of CPU and of wall time, bytes of output, open files.

    With `ocr` it may read pictures, for which it starts a program; that inherits all limits.
    """

    memory: int = 1_000_000_000
    cpu: int = 15
    wall: float = 45.0  # three times the CPU: a busy machine must not turn good documents away
    output: int = 4_000_000
    files: int = 32
    ocr: bool = False


WITH_OCR = Limits(memory=2_000_000_000, cpu=60, wall=150.0, files=64, ocr=True)


def limits_from_arguments(arguments: Sequence[str]) -> Limits:
    """The limits a parent passed on the command line (memory, cpu, files, ocr)."""
    memory, cpu, files, ocr = (int(argument) for argument in arguments)
    return Limits(memory=memory, cpu=cpu, files=files, ocr=bool(ocr))


def arguments_for(limits: Limits) -> list[str]:
    """The limits as command-line arguments."""
    return [str(int(value)) for value in (limits.memory, limits.cpu, limits.files, limits.ocr)]


def confine(limits: Limits) -> None:
    """Give up what is not needed; what the system does not allow us to give up is kept, the hard limits always hold."""
    libc = ctypes.CDLL(None, use_errno=True)
    _load_late_modules(limits)
    os.nice(5)
    _leave_network(libc)
    _become_nobody()
    for kind, amount in _amounts(limits).items():
        resource.setrlimit(kind, (amount, amount))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + _SECONDS_TO_END))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    forbid_sockets(libc)


def _amounts(limits: Limits) -> dict[int, int]:
    amounts = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: limits.files,
    }
    if not limits.ocr:
        amounts[resource.RLIMIT_NPROC] = 0
    return amounts


def _leave_network(libc: ctypes.CDLL) -> None:
    """A network namespace of its own has no way out; an unprivileged process needs a user namespace for it."""
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    libc.unshare(flags)


def _load_late_modules(limits: Limits) -> None:
    """Modules that libraries load while they read: as nobody the program's own folder may be closed to us.

    What is still closed then (tables of Chinese and Japanese letters) only makes the slow engine give way to the quick.
    """
    for name in (*_LATE, *(_LATE_WITH_OCR if limits.ocr else ())):
        importlib.import_module(name)


def _become_nobody() -> None:
    """As root: continue as nobody, without root's groups and for good."""
    if os.geteuid() != 0:
        return
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
