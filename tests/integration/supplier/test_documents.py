"""Documents: taken in or refused with a message at the field, shared, taken away, never lost, never leaked."""

from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from compliance.storage.models import AnswerDocument, Document, FactRow, ReadingJob, StoredFile
from tests.integration.supplier.forms import Browser
from tests.rows import build_fact

TAX = "working_conditions.tax_and_control"
QUESTION, ANOTHER = "f_tax", "tax_debts"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PROGRAM = b"MZ\x90\x00" + bytes(200)


def upload(kim: Browser, company, *files: tuple[str, bytes], question: str = QUESTION):
    sent = [FileStorage(BytesIO(data), name) for name, data in files]
    fields = {"csrf_token": kim.form_token(), "file": sent}
    return kim.send_multipart(f"{company.address}/answers/{question}/documents", fields)


@pytest.fixture
def uploads(settings) -> Path:
    return settings.uploads


def files_in(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def test_a_document_is_kept_queued_and_held_up_for_the_answer(kim, company, rows, uploads):
    answer = upload(kim, company, ("Rutin för skyddsrond.pdf", PDF))
    assert answer.status_code == 200
    assert "Rutin för skyddsrond.pdf" in answer.text
    assert "data-waiting" in answer.text
    document = rows.query(Document).one()
    assert document.state == "waiting"
    assert rows.query(ReadingJob).one().document_id == document.id
    assert (uploads / document.sha256[:2] / document.sha256).read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("faktura.pdf", PROGRAM, "program"),
        ("tom.pdf", b"", "tom"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50), "bild.pdf:"),
        ("stor.pdf", PDF + bytes(30_000_000 - len(PDF)), "25 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_at_its_field(kim, company, rows, name, data, words):
    form = kim.section(company.address, TAX)
    form.fields[f"{QUESTION}:comment"] = "Det här skrev jag just."
    answer = kim.send(form, {f"{QUESTION}:file": FileStorage(BytesIO(data), name), "next": "1"})
    assert answer.status_code == 422
    assert f'id="{QUESTION}:file-error"' in answer.text
    assert words in answer.text
    assert "Det här skrev jag just." in answer.text
    assert rows.query(Document).count() == 0


def test_more_than_a_request_may_hold_is_told_in_plain_words(kim, company):
    answer = upload(kim, company, ("enorm.pdf", PDF + bytes(34_000_000)))
    assert answer.status_code == 413
    assert "för stort" in answer.text


def test_the_same_file_sent_twice_is_one_document_that_serves_two_answers(kim, company, rows, uploads):
    upload(kim, company, ("a.pdf", PDF))
    upload(kim, company, ("b.pdf", PDF), question=ANOTHER)
    assert rows.query(Document).count() == 1
    assert rows.query(AnswerDocument).count() == 2
    assert files_in(uploads) == 1


def test_a_document_is_deleted_with_its_last_use(kim, company, rows, uploads):
    upload(kim, company, ("a.pdf", PDF))
    upload(kim, company, ("a.pdf", PDF), question=ANOTHER)
    document = rows.query(Document).one().id
    for question, left in ((QUESTION, 1), (ANOTHER, 0)):
        fields = {"remove": str(document)}
        kim.post(f"{company.address}/answers/{question}/documents", fields)
        assert (rows.query(Document).count(), files_in(uploads)) == (left, left)
    assert rows.query(StoredFile).count() == rows.query(ReadingJob).count() == 0


def test_a_file_that_another_supplier_sent_too_stays(app, kim, company, other_company, rows, uploads):
    upload(kim, company, ("a.pdf", PDF))
    other = Browser(app).become(other_company.user)
    upload(other, other_company, ("b.pdf", PDF))
    assert (rows.query(Document).count(), rows.query(StoredFile).count()) == (2, 1)
    mine = rows.query(Document).filter_by(supplier_id=company.assessment.supplier_id).one()
    kim.post(f"{company.address}/answers/{QUESTION}/documents", {"remove": str(mine.id)})
    assert (rows.query(Document).count(), files_in(uploads)) == (1, 1)


def test_a_document_given_before_can_be_chosen_and_taken_away_without_a_script(kim, company, rows):
    upload(kim, company, ("a.pdf", PDF))
    document = rows.query(Document).one()
    form = kim.section(company.address, TAX)
    assert kim.send(form, {"tax_debts:document": str(document.id), "next": "1"}).status_code == 302
    assert rows.query(AnswerDocument).count() == 2
    form = kim.section(company.address, TAX)
    assert kim.send(form, {"remove": f"tax_debts/{document.id}"}).status_code == 302
    assert rows.query(AnswerDocument).one().question_id == QUESTION


def test_the_own_file_is_given_back_as_a_download_in_a_sandbox(kim, company, rows):
    upload(kim, company, ("Rutin å.pdf", PDF))
    answer = kim.get(f"/supplier/documents/{rows.query(Document).one().id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_another_suppliers_document_is_not_found_and_cannot_be_held_up(
    app, kim, company, other_company, rows
):
    upload(kim, company, ("a.pdf", PDF))
    document = rows.query(Document).one().id
    other = Browser(app).become(other_company.user)
    assert other.get(f"/supplier/documents/{document}").status_code == 404
    path = f"{other_company.address}/answers/{QUESTION}/documents"
    assert other.post(path, {"document": str(document)}).status_code == 404
    assert other.post(path, {"remove": str(document)}).status_code == 404


def test_what_was_read_and_what_is_wrong_with_it_is_told(kim, company, rows):
    upload(kim, company, ("iso.pdf", PDF), question=ANOTHER)
    document = rows.query(Document).one()
    document.state = "read"
    rows.query(FactRow).delete()
    for field, value in (
        ("document_type", "certificate"),
        ("holder", "Annat Bolag AB"),
        ("valid_until", "2024-01-31"),
    ):
        build_fact(rows, document, field=field, value=value)
    page = kim.get(f"{company.address}/answers/{ANOTHER}/documents").text
    assert "data-waiting" not in page
    assert "Annat Bolag AB" in page
    assert "2024-01-31" in page
    assert "tone-bad" in page
