"""A pay slip is encrypted once it has been read, opened once by one person, and then lost for good."""

import io
from datetime import timedelta

import pytest
from reportlab.pdfgen import canvas

from compliance.evidence.sealed import SEALED, view_once
from compliance.evidence.store import FolderStore, open_store
from compliance.jobs.documents import read_one
from compliance.jobs.ticks import tick
from compliance.jobs.transactions import reading, transaction
from compliance.storage.dumping import tables_of
from compliance.storage.models import Document, Event, FileSeal, StoredFile, User
from compliance.workflow.sealing import SealBrokenError, open_once
from compliance.workflow.verifying import broken_links
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_document, build_reading_job, build_staff

NAME = "Kim Exempelperson"
LINES = (
    f"Anställd: {NAME}",
    "Bruttolön 31 000 kr",
    "Preliminär skatt 8 100 kr",
    "Nettolön 22 900 kr",
    "Utbetalas 2026-02-25",
)


def pay_slip():
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.setFont("Helvetica-Bold", 22)
    page.drawString(60, 760, "Lönespecifikation")
    page.setFont("Helvetica", 11)
    for line, text in enumerate(LINES):
        page.drawString(60, 720 - 18 * line, text)
    page.save()
    return file.getvalue()


@pytest.fixture
def slip(app):
    """A pay slip that the worker has read; its id."""
    data = pay_slip()
    sha256 = FolderStore(app.config["SETTINGS"].uploads).put(data)
    with transaction(app) as session:
        session.add(StoredFile(sha256=sha256, size=len(data), media_type="application/pdf", created_at=NOW))
        document_id = build_document(session, sha256=sha256, name="lon.pdf").id
        build_reading_job(session, session.get_one(Document, document_id))
        build_staff(session), build_staff(session)
    assert read_one(app, moment=lambda: NOW)
    return document_id


def opened(app, document_id, who=0, now=NOW):
    with transaction(app) as session:
        staff = session.query(User).filter(User.email.is_not(None)).order_by(User.id).all()
        document = session.get_one(Document, document_id)
        return open_once(
            session, document, open_store(app.config["SETTINGS"].uploads), by=staff[who], now=now
        )


@BOTH_DATABASES
def test_nothing_readable_stays_in_the_store(app, slip):
    uploads = app.config["SETTINGS"].uploads
    files = [path.read_bytes() for path in uploads.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert not files[0].startswith(b"%PDF")
    with reading(app) as session:
        document = session.get_one(Document, slip)
        assert (document.kind, document.file.media_type) == ("pay_slip", SEALED)
        assert session.query(StoredFile).count() == 1


def test_nothing_that_was_read_names_the_person(app, slip):
    with reading(app) as session:
        facts = session.get_one(Document, slip).facts
        assert {fact.field for fact in facts} <= view_once().kept_facts
        assert not [fact for fact in facts if fact.quote or NAME in fact.value]


@BOTH_DATABASES
def test_it_is_opened_once_by_one_person(app, slip):
    assert opened(app, slip) == pay_slip_in(app, slip)
    assert opened(app, slip, now=NOW + timedelta(minutes=5)).startswith(b"%PDF")
    with pytest.raises(SealBrokenError):
        opened(app, slip, who=1, now=NOW + timedelta(minutes=5))


def pay_slip_in(app, document_id):
    """The content, by the key that is still there."""
    from compliance.evidence.sealed import unseal

    with reading(app) as session:
        document = session.get_one(Document, document_id)
        data = open_store(app.config["SETTINGS"].uploads).get(document.sha256)
        return unseal(session.get_one(FileSeal, document_id).key, data)


@BOTH_DATABASES
@pytest.mark.parametrize("was_opened", [True, False])
def test_the_key_is_destroyed_in_time_and_nobody_can_open_it_then(app, slip, was_opened):
    if was_opened:
        opened(app, slip)
    end = NOW + (view_once().open_for if was_opened else view_once().kept)
    tick(app, now=end)
    with reading(app) as session:
        assert session.get_one(FileSeal, slip).key is None
        assert session.query(Event).filter_by(name="seal_destroyed").count() == 1
        assert list(broken_links(session)) == []
    with pytest.raises(SealBrokenError):
        opened(app, slip, now=end)


def test_a_backup_holds_no_key(app, slip):
    from compliance.extensions import db

    with app.app_context(), db.engine.connect() as connection:
        assert "file_seal" not in tables_of(connection)


def test_an_ordinary_document_is_left_as_it_is(app):
    with transaction(app) as session:
        document = build_document(session, facts={"document_type": "certificate"}, kind="certificate")
        from compliance.workflow.sealing import seal_if_private

        assert not seal_if_private(session, document, open_store(app.config["SETTINGS"].uploads), now=NOW)
