"""Step 4, evidence: the child process: lowers its own rights, reads one file from stdin, writes one JSON document.

Started by sandbox.py as `python -m compliance.evidence.child`; never imported by the application. READY on a line of
its own comes before the document is touched: what fails earlier is our fault and not the document's.
"""

import json
import os
import sys
import traceback
from io import BufferedReader
from pathlib import Path
from typing import cast

from compliance.evidence.by_kind import load_for, read_file
from compliance.evidence.confinement import confine, limits_from_arguments
from compliance.evidence.reading_json import reading_to_json
from compliance.evidence.vocabulary import preload

READY = b"ready\n"
TOO_MUCH, FAULT = 3, 4  # exit status: of memory or nesting; an error of this program


def main() -> int:
    """Confine this process, then read: nothing of the document is touched before."""
    preload()
    limits = limits_from_arguments(sys.argv[1:])
    load_for(cast("BufferedReader", sys.stdin.buffer).peek(2))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    confine(limits)
    os.dup2(nowhere, sys.stderr.fileno())  # libraries complain about documents; until here it was about us
    os.write(sys.stdout.fileno(), READY)
    data = sys.stdin.buffer.read()
    try:
        reading = read_file(data, ocr=limits.ocr)
    except (MemoryError, RecursionError):
        return TOO_MUCH
    except Exception as fault:  # noqa: BLE001 - whatever it is, the caller is told where it happened
        sys.stdout.write(_place_of(fault))
        sys.stdout.flush()
        return FAULT
    json.dump(reading_to_json(reading, with_text=True), sys.stdout, ensure_ascii=True)
    sys.stdout.flush()
    return 0


def _place_of(fault: Exception) -> str:
    """The class of an error and where it arose, without its message: that may quote the document."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} in {Path(last.filename).name}:{last.lineno}"


if __name__ == "__main__":
    sys.exit(main())
