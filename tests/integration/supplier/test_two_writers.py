"""Two tabs, two colleagues: the second to save is shown both texts and chooses; nobody loses silently."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from compliance.extensions import db
from compliance.storage.models import Answer, Assessment, Event, User
from compliance.workflow.answering import Content, StaleAnswerError, journey_of, save_answer
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW

TEXT = "social_responsible_role"
WRITERS = 8


@pytest.fixture
def two_tabs(kim, company):
    """A page that was opened before another tab saved."""
    stale = kim.section(company.address, "company_profile.ways_of_working")
    kim.save(company.address, TEXT, value="VD")
    return stale


def test_a_stale_save_by_script_is_shown_both_texts(kim, company):
    kim.save(company.address, TEXT, value="VD")
    answer = kim.save(company.address, TEXT, revision=0, value="Platschef")
    assert answer.status_code == 409
    assert answer.json["revision"] == 1
    assert "VD" in answer.json["html"]
    assert "Platschef" in answer.json["html"]
    kept = kim.save(company.address, TEXT, revision=1, value="Platschef")
    assert kept.json["revision"] == 2


def test_a_save_whose_answer_got_lost_can_be_repeated(kim, company):
    kim.save(company.address, TEXT, value="VD")
    again = kim.save(company.address, TEXT, revision=0, value="VD")
    assert (again.status_code, again.json["revision"]) == (200, 1)


def test_a_stale_page_without_a_script_is_shown_both_texts(kim, two_tabs, rows):
    two_tabs.fields[f"{TEXT}:value"] = "Platschef"
    answer = kim.send(two_tabs)
    assert answer.status_code == 409
    assert "VD" in answer.text
    assert 'value="Platschef"' in answer.text
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == "VD"


@pytest.mark.parametrize(("button", "stands"), [("stay", "Platschef"), ("theirs", "VD")])
def test_the_supplier_chooses_which_text_stands(kim, company, two_tabs, rows, button, stands):
    two_tabs.fields[f"{TEXT}:value"] = "Platschef"
    page = kim.send(two_tabs).text
    again = type(two_tabs)(page, "/sections/company_profile.ways_of_working")
    assert kim.send(again, {button: TEXT}).status_code == 302
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == stands


def test_what_was_not_touched_in_a_stale_page_is_no_conflict(kim, two_tabs, rows):
    two_tabs.fields["certificates_held:value"] = "none"
    assert kim.send(two_tabs).status_code == 302
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == "VD"


@BOTH_DATABASES
def test_of_many_who_save_at_once_exactly_one_wins_each_revision(app, company):
    assessment_id, user_id = company.assessment.id, company.user.id
    db.session.commit()
    barrier = Barrier(WRITERS)

    def write(number: int) -> int:
        with app.app_context():
            session = db.session()
            assessment, user = session.get_one(Assessment, assessment_id), session.get_one(User, user_id)
            item = journey_of(session, assessment, now=NOW).item(TEXT)
            session.rollback()
            barrier.wait(timeout=20)
            try:
                content = Content(state="answered", value=f"Roll {number}")
                save_answer(session, assessment, item, content, seen=0, by=user, now=NOW)
            except StaleAnswerError:
                session.rollback()
                return 0
            session.commit()
            return 1

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(pool.map(write, range(WRITERS))) == 1
    row = db.session.query(Answer).filter_by(question_id=TEXT).one()
    assert row.revision == 1
    assert db.session.query(Event).filter_by(name="answer_saved").count() == 1
