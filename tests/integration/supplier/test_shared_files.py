"""Two suppliers who send and withdraw the same file at the same moment: no row is ever without its file."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from compliance.evidence.store import FolderStore, StoreError
from compliance.extensions import db
from compliance.storage.models import Assessment, Document, StoredFile, User
from compliance.workflow.answering import journey_of
from compliance.workflow.proving import NOT_STORED, Upload, give_file, take_away
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW

QUESTION = "f_tax"
UPLOAD = Upload("intyg.pdf", b"%PDF-1.7 samma fil")
ROUNDS = 12


class FullDisk(FolderStore):
    """A store on a disk that is full."""

    def put(self, data: bytes) -> str:
        raise StoreError("No space left on device")


@BOTH_DATABASES
def test_sending_and_withdrawing_at_once_never_loses_a_file_that_is_owned(
    app, company, other_company, tmp_path
):
    store = FolderStore(tmp_path / "uploads")
    people = [(one.assessment.id, one.user.id) for one in (company, other_company)]
    db.session.commit()
    barrier = Barrier(len(people))

    def give_and_take(who: tuple[int, int]) -> None:
        for number in range(ROUNDS):
            barrier.wait(timeout=30)
            with app.app_context():
                session = db.session()
                assessment, user = session.get_one(Assessment, who[0]), session.get_one(User, who[1])
                item = journey_of(session, assessment, now=NOW).item(QUESTION)
                if number % 2 == who[0] % 2:
                    give_file(session, assessment, item, UPLOAD, store=store, by=user, now=NOW)
                elif (
                    document := session.query(Document).filter_by(supplier_id=assessment.supplier_id).first()
                ):
                    take_away(session, assessment, item, document, store=store, by=user, now=NOW)
                session.commit()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(give_and_take, people))
    owned = [row.sha256 for row in db.session.query(StoredFile)]
    assert all(sha256 in store for sha256 in owned)
    assert len(owned) == sum(1 for path in store.folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("rows")
def test_a_full_disk_is_told_and_leaves_no_row(company, tmp_path):
    session = db.session()
    item = journey_of(session, company.assessment, now=NOW).item(QUESTION)
    outcome = give_file(
        session, company.assessment, item, UPLOAD, store=FullDisk(tmp_path), by=company.user, now=NOW
    )
    assert outcome.sentence == NOT_STORED
    assert session.query(Document).count() == session.query(StoredFile).count() == 0
