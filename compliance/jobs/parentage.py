"""Processes that must not outlive the one that started them: an orphan would go on holding the port."""

import ctypes
import os
import signal
import sys

SUPERVISED = "COMPLIANCE_SUPERVISED"
_SET_PARENT_DEATH_SIGNAL = 1


def end_with_parent() -> None:
    """When `compliance serve` started this process, ask the kernel to kill it as soon as its parent is gone.

    Linux only; elsewhere a killed parent leaves orphans that have to be ended by hand.
    """
    if SUPERVISED not in os.environ or sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it died in between: the kernel will not say so any more
        os.kill(os.getpid(), signal.SIGKILL)
