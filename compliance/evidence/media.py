"""Step 4, evidence: what kind of file it is, by its content and never by its name."""

import struct
from collections.abc import Callable
from typing import Literal

Kind = Literal["pdf", "jpeg", "png", "docx"]

MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "docx": (".docx",),
}
PICTURES: frozenset[Kind] = frozenset({"jpeg", "png"})
HEADER_WITHIN = 1024
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SIZED = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # the JPEG segments that hold width and height
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # segments without a length


def kind_of_file(data: bytes) -> Kind | None:
    """PDF, JPEG, PNG or Word (.docx); None for anything else."""
    return next((kind for kind, fits in _KINDS if fits(data)), None)


def is_heic(data: bytes) -> bool:
    """A picture as some phones keep it, which most programs cannot open."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def is_locked_office_file(data: bytes) -> bool:
    """An Office document that needs a password: it is packed into an old container."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def is_old_office_file(data: bytes) -> bool:
    """Word, Excel or PowerPoint before 2007."""
    return data.startswith(_OLE)


def has_macros(data: bytes) -> bool:
    """A Word file that brings programs along; names in a zip archive are plain text."""
    return data.startswith(_ZIP) and b"vbaProject.bin" in data


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as a JPEG or PNG file states them; None when it does not."""
    if data.startswith(b"\x89PNG"):
        return struct.unpack(">II", data[16:24]) if len(data) >= 24 else None  # noqa: PLR2004
    return _jpeg_size(data)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004
        marker = data[at + 1]
        if marker in _SIZED:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        bare = marker in _BARE or marker == 0xFF  # noqa: PLR2004
        at += (1 if marker == 0xFF else 2) if bare else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]  # noqa: PLR2004
    return None


def _is_docx(data: bytes) -> bool:
    return data.startswith(_ZIP) and b"[Content_Types].xml" in data and b"word/document.xml" in data


_KINDS: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    ("jpeg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("docx", _is_docx),
    ("pdf", lambda data: b"%PDF-" in data[:HEADER_WITHIN]),
)
