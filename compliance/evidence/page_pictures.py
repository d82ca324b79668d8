"""Step 4, evidence: pages of stored documents as pictures, drawn once by a limited child process and then kept.

A picture is kept beside its original under that file's address and page, and goes with it.
"""

import json
import os
import signal
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from compliance.evidence.confinement import WITH_OCR
from compliance.evidence.sandbox import READY, command, run_child
from compliance.evidence.store import PICTURES, FolderStore

CHILD = "compliance.evidence.page_child"
LIMITS = replace(WITH_OCR, cpu=40, wall=60.0, output=20_000_000)
AT_ONCE = 2  # children of one process
PATIENCE = 30.0  # seconds to wait for the others
MOST_PAGES = 600
_OUT_OF_BOUNDS = frozenset({3, -signal.SIGXCPU})
PNG = b"\x89PNG\r\n\x1a\n"
_drawing = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture (PNG), its size in points; or the paragraphs around a place in a Word file.

    `looked` is false where the page is a picture and nothing here could look for personal identity numbers in it;
    `masked` is how many were painted over. A paragraph is its text, and whether it is the one asked for.
    """

    png: bytes
    width: float = 0.0
    height: float = 0.0
    masked: int = 0
    looked: bool = True
    paragraphs: tuple[tuple[str, bool], ...] = ()


def page_picture(store: FolderStore, sha256: str, page: int) -> PagePicture | None:
    """A page (from 1; of a Word file a paragraph's number). None when it cannot be drawn, now or ever."""
    if not 1 <= page <= MOST_PAGES:
        return None
    kept = _address(store, sha256, page)
    if kept.is_file():
        return _read(kept.read_bytes())
    if not _drawing.acquire(timeout=PATIENCE):
        return None
    try:
        drawn = _draw(store.path(sha256), page)
    finally:
        _drawing.release()
    if drawn is None:
        return None
    _keep(kept, drawn)
    if sha256 not in store:  # it went while it was drawn, and its pictures with it
        kept.unlink(missing_ok=True)
    return _read(drawn)


def _address(store: FolderStore, sha256: str, page: int) -> Path:
    return store.folder / PICTURES / store.path(sha256).parent.name / f"{sha256}-{page}"


def _draw(original: Path, page: int) -> bytes | None:
    """What the child said; an empty page for a file that takes too much, None for a fault that may pass."""
    try:
        with original.open("rb") as file:
            code, output = run_child(file, LIMITS, command(LIMITS, CHILD, str(page)))
    except OSError:
        return None
    if code in _OUT_OF_BOUNDS:
        return b"{}\n"
    told, ready, result = output.partition(READY)
    del told
    return result if code == 0 and ready and b"\n" in result else None


def _keep(target: Path, data: bytes) -> None:
    """Whole or not at all; a disk that is full only means that the page is drawn again."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".drawn-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return


def _read(data: bytes) -> PagePicture | None:
    """What the child has told of a hostile file is not taken unchecked."""
    line, _, png = data.partition(b"\n")
    try:
        told = json.loads(line)
        paragraphs = tuple((str(one["text"]), one["here"] is True) for one in told.get("paragraphs", ()))
        if paragraphs:
            return PagePicture(b"", paragraphs=paragraphs)
        if not png.startswith(PNG):
            return None
        size = float(told["width"]), float(told["height"])
        return PagePicture(png, *size, masked=int(told["masked"]), looked=told["looked"] is True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
