"""A running round goes over to the newest questions: what is shown, what is kept, what the supplier sees."""

import pytest

from compliance.assessments import State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.storage.models import Answer, Event
from compliance.workflow.answering import SET_ASIDE
from compliance.workflow.moving import possible_move
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.company import build_company
from tests.integration.supplier.forms import Browser
from tests.rows import build_staff

AREAS = ("human_rights", "working_conditions", "work_environment")
OLD = dict.fromkeys(AREAS, 1)
NEW = {key: catalogue.current(key).version for key in AREAS}
SAVED = {
    "employees_in_sweden": "8",  # reworded at most
    "social_responsible_role": "Ägaren Hemligt7Utkast",
    "work_settings": "lone_work",  # has new choices
    "code_of_conduct_accepted": "yes",
}
TASKS = "Everything else that you have answered is kept"


@pytest.fixture
def rows(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def company(rows):
    return build_company(questionnaires=OLD)


@pytest.fixture
def anna(app, rows) -> Browser:
    return Browser(app).become(build_staff(rows, locale="en"))


@pytest.fixture
def kim(app, company) -> Browser:
    kim = Browser(app).become(company.user)
    kim.get("/language/en")
    for question, value in SAVED.items():
        about = f"?contract={company.contract.id}" if question.startswith("code_of") else ""
        assert kim.save(company.address, question + about, value=value).status_code == 200
    return kim


@pytest.fixture
def page(company):
    return f"/assessments/{company.assessment.id}/move"


def mark(company):
    return possible_move(company.assessment).mark


def stored(rows):
    rows.expire_all()
    return {row.question_id: row for row in rows.query(Answer)}


@pytest.mark.usefixtures("kim")
def test_the_page_tells_in_words_what_changes_and_nothing_of_what_was_answered(anna, page):
    shown = anna.get(page).text
    for words in ("Must be answered again (6)", "New questions (", "Accident statistics",
                  "New answer: “Someone works at night”.", "The reference to law or contract changed."):  # fmt: skip
        assert words in shown
    assert "No longer asked" not in shown  # no question is gone
    assert "Hemligt7Utkast" not in shown
    anna.get("/language/sv")
    assert "Nytt svarsalternativ: ”Någon arbetar på natten”." in anna.get(page).text


@BOTH_DATABASES
@pytest.mark.usefixtures("kim")
def test_every_answer_to_an_unchanged_question_is_kept_and_the_others_are_set_aside(
    anna, company, rows, page
):
    before = {name: (row.value, row.revision, row.saved_at) for name, row in stored(rows).items()}
    assert anna.post(page, {"mark": mark(company)}).location.endswith(f"/assessments/{company.assessment.id}")
    after = stored(rows)
    assert company.assessment.questionnaires == NEW
    aside = after.pop("work_settings")
    assert (aside.state, aside.value, aside.revision) == (
        SET_ASIDE,
        ["lone_work"],
        before["work_settings"][1] + 1,
    )
    for name, row in after.items():
        assert (row.state, (row.value, row.revision, row.saved_at)) == ("answered", before[name])
    event = rows.query(Event).filter_by(name="questions_changed").one()
    assert event.payload == {"before": OLD, "after": NEW}
    assert event.draft is False


@BOTH_DATABASES
def test_the_supplier_sees_which_questions_changed_and_answers_them_again(anna, kim, company, rows, page):
    anna.post(page, {"mark": mark(company)})
    tasks = kim.get(company.address).text
    assert TASKS in tasks
    assert "you answered before: Someone works alone" in tasks
    assert "#q-employees_total" in tasks  # new, and it concerns this company
    assert "#q-products_by_country" not in tasks  # new, and it does not
    again = kim.save(company.address, "work_settings", revision=2, value="night_work")
    assert again.status_code == 200
    assert stored(rows)["work_settings"].value == ["night_work"]
    assert "you answered before" not in kim.get(company.address).text


def test_a_page_that_was_open_with_the_old_question_overwrites_nothing(anna, kim, company, rows, page):
    anna.post(page, {"mark": mark(company)})
    late = kim.save(company.address, "work_settings", revision=1, value="threats")
    assert late.status_code == 409
    assert stored(rows)["work_settings"].value == ["lone_work"]
    kept = kim.save(company.address, "employees_in_sweden", revision=1, value="9")
    assert kept.status_code == 200


@pytest.mark.usefixtures("kim")
def test_only_what_was_shown_is_done(anna, company, rows, page):
    refused = anna.post(page, {"mark": "human_rights:1"})
    assert refused.status_code == 409
    assert "changed since you opened the page" in refused.text
    rows.expire_all()
    assert company.assessment.questionnaires == OLD


@pytest.mark.usefixtures("kim")
@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLOSED, State.CANCELLED, State.DECLINED])
def test_a_round_that_takes_no_answers_keeps_its_questions(anna, company, rows, page, state):
    shown = mark(company)
    company.assessment.state = state
    rows.commit()
    assert "Nothing to change" in anna.get(page).text
    anna.post(page, {"mark": shown})
    rows.expire_all()
    assert company.assessment.questionnaires == OLD


@pytest.mark.usefixtures("kim")
def test_a_round_that_was_sent_back_can_be_moved(anna, company, rows, page):
    company.assessment.state = State.SENT_BACK
    rows.commit()
    anna.post(page, {"mark": mark(company)})
    rows.expire_all()
    assert company.assessment.questionnaires == NEW


def test_the_step_is_offered_only_while_there_is_something_to_change(anna, company, rows, page):
    overview = f"/assessments/{company.assessment.id}"
    assert page in anna.get(overview).text
    company.assessment.questionnaires = NEW
    rows.commit()
    assert page not in anna.get(overview).text


def test_moving_twice_moves_once(anna, company, rows, page):
    shown = mark(company)
    anna.post(page, {"mark": shown})
    assert anna.post(page, {"mark": shown}).status_code == 409
    assert rows.query(Event).filter_by(name="questions_changed").count() == 1
