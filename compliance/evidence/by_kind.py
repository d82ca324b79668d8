"""Step 4, evidence: reads a file by what it is: PDF, picture or Word file (child process only)."""

import hashlib
import importlib
from dataclasses import replace

from compliance.evidence.document import read_document
from compliance.evidence.facts import Reading
from compliance.evidence.media import PICTURES, kind_of_file
from compliance.evidence.pdf_gate import NotRead

_LATE = {
    b"PK": ("compliance.evidence.word_reading", "encodings.cp437"),
    b"\xff\xd8": ("compliance.evidence.photo", "PIL.JpegImagePlugin", "PIL.PdfImagePlugin"),
    b"\x89P": (
        "compliance.evidence.photo",
        "PIL.PngImagePlugin",
        "PIL.JpegImagePlugin",
        "PIL.PdfImagePlugin",
    ),
}


def load_for(beginning: bytes) -> None:
    """Load the libraries for a file that begins so: once confined none can be loaded, and most files are PDFs."""
    for name in _LATE.get(beginning[:2], ()):
        importlib.import_module(name)


def read_file(data: bytes, *, ocr: bool = False) -> Reading:
    """Read a file whatever its kind; every outcome is a state of the reading. A picture is a document of one page."""
    kind = kind_of_file(data)
    if kind == "docx":
        from compliance.evidence.word_reading import read_word_file  # noqa: PLC0415

        return read_word_file(data)
    if kind not in PICTURES:
        return read_document(data, ocr=ocr)
    from compliance.evidence.photo import as_pdf  # noqa: PLC0415

    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return replace(read_document(as_pdf(data), ocr=ocr), sha256=sha256)
    except NotRead as outcome:
        return Reading(outcome.state, sha256)
