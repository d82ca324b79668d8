"""The own copy: an accessible PDF and a documented JSON of what was sent in, the same for supplier and procurer."""

import io
import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from compliance.assessments import State
from compliance.storage.models import Answer, PaperEntry, SecrecyRequest
from compliance.web.reports import sending
from compliance.web.reports.typesetting import TypesettingError
from compliance.workflow.record import Record
from compliance.workflow.submitting import receipt_head
from tests.integration.supplier.forms import Browser
from tests.integration.supplier.sent_in import send_in
from tests.rows import NOW, build_assessment, build_staff, days

SCHEMA = Path(__file__).parents[3] / "docs" / "own-copy.schema.json"
SIZE = "employees_in_sweden"


@pytest.fixture
def sent(rows, company):
    send_in(rows, company)
    rows.commit()
    return company


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def check_accessible(pdf: bytes, language: str) -> None:
    """As far as PDF/UA can be seen without a validator."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert "/StructTreeRoot" in root
        assert root.MarkInfo.Marked
        assert str(root.Lang).startswith(language)
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"]
        assert all("/Tabs" in page or "/Annots" not in page for page in document.pages)


def test_before_sending_in_there_is_no_own_copy(kim, company):
    for form in ("pdf", "json"):
        assert kim.get(f"{company.address}/answers.{form}").status_code == 404


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_is_tagged_titled_and_in_the_readers_language(kim, sent, language):
    kim.get(f"/language/{language}")
    answer = kim.get(f"{sent.address}/answers.pdf")
    assert answer.mimetype == "application/pdf"
    check_accessible(answer.data, language)


def test_what_was_typed_is_text_in_the_pdf_and_never_markup(kim, sent, rows):
    text = " ".join(text_of(kim.get(f"{sent.address}/answers.pdf").data).split())
    assert "#set page(width: 1cm) = rubrik *fet* $x$ @ref <etikett>" in text
    assert '#read("/etc/passwd")' in text
    assert "[grinning face]" in text
    assert "[U+6F22]" in text
    assert receipt_head(rows, sent.assessment) in text.replace(" ", "")
    assert "Kim Kontakt, Vd" in text


def test_the_json_holds_every_answer_document_and_the_receipt_mark(kim, sent, rows):
    record = Record.model_validate_json(kim.get(f"{sent.address}/answers.json").data)
    assert record.submission.receipt_mark == receipt_head(rows, sent.assessment)
    answers = [answer for section in record.sections for answer in section.answers]
    assert len(answers) == rows.query(Answer).count()
    assert any("😀" in answer.comment for answer in answers)
    (document,) = record.documents
    assert {fact.field: fact.value for fact in document.facts}["valid_until"] == "2027-01-31"
    assert sum(document.sha256 in answer.documents for answer in answers) == 2


def test_the_json_is_described_by_its_schema():
    described = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert described == Record.model_json_schema(), "docs/own-copy.schema.json: make it again from Record"


def test_a_sole_traders_number_is_masked_everywhere(kim, rows, company):
    company.assessment.supplier.identity_kind = "sole_trader"
    company.assessment.supplier.identity_number = "8112189876"
    send_in(rows, company)
    for form in ("json", "pdf"):
        data = kim.get(f"{company.address}/answers.{form}").data
        shown = text_of(data) if form == "pdf" else data.decode()
        assert "811218" not in shown
        assert "9876" not in shown


def test_a_wish_for_secrecy_stands_beside_the_answer(kim, rows, company):
    asked = {"assessment_id": company.assessment.id, "question_id": SIZE, "covers": "answer"}
    rows.add(SecrecyRequest(reason="Affärshemlighet", asked_at=days(0), **asked))
    send_in(rows, company)
    record = Record.model_validate_json(kim.get(f"{company.address}/answers.json").data)
    (answer,) = (a for section in record.sections for a in section.answers if a.id == SIZE)
    assert answer.secrecy.reason == "Affärshemlighet"
    assert "Affärshemlighet" in text_of(kim.get(f"{company.address}/answers.pdf").data)


def test_confirmed_answers_and_those_from_paper_say_so(kim, rows, company):
    anna, earlier = build_staff(rows), build_assessment(rows, company.assessment.contact, state=State.CLOSED)
    paper = {
        "received_on": NOW.date(),
        "reason": "Har ingen dator",
        "started_by_id": anna.id,
        "sent_in_at": NOW,
    }
    rows.add(PaperEntry(assessment_id=company.assessment.id, started_at=NOW, **paper))
    place = {"assessment_id": company.assessment.id, "saved_at": NOW, "state": "answered"}
    rows.add(Answer(question_id=SIZE, value="8", confirmed_from_id=earlier.id, **place))
    rows.add(Answer(question_id="employees_total", value="8", answered_by_id=anna.id, **place))
    send_in(rows, company)
    record = Record.model_validate_json(kim.get(f"{company.address}/answers.json").data)
    answers = {answer.id: answer for section in record.sections for answer in section.answers}
    assert answers[SIZE].confirmed_from == earlier.id
    assert [name for name, answer in answers.items() if answer.on_paper] == ["employees_total"]
    assert record.submission.on_paper.reason == "Har ingen dator"
    assert "Har ingen dator" in text_of(kim.get(f"{company.address}/answers.pdf").data)


def test_the_procurer_gets_the_same_record_and_never_a_draft(app, kim, sent, rows):
    anna = Browser(app).become(build_staff(rows))
    path = f"/assessments/{sent.assessment.id}/record"
    assert anna.get(f"{path}.json").data == kim.get(f"{sent.address}/answers.json").data
    sent.assessment.state = State.SENT_BACK
    rows.query(Answer).first().comment = "Nytt utkast"
    assert "Nytt utkast" not in anna.get(f"{path}.json").text
    assert anna.get(f"{path}.pdf").status_code == 200


def test_the_procurer_gets_no_record_before_it_is_sent_in(app, company, rows):
    anna = Browser(app).become(build_staff(rows))
    for form in ("pdf", "json"):
        assert anna.get(f"/assessments/{company.assessment.id}/record.{form}").status_code == 404


def test_a_document_that_cannot_be_made_says_so_with_a_number(kim, sent, monkeypatch):
    def fails(template, content):
        raise TypesettingError("record: no document after 30 seconds")

    monkeypatch.setattr(sending, "typeset", fails)
    answer = kim.get(f"{sent.address}/answers.pdf")
    assert answer.status_code == 503
    assert "error-reference" in answer.text
