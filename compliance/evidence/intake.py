"""Step 4, evidence: takes a file in or refuses it: a list of small checks, each a refusal or nothing."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from compliance.evidence.facts import N_
from compliance.evidence.media import (
    ENDINGS,
    MEDIA_TYPES,
    PICTURES,
    Kind,
    has_macros,
    is_heic,
    is_locked_office_file,
    is_old_office_file,
    kind_of_file,
    picture_size,
)

LARGEST = 25_000_000
MOST_PIXELS = 60_000_000
LONGEST_NAME, LONGEST_ENDING = 120, 5

TOO_LARGE = N_("The file is larger than 25 MB. Upload a smaller file.")
EMPTY = N_("The file is empty. Check that you chose the right file and upload it again.")
NOT_TAKEN = N_(
    "This kind of file cannot be read. Save the document as a PDF, a Word file (.docx) or a picture (JPEG or PNG) "
    "and upload it again."
)
PROGRAM = N_(
    "The file is a program, not a document, although its name may say otherwise. Upload the document as a PDF."
)
HEIC = N_(
    "The picture is in the format HEIC, which we cannot read. Send it as JPEG: on an iPhone, choose Settings, Camera, "
    "Formats, Most Compatible and take the picture again, or take a picture of the screen."
)
LOCKED = N_("The document needs a password to open. Upload a copy that opens without one.")
OLD_OFFICE = N_(
    "The file is in an old Office format. Save it as a Word file (.docx) or as a PDF and upload it again."
)
MACROS = N_("The Word file contains macros, which we do not take in. Save it as a PDF and upload it again.")
TOO_MANY_PIXELS = N_(
    "The picture has more than 60 million pixels. Take it again with a lower resolution, or save it smaller."
)
DAMAGED = N_("The file is damaged or was cut off. Open it to check it, and upload it again.")
UNNAMED = N_("document")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken in: a code for programs, a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that was taken in: what to call it, its address in the store, its size in bytes, its media type."""

    display_name: str
    sha256: str
    size: int
    media_type: str


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


def can_be_read(data: bytes) -> Refusal | None:
    """Refuse what is neither PDF, Word file nor JPEG or PNG picture, and say what to do about the usual mistakes."""
    if kind_of_file(data) is not None:
        return Refusal("macros", MACROS) if has_macros(data) else None
    known = (
        (is_heic, Refusal("heic", HEIC)),
        (is_locked_office_file, Refusal("encrypted", LOCKED)),
        (is_old_office_file, Refusal("old_office", OLD_OFFICE)),
    )
    return next((refusal for fits, refusal in known if fits(data)), Refusal("not_taken", NOT_TAKEN))


def not_too_many_pixels(data: bytes) -> Refusal | None:
    """Refuse a picture that swells when it is opened, by the size that it states; one that states none is damaged."""
    if kind_of_file(data) not in PICTURES:
        return None
    size = picture_size(data)
    if size is None or 0 in size:
        return Refusal("damaged", DAMAGED)
    return Refusal("too_many_pixels", TOO_MANY_PIXELS) if size[0] * size[1] > MOST_PIXELS else None


CHECKS: tuple[Check, ...] = (not_empty, not_too_large, not_a_program, can_be_read, not_too_many_pixels)


def take_in(filename: str, data: bytes) -> Accepted | Refusal:
    """Run every check in order; the first refusal wins."""
    refusal = next((refusal for check in CHECKS if (refusal := check(data)) is not None), None)
    if refusal is not None:
        return refusal
    kind = kind_of_file(data)
    assert kind is not None, "checked above"
    name = rightly_ended(display_name(filename), kind)
    return Accepted(name, hashlib.sha256(data).hexdigest(), len(data), MEDIA_TYPES[kind])


def rightly_ended(name: str, kind: Kind) -> str:
    """The name with the ending of its true kind, so that whoever saves the file opens it with the right program."""
    return name if name.casefold().endswith(ENDINGS[kind]) else f"{name}{ENDINGS[kind][0]}"


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
