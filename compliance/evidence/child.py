"""Step 4, evidence: the child process: lowers its own rights, reads one PDF from stdin, writes one JSON document.

Started by sandbox.py as `python -m compliance.evidence.child`; never imported by the application.
"""

import json
import sys

from compliance.evidence.confinement import confine, limits_from_arguments
from compliance.evidence.document import read_document
from compliance.evidence.reading_json import reading_to_json
from compliance.evidence.vocabulary import preload


def main() -> int:
    """Confine this process, then read: nothing of the document is touched before."""
    preload()
    limits = limits_from_arguments(sys.argv[1:])
    confine(limits)
    data = sys.stdin.buffer.read()
    try:
        reading = read_document(data, ocr=limits.ocr)
    except (MemoryError, RecursionError):
        return 3
    json.dump(reading_to_json(reading, with_text=True), sys.stdout, ensure_ascii=True)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
