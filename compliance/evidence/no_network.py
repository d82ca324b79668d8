"""Step 4, evidence: a process and all it starts can open no socket from now on, by a filter in the kernel (seccomp).

Where the kernel grants no network namespace this is what keeps a document's reader off the network.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Sequence

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _RETURN = 0x20, 0x15, 0x25, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # bytes into the kernel's description of a call
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EPERM
_IO_URING = (425, 426, 427)  # setup, enter, register: another way to a socket, the same numbers everywhere

# Architecture as the kernel names it, its calls that make sockets, and the highest number that is its own.
_ARCHITECTURES: dict[str, tuple[int, tuple[int, ...], int]] = {
    "x86_64": (0xC000003E, (41, 53), 0x3FFFFFFF),
    "aarch64": (0xC00000B7, (198, 199), 0x3FFFFFFF),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_sockets(libc: ctypes.CDLL) -> bool:
    """True when the kernel took the filter. Needs no_new_privs or root; on other machines nothing changes."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    code = _filter(*known)
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(architecture: int, calls: Sequence[int], highest: int) -> bytes:
    """Calls of another architecture and those listed are denied, everything else is allowed."""
    denied = [*calls, *_IO_URING]
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 0, len(denied) + 3, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_GREATER, len(denied) + 1, 0, highest),
        *((_JUMP_EQUAL, len(denied) - at, 0, call) for at, call in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
