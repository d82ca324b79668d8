"""Step 4, evidence: the days on which a PDF says of itself that it was made and last changed (child process only)."""

import re
from datetime import date

import pypdfium2

_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def file_days(pdf: pypdfium2.PdfDocument) -> tuple[str, str]:
    """CreationDate and ModDate as ISO days, empty where not given or no day; anybody can write anything there."""
    return _day(_told(pdf, "CreationDate")), _day(_told(pdf, "ModDate"))


def _told(pdf: pypdfium2.PdfDocument, key: str) -> str:
    try:
        return str(pdf.get_metadata_value(key))
    except (pypdfium2.PdfiumError, ValueError):
        return ""


def _day(text: str) -> str:
    match = _DAY.match(text.strip())
    if match is None:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
