"""Step 4, evidence: files by the hash of their content, written whole or not at all."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from compliance.evidence.facts import N_

NOT_STORED = N_("The file could not be stored just now, and nothing of it was kept. Try again in a while.")
PICTURES = ".pictures"
"""The folder of what was drawn from files, which goes with them."""

_ADDRESS = re.compile(r"[0-9a-f]{64}")


class StoreError(Exception):
    """The file could not be stored (disk full, no permission); nothing of it was left behind."""


class NotStoredError(KeyError):
    """No file with this address."""


class EvidenceStore(Protocol):
    """Keeps files by the sha256 of their content; storing the same content twice keeps one file."""

    def put(self, data: bytes) -> str:
        """Store and return the address; durable when this returns. Raises StoreError."""

    def get(self, sha256: str) -> bytes:
        """The content. Raises NotStoredError."""

    def remove(self, sha256: str) -> None:
        """Remove the file; nothing happens when it is not there."""

    def __contains__(self, sha256: str) -> bool:
        """Is there a file with this address?"""

    def __iter__(self) -> Iterator[str]:
        """The addresses of all files."""


class FolderStore:
    """Files in a folder: `ab/ab12...` by sha256; temporary file, fsync, rename, fsync of the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file is or would be. Raises ValueError for what is no address (so no path can be smuggled in)."""
        if not _ADDRESS.fullmatch(sha256):
            raise ValueError("not a sha256 in hexadecimal digits")
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Store and return the address; durable when this returns. Raises StoreError."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        try:
            if not self._is_whole(target, len(data)):
                self._write(target, data)
        except OSError as problem:
            raise StoreError(problem.strerror or "the file could not be stored") from problem
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content. Raises NotStoredError."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotStoredError(sha256) from None

    def remove(self, sha256: str) -> None:
        """Remove the file and the pictures of it; nothing happens when it is not there."""
        self.path(sha256).unlink(missing_ok=True)
        for picture in (self.folder / PICTURES / sha256[:2]).glob(f"{sha256}-*"):
            picture.unlink(missing_ok=True)

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in self.folder.glob("??/*") if _ADDRESS.fullmatch(path.name))

    @staticmethod
    def _is_whole(target: Path, size: int) -> bool:
        return target.is_file() and target.stat().st_size == size

    @staticmethod
    def _write(target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".incoming-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        _sync_folder(target.parent.parent)


def open_store(folder: Path) -> EvidenceStore:
    """The store that an installation keeps its files in."""
    return FolderStore(folder)


def _sync_folder(folder: Path) -> None:
    """A rename is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class MemoryStore:
    """Files in memory, for tests."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        """Keep and return the address."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._files[sha256] = data
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content. Raises NotStoredError."""
        try:
            return self._files[sha256]
        except KeyError:
            raise NotStoredError(sha256) from None

    def remove(self, sha256: str) -> None:
        """Forget the file; nothing happens when it is not there."""
        self._files.pop(sha256, None)

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._files))
