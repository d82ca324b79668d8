"""The very same file from two suppliers is a question for the reviewer, once both have sent it in."""

from types import SimpleNamespace

import pytest

from compliance.assessments import State
from compliance.storage.models import AnswerDocument
from compliance.storage.queries.duplicates import same_file_elsewhere
from tests.conftest import BOTH_DATABASES
from tests.rows import build_assessment, build_contact, build_document, days

SHA = "c" * 64


def give(rows, *, sent: bool, sha256: str = SHA) -> SimpleNamespace:
    """A supplier with the document in a round, sent in or still a draft."""
    contact = build_contact(rows)
    state = State.SUBMITTED if sent else State.ANSWERING
    assessment = build_assessment(rows, contact, state=state, submitted_at=days(1) if sent else None)
    document = build_document(rows, contact.supplier, sha256=sha256)
    rows.add(
        AnswerDocument(
            assessment_id=assessment.id, question_id="q", document_id=document.id, attached_at=days(0)
        )
    )
    rows.flush()
    return SimpleNamespace(document=document, assessment=assessment, supplier=contact.supplier)


@pytest.fixture
def rows(app):
    from compliance.extensions import db

    with app.app_context():
        yield db.session()
        db.session.rollback()


@BOTH_DATABASES
def test_the_same_file_sent_in_by_another_supplier_is_found(rows):
    mine, other, third = give(rows, sent=True), give(rows, sent=True), give(rows, sent=True, sha256="d" * 64)
    (found,) = same_file_elsewhere(rows, {mine.document.id, third.document.id})
    assert (found.document, found.other) == (mine.document, other.document)
    assert found.other.supplier is other.supplier


def test_a_draft_of_another_supplier_is_not_told_of(rows):
    mine = give(rows, sent=True)
    give(rows, sent=False)
    assert same_file_elsewhere(rows, {mine.document.id}) == []


def test_what_was_attached_after_it_was_sent_in_is_still_a_draft(rows):
    mine, other = give(rows, sent=True), give(rows, sent=True)
    other.assessment.submitted_at = days(-1)
    rows.flush()
    assert same_file_elsewhere(rows, {mine.document.id}) == []


def test_without_documents_nothing_is_asked(rows):
    give(rows, sent=True)
    assert same_file_elsewhere(rows, set()) == []
