"""Versions: a newer one takes the older one's place where answers are open, and nowhere else."""

import pytest

from compliance.assessments import State
from compliance.extensions import db
from compliance.storage.models import AnswerDocument, Document, Event, StoredFile
from compliance.workflow.replacing import versions_before
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.forms import Browser
from tests.integration.supplier.test_intake import ANOTHER, PDF, QUESTION, post
from tests.rows import build_assessment, days

NEWER = PDF + b"\n% newer"
NEWEST = PDF + b"\n% newest"


@pytest.fixture
def old(kim, company, rows) -> Document:
    """A document given for two answers."""
    post(kim, company, file=("intyg-2025.pdf", PDF))
    post(kim, company, ANOTHER, file=("intyg-2025.pdf", PDF))
    return rows.query(Document).one()


def replace(kim, company, old: Document, data: bytes, name: str = "intyg-2026.pdf"):
    said = post(kim, company, **{f"replace__{old.id}": (name, data)}).json
    db.session.expire_all()
    return said


def shown(company) -> set[tuple[str, str]]:
    uses = db.session.query(AnswerDocument).filter_by(assessment_id=company.assessment.id)
    return {(use.question_id, use.document.name) for use in uses}


@BOTH_DATABASES
def test_a_newer_version_takes_every_open_place_and_keeps_the_older_one(kim, company, rows, old):
    said = replace(kim, company, old, NEWER)
    assert said["refused"] == []
    assert "intyg-2025.pdf" in said["panel"]
    assert shown(company) == {(QUESTION, "intyg-2026.pdf"), (ANOTHER, "intyg-2026.pdf")}
    new = rows.query(Document).filter_by(name="intyg-2026.pdf").one()
    assert new.replaces_id == old.id
    assert rows.query(StoredFile).count() == 2
    assert rows.query(Event).filter_by(name="document_replaced").count() == 2


@BOTH_DATABASES
def test_answers_that_were_sent_in_keep_the_older_version(kim, company, rows, old):
    sent = build_assessment(
        rows(), company.user.contact, state=State.SUBMITTED, submitted_at=days(1), questionnaires={}
    )
    use = AnswerDocument(assessment_id=sent.id, question_id=QUESTION, document_id=old.id, attached_at=days(0))
    rows.add(use)
    replace(kim, company, old, NEWER)
    (kept,) = rows.query(AnswerDocument).filter_by(assessment_id=sent.id)
    assert kept.document_id == old.id
    assert {name for _, name in shown(company)} == {"intyg-2026.pdf"}


def test_every_earlier_version_is_remembered_and_goes_with_the_newest(kim, company, rows, old):
    replace(kim, company, old, NEWER)
    replace(kim, company, rows.query(Document).filter_by(replaces_id=old.id).one(), NEWEST, "intyg-2027.pdf")
    newest = rows.query(Document).filter_by(name="intyg-2027.pdf").one()
    assert [one.name for one in versions_before(newest)] == ["intyg-2026.pdf", "intyg-2025.pdf"]
    for question in (QUESTION, ANOTHER):
        kim.post(f"{company.address}/answers/{question}/documents", {"remove": str(newest.id)})
    assert rows.query(Document).count() == rows.query(StoredFile).count() == 0


@pytest.mark.parametrize("data", [PDF, b"", b"MZ\x90"])
def test_what_cannot_replace_it_is_refused_and_leaves_the_old_one(kim, company, rows, old, data):
    assert len(replace(kim, company, old, data)["refused"]) == 1
    assert shown(company) == {(QUESTION, "intyg-2025.pdf"), (ANOTHER, "intyg-2025.pdf")}
    assert rows.query(Document).count() == 1


def test_an_earlier_version_cannot_replace_the_newer_one(kim, company, rows, old):
    replace(kim, company, old, NEWER)
    new = rows.query(Document).filter_by(replaces_id=old.id).one()
    assert len(replace(kim, company, new, PDF)["refused"]) == 1
    assert {name for _, name in shown(company)} == {"intyg-2026.pdf"}


def test_only_the_newest_version_is_offered_for_other_questions(kim, company, rows, old):
    replace(kim, company, old, NEWER)
    panel = kim.get(f"{company.address}/answers/f_tax_not_there/documents")
    assert panel.status_code == 404
    kim.post(f"{company.address}/answers/{ANOTHER}/documents", {"remove": str(_new(rows, old).id)})
    panel = kim.get(f"{company.address}/answers/{ANOTHER}/documents").text
    assert f'<option value="{_new(rows, old).id}">' in panel
    assert f'<option value="{old.id}">' not in panel


def _new(rows, old: Document) -> Document:
    return rows.query(Document).filter_by(replaces_id=old.id).one()


def test_another_suppliers_document_cannot_be_replaced(app, kim, company, other_company, rows, old):
    other = Browser(app).become(other_company.user)
    assert post(other, other_company, **{f"replace__{old.id}": ("x.pdf", NEWER)}).status_code == 404
    assert rows.query(Document).count() == 1


def test_a_document_that_was_sent_in_is_kept_when_it_is_taken_away_later(kim, company, rows, old):
    company.assessment.state, company.assessment.submitted_at = State.SENT_BACK, days(400)
    for question in (QUESTION, ANOTHER):
        kim.post(f"{company.address}/answers/{question}/documents", {"remove": str(old.id)})
    rows.expire_all()
    assert rows.query(AnswerDocument).count() == 0
    assert rows.query(Document).one().sent_in
