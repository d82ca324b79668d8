"""The supplier's page of a document: what was read and where, its own word beside it, answers filled in by a click."""

from pathlib import Path

import pytest

from compliance.assessments import State
from compliance.evidence.store import FolderStore
from compliance.storage.models import Answer, AnswerDocument, CheckedFact, Event
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.suppliers_side import answer_everything
from tests.integration.supplier.forms import Browser, Form
from tests.rows import NOW, build_document, build_fact

SAMPLES = Path(__file__).parents[2] / "evidence_files"
BOX = [70.0, 200.0, 300.0, 215.0]
USE = '/use"'
CERTIFIED, LAST_DAY = "iso_45001_certified", "iso_45001_valid_until"


@pytest.fixture
def document(rows, company, settings):
    """A certificate that was read, held up for the question whether there is one."""
    content = (SAMPLES / "certificate_sv_value_beside_label.pdf").read_bytes()
    row = build_document(
        rows, company.assessment.supplier, sha256=FolderStore(settings.uploads).put(content), facts={}
    )
    row.pages, row.kind, row.names_supplier = 1, "certificate", True
    build_fact(rows, row, field="document_type", value="certificate")
    build_fact(rows, row, value="2028-06-05", quote="Giltigt till 2028-06-05", box=BOX)
    answer_everything(rows(), company.assessment, now=NOW)
    rows.query(Answer).filter_by(question_id=LAST_DAY).delete()
    place = {"assessment_id": company.assessment.id, "question_id": CERTIFIED}
    rows.add(AnswerDocument(document_id=row.id, attached_at=NOW, **place))
    rows.flush()
    return row


def address(document) -> str:
    return f"/supplier/documents/{document.id}/facts"


def told(document, do: str, *, seen: int = 0, **more: str) -> dict[str, str]:
    return {"line": "1", "field": "valid_until", "about": "2028-06-05", "seen": str(seen), "do": do, **more}


def test_the_page_shows_the_place_of_a_fact_in_a_picture_and_in_words(kim, document):
    page = kim.get(address(document)).text
    assert f'href="/supplier/documents/{document.id}/pages/1"' in page
    assert "Giltigt till 2028-06-05" in page
    assert 'class="page-frame" x="67.0"' in page
    assert "style=" not in page


def test_the_picture_is_served_in_a_sandbox_to_nobodys_cache(kim, document):
    answer = kim.get(f"/supplier/documents/{document.id}/pages/1")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = kim.get(
        f"/supplier/documents/{document.id}/pages/1", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert kim.get(f"/supplier/documents/{document.id}/pages/7").status_code == 404


def test_another_supplier_finds_nothing(app, document, other_company):
    other = Browser(app).become(other_company.user)
    assert other.get(address(document)).status_code == 404
    assert other.get(f"/supplier/documents/{document.id}/pages/1").status_code == 404
    assert other.post(address(document), told(document, "confirm")).status_code == 404
    assert other.post(f"/supplier/documents/{document.id}/use", {}).status_code == 404


def test_an_infected_document_is_shown_to_nobody(kim, rows, document):
    document.file.scan_state = "infected"
    assert kim.get(address(document)).status_code == 404
    assert kim.get(f"/supplier/documents/{document.id}/pages/1").status_code == 404


@BOTH_DATABASES
def test_a_correction_is_kept_beside_what_was_read(kim, rows, document):
    answer = kim.post(address(document), told(document, "correct", **{"value-1": "2029-01-01"}))
    assert answer.status_code == 302
    word = rows.query(CheckedFact).one()
    assert (word.role, word.about, word.value, word.revision) == ("supplier", "2028-06-05", "2029-01-01", 1)
    assert [fact.value for fact in document.facts] == ["certificate", "2028-06-05"]
    event = rows.query(Event).filter_by(name="fact_corrected").one()
    assert event.draft
    assert "2029" not in str(event.payload)


def test_saying_the_same_again_changes_nothing_and_an_old_page_does_not_overwrite(kim, rows, document):
    for _ in range(2):
        kim.post(address(document), told(document, "confirm"))
    assert rows.query(CheckedFact).one().revision == 1
    kim.post(address(document), told(document, "correct", **{"value-1": "2029-01-01"}))
    assert rows.query(CheckedFact).one().value == "2028-06-05"
    kim.post(address(document), told(document, "correct", seen=1, **{"value-1": "2029-01-01"}))
    assert rows.query(CheckedFact).one().value == "2029-01-01"


def test_what_is_no_day_is_refused_at_its_field_and_kept(kim, rows, document):
    answer = kim.post(address(document), told(document, "correct", line=str(document.facts[1].id), **{
        f"value-{document.facts[1].id}": "nästa år"
    }))  # fmt: skip
    assert answer.status_code == 422
    assert 'value="nästa år"' in answer.text
    assert f'id="value-{document.facts[1].id}-error"' in answer.text
    assert rows.query(CheckedFact).count() == 0


def test_after_it_was_sent_in_the_supplier_cannot_change_its_word(kim, rows, company, document):
    company.assessment.state, company.assessment.submitted_at = State.SUBMITTED, NOW
    kim.post(address(document), told(document, "confirm"))
    assert rows.query(CheckedFact).count() == 0
    assert 'value="confirm"' not in kim.get(address(document)).text


def test_an_unclear_day_is_asked_with_both_days(kim, rows, document):
    document.facts[1].value, document.facts[1].warnings = "2028-06-05", ["ambiguous_date"]
    rows.commit()
    page = kim.get(address(document)).text
    assert 'value="day:2028-06-05"' in page
    assert 'value="day:2028-05-06"' in page
    kim.post(address(document), told(document, "day:2028-05-06"))
    assert rows.query(CheckedFact).one().value == "2028-05-06"


def offer(page: str) -> dict[str, str]:
    return dict(Form(page, "/use").fields.items())


def test_what_was_read_becomes_the_answer_on_one_click_and_never_by_itself(kim, rows, company, document):
    page = kim.get(address(document)).text
    assert rows.query(Answer).filter_by(question_id=LAST_DAY).count() == 0
    assert kim.post(f"/supplier/documents/{document.id}/use", offer(page)).status_code == 302
    assert rows.query(Answer).filter_by(question_id=LAST_DAY).one().value == "2028-06-05"
    assert USE not in kim.get(address(document)).text


def test_an_answer_that_changed_in_the_meantime_is_not_overwritten(kim, rows, company, document):
    form = offer(kim.get(address(document)).text)
    rows.add(
        Answer(
            assessment_id=company.assessment.id,
            question_id=LAST_DAY,
            state="answered",
            value="2027-01-01",
            saved_at=NOW,
        )
    )
    kim.post(f"/supplier/documents/{document.id}/use", form)
    assert rows.query(Answer).filter_by(question_id=LAST_DAY).one().value == "2027-01-01"


def test_a_fact_with_a_warning_is_not_offered_until_the_supplier_has_said_what_it_is(kim, rows, document):
    document.facts[1].warnings = ["ambiguous_date"]
    assert USE not in kim.get(address(document)).text
    kim.post(address(document), told(document, "day:2028-05-06"))
    assert "2028-05-06" in kim.get(address(document)).text.split(USE)[0]


@pytest.mark.parametrize("do", ["", "shout"])
def test_a_form_without_a_button_is_a_bad_request(kim, document, do):
    assert kim.post(address(document), told(document, do)).status_code == 400
