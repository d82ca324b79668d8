"""A file that a crash left without an owner goes with the first tick of the day; an owned one never does."""

from datetime import timedelta

from compliance import clock
from compliance.evidence.store import FolderStore
from compliance.extensions import db
from compliance.jobs.ticks import tick
from compliance.storage.models import KeptForm, StoredFile
from compliance.workflow.filing import sweep
from compliance.workflow.keeping import KEPT, keep_form
from tests.conftest import BOTH_DATABASES
from tests.rows import build_document


@BOTH_DATABASES
def test_only_files_without_a_row_are_removed(app, rows, tmp_path):
    store = FolderStore(tmp_path / "some")
    owned, lost = store.put(b"%PDF-1.7 owned"), store.put(b"%PDF-1.7 lost")
    build_document(rows, sha256=owned)
    rows.commit()
    assert sweep(db.engine, store) == 1
    assert (owned in store, lost in store) == (True, False)
    assert [row.sha256 for row in rows.query(StoredFile)] == [owned]
    assert sweep(db.engine, store) == 0


def test_the_first_tick_of_a_day_tidies_up(app, rows, settings, company):
    store, now = FolderStore(settings.uploads), clock.now()
    keep_form(rows(), company.assessment, "a.b", [("q:value", "1")], of=company.user, now=now)
    rows.commit()
    tick(app, now=now)
    lost = store.put(b"%PDF-1.7 lost")
    tick(app, now=now)
    assert lost in store
    tick(app, now=now + timedelta(days=1))
    assert lost not in store
    assert rows.query(KeptForm).count() == 1
    rows.commit()
    tick(app, now=now + KEPT + timedelta(days=1))
    assert rows.query(KeptForm).count() == 0
