"""The same file twice at the same moment, a disk that fills up, and very many files at once."""

import os
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from compliance.evidence.store import FolderStore
from compliance.extensions import db
from compliance.storage.models import AnswerDocument, Assessment, Document, ReadingJob, StoredFile, User
from compliance.workflow.answering import journey_of
from compliance.workflow.proving import Received, Upload, give_file
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.test_intake import PDF, QUESTION, post
from tests.rows import NOW, build_assessment

UPLOAD = Upload("intyg.pdf", PDF)


def give(app, store, who: tuple[int, int], upload: Upload = UPLOAD):
    with app.app_context():
        session = db.session()
        assessment, user = session.get_one(Assessment, who[0]), session.get_one(User, who[1])
        item = journey_of(session, assessment, now=NOW).item(QUESTION)
        outcome = give_file(session, assessment, item, upload, store=store, by=user, now=NOW)
        assert isinstance(outcome, Received)
        session.commit()
        return outcome.is_known


@BOTH_DATABASES
@pytest.mark.parametrize("rounds", [1, 2], ids=["in one round", "in two rounds of one supplier"])
def test_the_same_file_twice_at_the_same_moment_is_one_document(app, company, tmp_path, rounds):
    store = FolderStore(tmp_path / "uploads")
    asked = company.assessment.questionnaires
    other = build_assessment(db.session, company.user.contact, questionnaires=asked, state="invited")
    ids = (company.assessment.id, other.id)[:rounds] * 4
    people = [(number, company.user.id) for number in ids]
    db.session.commit()
    barrier = Barrier(len(people))

    def at_once(who: tuple[int, int]) -> bool:
        barrier.wait(timeout=30)
        return give(app, store, who)

    with ThreadPoolExecutor(len(people)) as pool:
        known = list(pool.map(at_once, people))
    assert known.count(False) == 1
    session = db.session
    assert session.query(Document).count() == session.query(ReadingJob).count() == 1
    assert session.query(AnswerDocument).count() == rounds
    assert sum(1 for path in store.folder.rglob("*") if path.is_file()) == 1


def fill_up(folder: Path, size: int) -> str:
    """Try to store more than a process may write; says what happened and what was left."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from compliance.evidence.store import FolderStore, StoreError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "try:\n    FolderStore(Path(sys.argv[1])).put(b'x' * 100_000)\n"
        "except StoreError as problem:\n    print('refused', problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("size", [0, 1, 50_000])
def test_a_file_that_does_not_fit_is_not_half_stored(tmp_path, size):
    assert fill_up(tmp_path / "uploads", size).startswith("refused")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def small_disk(settings) -> Path:
    """A real file system of 64 KB under the uploads."""
    settings.uploads.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", settings.uploads], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {done.stderr.decode().strip()}")
    yield settings.uploads
    subprocess.run(["umount", settings.uploads], check=True)


def test_a_disk_that_fills_up_is_told_in_a_plain_sentence_and_leaves_nothing(kim, company, rows, small_disk):
    said = post(kim, company, file=("stor.pdf", PDF + bytes(200_000))).json
    assert len(said["refused"]) == 1
    assert said["refused"][0].startswith("stor.pdf: ")
    assert (
        rows.query(Document).count() == rows.query(StoredFile).count() == rows.query(ReadingJob).count() == 0
    )
    assert not [path for path in small_disk.rglob("*") if path.is_file()]
    assert post(kim, company, file=("liten.pdf", PDF)).json["refused"] == []


MOST_GROWTH = 500_000
"""Kibibytes."""


def most_memory():
    """The most that this process has ever held: the tests before this one included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("number", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_very_many_files_at_once_are_all_kept_and_queued(app, company, tmp_path, number):
    from compliance.workflow.reading import lease_next

    store = FolderStore(tmp_path / "uploads")
    company.assessment.questionnaires = dict(company.assessment.questionnaires)
    rounds = [company.assessment.id] + [
        build_assessment(
            db.session,
            company.user.contact,
            questionnaires=company.assessment.questionnaires,
            state="invited",
        ).id
        for _ in range(number // 10)
    ]
    user = company.user.id
    db.session.commit()
    sent = [((rounds[n // 10], user), Upload(f"{n}.pdf", PDF + str(n).encode())) for n in range(number)]
    before = most_memory()
    with ThreadPoolExecutor(12) as pool:
        known = list(pool.map(lambda one: give(app, store, *one), sent))
    assert not any(known)
    assert db.session.query(Document).count() == db.session.query(ReadingJob).count() == number
    leased = [lease_next(db.session(), now=NOW) for _ in range(number)]
    assert len({lease.document_id for lease in leased}) == number
    assert lease_next(db.session(), now=NOW) is None
    assert most_memory() - before < MOST_GROWTH
