"""Workbooks: what an uploaded file must pass before anything parses it: kind, size, and how far it unpacks."""

import io

from compliance.suppliers.archives import ArchiveError, Limits, measure
from compliance.web.workbooks.model import WorkbookError

LARGEST_FILE = 5 * 1024 * 1024
LIMITS = Limits(parts=400, unpacked=12 * 1024 * 1024, part=8 * 1024 * 1024, steepest=150)
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
NEEDED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})


def guard(data: bytes) -> None:
    """Raise `WorkbookError` for what is no workbook, or would unpack to more than one can be."""
    if not data:
        raise WorkbookError("empty")
    if len(data) > LARGEST_FILE:
        raise WorkbookError("too_large")
    if data.startswith(OLE):
        raise WorkbookError("old_or_locked")
    if not data.startswith(ZIP):
        raise WorkbookError("not_a_workbook")
    try:
        parts = measure(io.BytesIO(data), LIMITS)
    except ArchiveError as refused:
        raise WorkbookError("unpacks_too_large" if refused.code == "too_large" else "broken") from None
    if not parts.keys() >= NEEDED:
        raise WorkbookError("not_a_workbook")
