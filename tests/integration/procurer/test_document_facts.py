"""Staff's page of a document: nothing before it was sent in; the procurer's word counts for score and days to come."""

from pathlib import Path

import pytest

from compliance import clock
from compliance.evidence.store import FolderStore
from compliance.storage.models import AuthenticityLook, CheckedFact, DueRow, Event, Scorecard, TextBand
from compliance.workflow.planning import valid_until_of
from compliance.workflow.questioning import questions_about
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.suppliers_side import answer_everything, attach, submit_answers
from tests.rows import build_fact, build_staff
from tests.visitors import Visitor

SAMPLES = Path(__file__).parents[2] / "evidence_files"
LAST = f"{clock.today().year + 1}-12-31"
QUESTION = "iso_45001_certified"
FACTS = {"document_type": "certificate", "standard": "ISO 45001:2018", "valid_until": "2024-01-31"}


@pytest.fixture
def use(rows, invited, settings):
    """A certificate that seems to have expired, in a round that is not sent in yet."""
    content = (SAMPLES / "certificate_sv_value_beside_label.pdf").read_bytes()
    sha256 = FolderStore(settings.uploads).put(content)
    answer_everything(rows(), invited, now=clock.now(), iso_45001_valid_until=LAST)
    row = attach(rows(), invited, QUESTION, now=clock.now(), sha256=sha256, facts=FACTS)
    row.document.names_supplier, row.document.pages = True, 1
    rows.commit()
    return row


@pytest.fixture
def sent(rows, invited, use):
    """The same, sent in."""
    submit_answers(rows(), invited, now=clock.now())
    rows.commit()
    return use


def address(use) -> str:
    return f"/documents/{use.document_id}/facts"


def word(do: str, typed: str = "") -> dict[str, str]:
    about = {"field": "valid_until", "about": "2024-01-31", "line": "1"}
    return {**about, "seen": "0", "do": do, "value-1": typed}


def verdict(rows, use) -> str:
    card = rows.query(Scorecard).order_by(Scorecard.sequence.desc()).first()
    given = (each for entry in card.inputs["questions"] for each in entry["documents"])
    return next(each["verdict"] for each in given if each["use"] == use.id)


def test_before_it_is_sent_in_staff_find_nothing(desk, use):
    assert desk.get(address(use)).status_code == 404
    assert desk.get(f"/documents/{use.document_id}/pages/1").status_code == 404
    assert desk.post(address(use), word("confirm")).status_code == 404


def test_afterwards_the_page_shows_facts_answers_and_the_picture(desk, sent):
    page = desk.get(address(sent)).text
    assert "2024-01-31" in page
    assert "The document was valid until 2024-01-31" in page
    answer = desk.get(f"/documents/{sent.document_id}/pages/1")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")


@BOTH_DATABASES
def test_the_procurers_word_counts_for_the_score_and_for_the_days_to_come(desk, rows, sent):
    assert verdict(rows, sent) == "expired"
    assert desk.post(address(sent), word("correct", LAST)).status_code == 302
    rows.expire_all()
    assert verdict(rows, sent) == "checked"
    assert valid_until_of(rows(), sent.document).isoformat() == LAST
    due = rows.query(DueRow).filter_by(source=f"document:{sent.document_id}").all()
    assert any(LAST in row.key for row in due if row.outcome is None)
    assert not rows.query(Event).filter_by(name="fact_corrected").one().draft


def test_a_supplier_who_contradicts_the_machine_never_improves_its_result(rows, invited, use):
    rows.add(
        CheckedFact(
            document_id=use.document_id,
            field="valid_until",
            about="2024-01-31",
            value="2030-01-01",
            role="supplier",
            said_at=clock.now(),
        )
    )
    rows.commit()
    submit_answers(rows(), invited, now=clock.now())
    assert verdict(rows, use) == "expired"
    card = rows.query(Scorecard).one()
    assert "2030-01-01" in str(card.inputs)


def test_what_the_supplier_says_after_sending_in_is_its_own(desk, rows, sent):
    said = {"field": "valid_until", "about": "2024-01-31", "value": "2031-02-03", "role": "supplier"}
    rows.add(CheckedFact(document_id=sent.document_id, said_at=clock.now(), **said))
    rows.commit()
    assert "2031-02-03" not in desk.get(address(sent)).text


def test_a_reader_sees_the_page_and_cannot_say_anything(app, rows, sent):
    reader = Visitor(app).become(build_staff(rows, "reader"))
    page = reader.get(address(sent))
    assert page.status_code == 200
    assert 'value="confirm"' not in page.text
    assert reader.post(address(sent), word("confirm")).status_code == 403


def test_a_missing_mark_is_asked_about_and_can_be_looked_at(desk, rows, invited, sent):
    page = f"/assessments/{invited.id}"
    assert "no accreditation mark" in desk.get(page).text
    form = {"question": "no_mark", "document": str(sent.document_id), "other": "0"}
    note = f"note-no_mark-{sent.document_id}-0"
    desk.post(f"{page}/authenticity", {**form, note: ""})
    assert rows.query(AuthenticityLook).count() == 0
    desk.post(f"{page}/authenticity", {**form, note: "Märket finns på sidan."})
    assert rows.query(AuthenticityLook).one().note == "Märket finns på sidan."
    assert "Märket finns på sidan." in desk.get(page).text
    assert desk.post(f"{page}/authenticity", {**form, "question": "same_file"}).status_code == 404


def test_before_it_is_sent_in_nothing_is_asked(rows, invited, use):
    assert questions_about(rows(), invited, [use.document_id]) == []


@BOTH_DATABASES
def test_near_identical_texts_of_two_suppliers_are_a_question(rows, invited, sent):
    from tests.integration.procurer.test_same_file import give

    mine, other = give(rows, sent=True, sha256="1" * 64), give(rows, sent=True, sha256="2" * 64)
    for one in (mine, other):
        one.document.fingerprint = list(range(1, 65))
        rows.add(TextBand(document_id=one.document.id, band="0:abc"))
    rows.flush()
    (asked,) = questions_about(rows(), mine.assessment, [mine.document.id])
    assert (asked.kind, asked.other) == ("same_text", other.document)
    other.document.fingerprint = list(range(100, 164))
    rows.flush()
    assert questions_about(rows(), mine.assessment, [mine.document.id]) == []


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("period", "2025-01-01/2025-12-31", "2025-01-01 to 2025-12-31"),
        ("period", "2025-01-01/", "from 2025-01-01"),
        ("vat", "yes", "Yes"),
        ("amount", "10000000 SEK", "10,000,000 SEK"),
        ("worked_hours", "41200 (2025)", "41,200 (2025)"),
    ],
)
def test_raw_values_are_shown_in_words(desk, rows, sent, field, value, shown):
    build_fact(rows, sent.document, field=field, value=value)
    assert shown in desk.get(address(sent)).text
