"""Step 1, suppliers: a workbook or Word file from outside is a zip archive, measured before anything opens it.

A small archive may unpack to gigabytes, and a few lines of XML with entities may grow likewise. Other steps use the
same door, each with its own limits.
"""

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

SMALL = 512 * 1024  # bytes; whatever a part so small is packed to is no harm
CHUNK = 65_536
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
LONGEST_DECLARATION = max(map(len, DECLARATIONS))


@dataclass(frozen=True, slots=True)
class Limits:
    """What an honest archive of its kind stays below: how many parts, how many bytes together and in one part.

    `steepest`: how many times its packed size a part may come to; the usual packing never reaches 1,100.
    """

    parts: int
    unpacked: int
    part: int
    steepest: int = 1_100


class ArchiveError(ValueError):
    """The archive is not opened. `code`: too_large beyond its limits, broken for what is damaged or dangerous."""

    def __init__(self, code: Literal["too_large", "broken"]) -> None:
        super().__init__(code)
        self.code = code


def measure(file: BinaryIO, limits: Limits) -> Mapping[str, int]:
    """Unpack every part once without keeping it; gives their true sizes in bytes by name. Raises `ArchiveError`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _measure_parts(archive, limits)
    except ArchiveError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise ArchiveError("broken") from None
    finally:
        file.seek(0)


def _measure_parts(archive: zipfile.ZipFile, limits: Limits) -> Mapping[str, int]:
    parts = archive.infolist()
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise ArchiveError("too_large")
    if len({part.filename for part in parts}) != len(parts):
        raise ArchiveError("broken")
    sizes: dict[str, int] = {}
    for part in parts:
        left = limits.unpacked - sum(sizes.values())
        sizes[part.filename] = _measure_part(archive, part, limits, most=min(left, limits.part))
    return sizes


def _measure_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits, *, most: int) -> int:
    """The true size of a part, whatever the archive says about it."""
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most or (size > SMALL and size > limits.steepest * max(part.compress_size, 1)):
                raise ArchiveError("too_large")
            if is_xml:
                text = tail + chunk.replace(b"\x00", b"").upper()
                if any(declaration in text for declaration in DECLARATIONS):
                    raise ArchiveError("broken")
                tail = text[-LONGEST_DECLARATION:]
    return size
