"""Intake: photos and Word files beside PDFs, files given before, pages that count, and what a scanner found."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from compliance.storage.models import AnswerDocument, Document, StoredFile
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.forms import JSON, Browser
from tests.unit.evidence.test_media import archive, picture

TAX = "working_conditions.tax_and_control"
QUESTION, ANOTHER = "f_tax", "tax_debts"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
WORD = archive("[Content_Types].xml", "word/document.xml")


def post(kim: Browser, company, question: str = QUESTION, **fields):
    """As the script does; `file` as (name, bytes)."""
    files = {
        name.replace("__", "/"): FileStorage(BytesIO(value[1]), value[0])
        if isinstance(value, tuple)
        else value
        for name, value in fields.items()
    }
    address = f"{company.address}/answers/{question}/documents"
    kim.client.environ_base["HTTP_ACCEPT"] = JSON["Accept"]
    try:
        return kim.send_multipart(address, {"csrf_token": kim.form_token(), **files})
    finally:
        del kim.client.environ_base["HTTP_ACCEPT"]


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("IMG_0012.JPG", picture("JPEG"), "image/jpeg"),
        ("skärm.png", picture("PNG"), "image/png"),
        ("rutin.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("intyg.pdf", PDF, "application/pdf"),
    ],
)
def test_photos_and_word_files_are_taken_in_and_given_back_as_what_they_are(
    kim, company, rows, name, data, media_type
):
    said = post(kim, company, file=(name, data)).json
    assert (said["refused"], said["told"]) == ([], [])
    assert name in said["panel"]
    document = rows.query(Document).one()
    assert (document.name, document.file.media_type) == (name, media_type)
    answer = kim.get(f"/supplier/documents/{document.id}")
    assert (answer.data, answer.mimetype) == (data, media_type)
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PDF[:0] + b"\0\0",
        b"\0\0\0\x18ftypheic" + bytes(9),
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04",
        b"{\\rtf1 x}",
    ],
)
def test_what_cannot_be_taken_is_told_and_leaves_nothing(kim, company, rows, settings, data):
    said = post(kim, company, file=("intyg.pdf", data)).json
    assert len(said["refused"]) == 1
    assert said["refused"][0].startswith("intyg.pdf: ")
    assert rows.query(Document).count() == rows.query(StoredFile).count() == 0
    assert not [path for path in settings.uploads.rglob("*") if path.is_file()]


def test_a_file_given_before_is_used_again_and_that_is_said(kim, company, rows):
    assert post(kim, company, file=("intyg.pdf", PDF)).json["told"] == []
    told = post(kim, company, ANOTHER, file=("kopia.pdf", PDF)).json["told"]
    assert len(told) == 1
    assert "kopia.pdf" in told[0]
    assert "intyg.pdf" in told[0]
    assert (rows.query(Document).count(), rows.query(AnswerDocument).count()) == (1, 2)


def test_without_a_script_the_page_says_that_a_file_was_given_before(kim, company):
    post(kim, company, file=("intyg.pdf", PDF))
    form = kim.section(company.address, TAX)
    sent = {f"{ANOTHER}:file": FileStorage(BytesIO(PDF), "kopia.pdf"), "stay": ANOTHER}
    page = kim.send(form, sent)
    assert page.status_code == 302
    assert "kopia.pdf" in kim.get(page.location).text


def test_a_file_more_than_there_may_be_is_refused_and_not_kept(kim, company, rows):
    for number in range(10):
        assert post(kim, company, file=(f"{number}.pdf", PDF + bytes([48 + number]))).json["refused"] == []
    assert len(post(kim, company, file=("en-till.pdf", PDF)).json["refused"]) == 1
    assert post(kim, company, file=("0.pdf", PDF + b"0")).json["refused"] == []  # it stands there already
    assert rows.query(Document).count() == rows.query(StoredFile).count() == 10


@BOTH_DATABASES
def test_the_pages_that_count_are_kept_with_the_answer_they_are_about(kim, company, rows):
    post(kim, company, file=("intyg.pdf", PDF))
    post(kim, company, ANOTHER, file=("intyg.pdf", PDF))
    document = rows.query(Document).one()
    panel = post(kim, company, **{f"pages__{document.id}": "sidorna 3–5"}).json["panel"]
    assert 'value="3–5"' in panel
    rows.expire_all()
    assert sorted((use.question_id, use.first_page, use.last_page) for use in rows.query(AnswerDocument)) == [
        (QUESTION, 3, 5),
        (ANOTHER, None, None),
    ]
    post(kim, company, **{f"pages__{document.id}": ""})
    rows.expire_all()
    assert {use.first_page for use in rows.query(AnswerDocument)} == {None}


def test_what_is_no_range_of_pages_is_refused_and_changes_nothing(kim, company, rows):
    post(kim, company, file=("intyg.pdf", PDF))
    document = rows.query(Document).one()
    post(kim, company, **{f"pages__{document.id}": "2"})
    assert len(post(kim, company, **{f"pages__{document.id}": "5-3"}).json["refused"]) == 1
    rows.expire_all()
    assert rows.query(AnswerDocument).one().first_page == 2


def test_an_infected_file_is_given_back_to_nobody_and_not_taken_again(kim, company, rows):
    post(kim, company, file=("intyg.pdf", PDF))
    document = rows.query(Document).one()
    document.file.scan_state = "infected"
    answer = kim.get(f"/supplier/documents/{document.id}")
    assert answer.status_code == 403
    assert PDF not in answer.data
    kim.post(f"{company.address}/answers/{QUESTION}/documents", {"remove": str(document.id)})
    assert rows.query(Document).count() == 0


def test_a_file_known_to_be_infected_is_refused_for_everybody(app, kim, company, other_company, rows):
    post(kim, company, file=("intyg.pdf", PDF))
    rows.query(StoredFile).one().scan_state = "infected"
    other = Browser(app).become(other_company.user)
    assert len(post(other, other_company, file=("b.pdf", PDF)).json["refused"]) == 1
    assert rows.query(Document).count() == 1
