"""Documents that wait are read once, by whichever worker takes them, and what was read is stored once."""

from datetime import timedelta
from pathlib import Path

import pytest

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.store import FolderStore
from compliance.jobs import documents
from compliance.jobs.documents import read_one
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Document, Event, FactRow, ReadingJob, StoredFile
from compliance.workflow import reading as read
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.installation import eventually
from tests.rows import NOW, build_document, build_reading_job

BOX = (1.0, 2.0, 3.0, 4.0)


def lease(app, now=NOW):
    with transaction(app) as session:
        return read.lease_next(session, now=now)


def waiting_document(app) -> int:
    with transaction(app) as session:
        return build_reading_job(session).document_id


def result(state: str = "read", *facts: Fact) -> Reading:
    return Reading(state, "0" * 64, pages=1, facts=facts)


def finish(app, held, outcome: Reading) -> bool:
    with transaction(app) as session:
        return read.finish(session, held, outcome, now=NOW)


def test_a_document_is_leased_to_one_reader_only(app):
    waiting_document(app)
    assert lease(app) is not None
    assert lease(app) is None


@BOTH_DATABASES
def test_facts_are_stored_once_even_when_two_readers_finish(app):
    document_id = waiting_document(app)
    first = lease(app)
    second = lease(app, NOW + read.LEASE + timedelta(seconds=1))
    fact = Fact("valid_until", "2026-12-31", 1, BOX, "Giltigt till 2026-12-31", 0.9)
    assert finish(app, second, result("read", fact))
    assert not finish(app, first, result("read", fact, fact))
    with reading(app) as session:
        assert session.query(FactRow).count() == 1
        document = session.get(Document, document_id)
        assert (document.state, document.read_at) == ("read", NOW)
        assert session.query(Event).filter_by(name="document_read").one().draft


def test_a_document_that_three_readers_failed_on_is_said_to_have_failed_on_our_side(app):
    document_id = waiting_document(app)
    now = NOW
    for _ in range(read.MOST_ATTEMPTS):
        assert lease(app, now) is not None
        now += read.LEASE + timedelta(seconds=1)
    assert lease(app, now) is None
    with reading(app) as session:
        assert session.get(ReadingJob, document_id).state == "failed"
        assert session.get(Document, document_id).state == "failed"


def test_a_fault_of_ours_is_tried_again_before_it_is_told(app, settings, monkeypatch):
    from compliance.jobs import documents

    document_id = waiting_document(app)
    monkeypatch.setattr(documents, "read_pdf", lambda *_: result("failed"))
    now = NOW
    for _ in range(read.MOST_ATTEMPTS):
        assert documents.read_one(app, moment=lambda at=now: at)
        with reading(app) as session:
            assert session.get(Document, document_id).state == "waiting"
        now += read.LEASE + timedelta(seconds=1)
    assert not documents.read_one(app, moment=lambda: now)
    with reading(app) as session:
        assert session.get(Document, document_id).state == "failed"


def test_an_expired_lease_is_put_back(app):
    document_id = waiting_document(app)
    lease(app)
    with transaction(app) as session:
        assert read.put_back_expired(session, now=NOW) == 0
        assert read.put_back_expired(session, now=NOW + read.LEASE + timedelta(seconds=1)) == 1
        assert session.get(ReadingJob, document_id).state == "waiting"


@BOTH_DATABASES
def test_a_reading_that_takes_long_keeps_its_lease(app):
    waiting_document(app)
    held = lease(app)
    later = NOW + read.LEASE - timedelta(seconds=1)
    with transaction(app) as session:
        assert read.renew(session, held, now=later)
        assert read.put_back_expired(session, now=later + timedelta(seconds=2)) == 0
    assert lease(app, later + timedelta(seconds=2)) is None
    second = lease(app, later + read.LEASE + timedelta(seconds=1))
    with transaction(app) as session:
        assert not read.renew(session, held, now=later)
        assert read.renew(session, second, now=later)


def test_the_lease_is_renewed_as_long_as_somebody_reads(app, monkeypatch):
    document_id = waiting_document(app)
    held = lease(app)
    monkeypatch.setattr(documents, "RENEW_SECONDS", 0.01)
    much_later = NOW + timedelta(hours=1)
    with documents._held(app, held, lambda: much_later):
        assert eventually(lambda: _leased_until(app, document_id) == much_later + read.LEASE, 10)


def _leased_until(app, document_id: int):
    with reading(app) as session:
        return session.get(ReadingJob, document_id).leased_until


@pytest.mark.slow
def test_a_real_certificate_is_read_from_the_store(app, settings, tmp_path: Path):
    from compliance.demo.papers import write_papers
    from compliance.demo.suppliers import names

    papers = {path.name: path for path in write_papers(tmp_path / "papers", names(), today=NOW.date())}
    data = papers["iso-45001-exempel-maleri.pdf"].read_bytes()
    sha256 = FolderStore(settings.uploads).put(data)
    with transaction(app) as session:
        session.add(StoredFile(sha256=sha256, size=len(data), media_type="application/pdf", created_at=NOW))
        session.flush()
        document_id = build_reading_job(session, build_document(session, sha256=sha256)).document_id
    assert read_one(app)
    assert not read_one(app)
    with reading(app) as session:
        facts = {row.field: row.value for row in session.get(Document, document_id).facts if row.is_answer}
    assert facts["valid_until"] == (NOW.date() + timedelta(days=45)).isoformat()
    assert facts["standard"].startswith("ISO 45001")
    assert facts["holder"].startswith("Exempel Måleri AB")
