"""Step 4, evidence: a file is stored whole or not at all, once."""

import errno
import os

import pytest

from compliance.evidence.store import FolderStore, MemoryStore, NotStoredError, StoreError

DATA = b"%PDF-1.7 sample"


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return FolderStore(tmp_path) if request.param == "folder" else MemoryStore()


def test_what_is_stored_can_be_fetched_by_its_hash(store):
    address = store.put(DATA)
    assert address in store
    assert store.get(address) == DATA


def test_the_same_content_twice_is_one_file(tmp_path):
    store = FolderStore(tmp_path)
    assert store.put(DATA) == store.put(DATA)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_the_address_is_the_path(tmp_path):
    store = FolderStore(tmp_path)
    address = store.put(DATA)
    assert store.path(address) == tmp_path / address[:2] / address


def test_a_removed_file_is_gone_and_removing_again_does_nothing(store):
    address = store.put(DATA)
    store.remove(address)
    store.remove(address)
    assert address not in store
    with pytest.raises(NotStoredError):
        store.get(address)


@pytest.mark.parametrize("address", ["../../etc/passwd", "A" * 64, "ab", ""])
def test_an_address_cannot_be_a_path(tmp_path, address):
    with pytest.raises(ValueError, match="sha256"):
        FolderStore(tmp_path).get(address)


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError):
        FolderStore(tmp_path).put(DATA)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_half_written_file_is_written_again(tmp_path):
    store = FolderStore(tmp_path)
    address = store.put(DATA)
    store.path(address).write_bytes(DATA[:4])
    store.put(DATA)
    assert store.get(address) == DATA
