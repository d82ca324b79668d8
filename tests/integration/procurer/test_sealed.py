"""The pages of a document that is opened once: what opening means, the one time, and that it is gone."""

import pytest

from compliance import clock
from compliance.evidence.store import open_store
from compliance.storage.models import Document, FileSeal
from compliance.workflow.sealing import destroy_keys, seal_if_private
from tests.integration.procurer.test_documents import CONTENT, send_in
from tests.rows import build_staff
from tests.visitors import Visitor


@pytest.fixture
def slip(app, rows, invited):
    """A sealed document that was sent in; its address."""
    document = rows().get(Document, send_in(app, rows, invited, facts={}, kind="pay_slip"))
    seal_if_private(rows(), document, open_store(app.config["SETTINGS"].uploads), now=clock.now())
    rows.commit()
    return f"/documents/{document.id}"


def test_looking_at_the_page_opens_nothing(desk, rows, slip):
    assert desk.get(slip).location == f"{slip}/sealed"
    assert "opened once" in desk.get(f"{slip}/sealed").text
    assert rows.query(FileSeal).one().opened_at is None


def test_the_one_who_opens_it_gets_the_file_and_another_does_not(app, desk, rows, slip):
    answer = desk.post(f"{slip}/open")
    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other = build_staff(rows, locale="en")
    rows.commit()
    late = Visitor(app).become(other)
    assert late.post(f"{slip}/open").location == f"{slip}/sealed"
    assert "somebody else has" in late.get(f"{slip}/sealed").text


def test_a_reader_cannot_open_it(app, rows, slip):
    reader = build_staff(rows, "reader")
    rows.commit()
    assert Visitor(app).become(reader).post(f"{slip}/open").status_code == 403


def test_when_the_key_is_gone_the_page_says_so(desk, rows, slip):
    desk.post(f"{slip}/open")
    seal = rows.query(FileSeal).one()
    destroy_keys(rows(), now=seal.ends_at)
    rows.commit()
    assert desk.post(f"{slip}/open").location == f"{slip}/sealed"
    assert "key has been destroyed" in desk.get(f"{slip}/sealed").text
