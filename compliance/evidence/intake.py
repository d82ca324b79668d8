"""Step 4, evidence: takes a file in or refuses it: a list of small checks, each a refusal or nothing."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from compliance.evidence.facts import N_

LARGEST = 25_000_000
HEADER_WITHIN = 1024
LONGEST_NAME, LONGEST_ENDING = 120, 5

TOO_LARGE = N_("The file is larger than 25 MB. Upload a smaller file.")
EMPTY = N_("The file is empty. Check that you chose the right file and upload it again.")
NOT_PDF = N_("The file is not a PDF. Save the document as a PDF and upload it again.")
PROGRAM = N_(
    "The file is a program, not a document, although its name may say otherwise. Upload the document as a PDF."
)
UNNAMED = N_("document.pdf")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken in: a code for programs, a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that was taken in: what to call it, its address in the store, its size in bytes."""

    display_name: str
    sha256: str
    size: int


Check = Callable[[bytes], Refusal | None]


def not_empty(data: bytes) -> Refusal | None:
    """Refuse a file without content."""
    return None if data.strip(b"\0 \r\n\t") else Refusal("empty", EMPTY)


def not_too_large(data: bytes) -> Refusal | None:
    """Refuse more than 25 MB."""
    return Refusal("too_large", TOO_LARGE) if len(data) > LARGEST else None


def not_a_program(data: bytes) -> Refusal | None:
    """Refuse what starts as a Windows, Linux, macOS or script program does."""
    starts = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
    return Refusal("program", PROGRAM) if data.startswith(starts) else None


def is_pdf(data: bytes) -> Refusal | None:
    """Refuse what does not hold a PDF header near its start, whatever its name."""
    return None if b"%PDF-" in data[:HEADER_WITHIN] else Refusal("not_pdf", NOT_PDF)


CHECKS: tuple[Check, ...] = (not_empty, not_too_large, not_a_program, is_pdf)


def take_in(filename: str, data: bytes) -> Accepted | Refusal:
    """Run every check in order; the first refusal wins."""
    refusal = next((refusal for check in CHECKS if (refusal := check(data)) is not None), None)
    if refusal is not None:
        return refusal
    return Accepted(display_name(filename), hashlib.sha256(data).hexdigest(), len(data))


def display_name(filename: str) -> str:
    """The last part of the name without control, path and direction characters, at most 120 characters long."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", filename)[-1])
    kept = "".join(char for char in name if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*')
    kept = " ".join(kept.split()).strip(". ")
    if len(kept) > LONGEST_NAME:
        stem, dot, end = kept.rpartition(".")
        kept = (
            f"{stem[: LONGEST_NAME - len(end) - 1]}{dot}{end}"
            if dot and len(end) <= LONGEST_ENDING
            else kept[:LONGEST_NAME]
        )
    return kept or UNNAMED
