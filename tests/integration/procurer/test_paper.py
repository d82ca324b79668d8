"""Answers that came on paper: typed in by a procurer, told to the supplier, never over the supplier's own answers."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.extensions import db
from compliance.storage.models import Answer, Assessment, Event, Message, PaperEntry
from compliance.storage.queries.marks import keys_of_paper
from compliance.workflow.transcribing import NOTICE, own_keys, paper_journey
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import build_company
from tests.integration.supplier.forms import Browser, Form
from tests.rows import build_staff

TEXT = "social_responsible_role"
PAGE = "company_profile.ways_of_working"
SIZE = "company_profile.size_and_work"
SECRET = "Hemligt7Utkast"
SIGNED = {"name": "Eva Exempel", "role": "vd", "confirmed": "y"}


@pytest.fixture
def rows(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def company(rows):
    return build_company(due_on=clock.today() + timedelta(days=20))


@pytest.fixture
def anna(app, rows) -> Browser:
    return Browser(app).become(build_staff(rows))


@pytest.fixture
def kim(app, company) -> Browser:
    return Browser(app).become(company.user)


@pytest.fixture
def desk(company):
    return f"/assessments/{company.assessment.id}/paper"


def start(anna, desk, **fields):
    paper = {"received_on": clock.today().isoformat(), "reason": "Företaget har ingen dator."}
    return anna.post(desk, paper | fields)


def type_in(anna, desk, section, answers):
    page = anna.get(f"{desk}/sections/{section}").text
    form = Form(page, f"/sections/{section}")
    for name, value in answers.items():
        form.fields[f"{name}:value"] = value
    return anna.send(form, {"next": "1"})


@BOTH_DATABASES
def test_a_paper_is_begun_with_a_reason_and_the_supplier_is_told(anna, desk, rows):
    assert start(anna, desk).status_code == 302
    entry = rows.query(PaperEntry).one()
    assert entry.reason == "Företaget har ingen dator."
    assert rows.query(Message).filter_by(kind="paper_started").count() == 1
    assert not rows.query(Event).filter_by(name="paper_started").one().draft


@pytest.mark.parametrize(
    "bad",
    [{"reason": ""}, {"received_on": ""}, {"received_on": "2999-01-01"}, {"received_on": "1999-01-01"}],
)
def test_a_paper_without_reason_or_a_possible_day_is_refused(anna, desk, rows, bad):
    assert start(anna, desk, **bad).status_code == 422
    assert rows.query(PaperEntry).count() == 0


@BOTH_DATABASES
def test_what_is_typed_in_is_shown_to_the_supplier_as_from_the_paper(anna, desk, kim, company, rows):
    start(anna, desk)
    assert type_in(anna, desk, PAGE, {TEXT: "Platschef"}).status_code == 302
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == "Platschef"
    assert keys_of_paper(db.session(), company.assessment.id) == {(TEXT, None)}
    assert "Anna Inköpare" in kim.get(f"{company.address}/sections/{PAGE}").text


@BOTH_DATABASES
def test_the_supplier_may_change_it_and_then_it_is_its_own(anna, desk, kim, company, rows):
    start(anna, desk)
    type_in(anna, desk, PAGE, {TEXT: "Platschef"})
    assert kim.save(company.address, TEXT, revision=1, value=SECRET).status_code == 200
    assert keys_of_paper(db.session(), company.assessment.id) == frozenset()
    assert SECRET not in anna.get(f"{desk}/sections/{PAGE}").text


def test_the_suppliers_own_answers_are_neither_shown_nor_changed(anna, desk, kim, company, rows):
    kim.save(company.address, TEXT, value=SECRET)
    start(anna, desk)
    page = anna.get(f"{desk}/sections/{PAGE}").text
    assert SECRET not in page
    assert f"{TEXT}:value" not in page
    forced = {f"{TEXT}:present": "1", f"{TEXT}:value": "Platschef", f"{TEXT}:revision": "1"}
    anna.post(f"{desk}/sections/{PAGE}", forced)
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == SECRET


def test_what_the_supplier_answered_decides_nothing_on_the_papers_pages(anna, desk, kim, company):
    before = [item.id for item in paper_journey(db.session(), company.assessment, now=clock.now()).items]
    kim.save(company.address, "employees_in_sweden", value="80")
    after = [item.id for item in paper_journey(db.session(), company.assessment, now=clock.now()).items]
    assert before == after
    assert own_keys(db.session(), company.assessment) == {("employees_in_sweden", None)}


def test_a_mistyped_answer_is_refused_at_its_field_and_kept(anna, desk, rows):
    start(anna, desk)
    answer = type_in(anna, desk, SIZE, {"employees_in_sweden": "åtta"})
    assert answer.status_code == 422
    assert 'value="åtta"' in answer.text
    assert rows.query(Answer).filter_by(question_id="employees_in_sweden").count() == 0


def test_nothing_incomplete_is_sent_in(anna, desk, company, rows):
    start(anna, desk)
    assert anna.post(f"{desk}/send-in", SIGNED).status_code == 422
    rows.refresh(company.assessment)
    assert company.assessment.state != State.SUBMITTED


@pytest.mark.parametrize("bad", [{"name": ""}, {"role": ""}, {"confirmed": ""}])
def test_nothing_is_sent_in_without_who_signed(anna, desk, company, bad):
    start(anna, desk)
    fields = {name: value for name, value in (SIGNED | bad).items() if value}
    assert anna.post(f"{desk}/send-in", fields).status_code == 422


def everything_from_paper(company, anna_id):
    """All that is asked has been typed in from the paper."""
    answer_all(db.session(), company)
    for answer in db.session.query(Answer).filter_by(answered_by_id=None):
        answer.answered_by_id, answer.saved_at = anna_id, clock.now()
    db.session.flush()


@BOTH_DATABASES
def test_a_whole_paper_is_sent_in_for_the_one_who_signed_it(anna, desk, company, rows):
    start(anna, desk)
    everything_from_paper(company, rows.query(PaperEntry).one().started_by_id)
    assert anna.post(f"{desk}/send-in", SIGNED).status_code == 302
    rows.refresh(company.assessment)
    assert (company.assessment.state, company.assessment.attested_name) == (State.SUBMITTED, SIGNED["name"])
    submitted = rows.query(Event).filter_by(name="submitted").one()
    assert submitted.actor.startswith("user:")
    page = anna.get(f"/assessments/{company.assessment.id}/answers/company_profile").text
    assert "Anna Inköpare" in page


def test_a_supplier_with_answers_of_its_own_has_time_to_react(anna, desk, kim, company, rows):
    kim.save(company.address, TEXT, value=SECRET)
    start(anna, desk)
    everything_from_paper(company, rows.query(PaperEntry).one().started_by_id)
    early = anna.post(f"{desk}/send-in", SIGNED)
    assert early.status_code == 422
    assert SECRET not in early.text
    rows.query(PaperEntry).one().started_at -= NOTICE
    assert anna.post(f"{desk}/send-in", SIGNED).status_code == 302


def test_a_paper_begins_once(anna, desk, rows):
    start(anna, desk)
    start(anna, desk, reason="Igen")
    assert rows.query(PaperEntry).one().reason == "Företaget har ingen dator."


def test_there_is_no_paper_in_a_closed_round(anna, desk, company, rows):
    company.assessment.state = State.CLOSED
    assert start(anna, desk).status_code == 302
    assert rows.query(PaperEntry).count() == 0
    assert rows.get(Assessment, company.assessment.id).state == State.CLOSED


def test_the_notice_is_long_enough_to_read_a_mail():
    assert timedelta(days=2) <= NOTICE
