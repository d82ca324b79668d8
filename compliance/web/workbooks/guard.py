"""Workbooks: what an uploaded file must pass before anything parses it: kind, size, and how far it unpacks."""

import io
import re
import zipfile
import zlib

from compliance.web.workbooks.model import WorkbookError

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CONTENT = 12 * 1024 * 1024
LARGEST_PART = 8 * 1024 * 1024
MOST_PARTS = 400
STEEPEST, SMALL = 150, 512 * 1024
"""No part larger than `SMALL` may be more than so many times its packed size."""

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
CHUNK = 65_536
NEEDED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


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
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _guard_parts(parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, WorkbookError):
            raise
        raise WorkbookError("broken") from None


def _guard_parts(parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    names = [part.filename for part in listed]
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_CONTENT:
        raise WorkbookError("unpacks_too_large")
    if not set(names) >= NEEDED:
        raise WorkbookError("not_a_workbook")
    if len(set(names)) != len(names):
        raise WorkbookError("broken")
    left = LARGEST_CONTENT
    for part in listed:
        left -= _unpack(parts, part, min(left, LARGEST_PART))


def _unpack(parts: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """The true size of a part, whatever the file says about it."""
    size, tail = 0, b""
    with parts.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most or (size > SMALL and size > STEEPEST * max(part.compress_size, 1)):
                raise WorkbookError("unpacks_too_large")
            if DECLARES.search(tail + chunk):
                raise WorkbookError("broken")
            tail = chunk[-16:]
    return size
