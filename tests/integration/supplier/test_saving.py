"""Answers are saved one by one and section by section, and nothing typed is lost."""

import pytest

from compliance.assessments import State
from compliance.storage.models import Answer, Event
from tests.integration.supplier.company import Company
from tests.integration.supplier.forms import JSON

ABOUT = "company_profile.size_and_work"
POLICY = "work_environment.policy_and_routines"
COMPANY_ANSWERS = {
    "employees_in_sweden": "8",
    "work_types": ["construction", "outdoor"],
    "subcontracting": "one_tier",
    "workforce": "none",
    "outside_eea": "no",
}


@pytest.fixture
def employer(kim, company) -> None:
    """The company employs people, so that it is asked about them."""
    kim.save(company.address, "employees_in_sweden", value="8")
    kim.save(company.address, "employees_total", value="8")


def stored(rows, question: str) -> Answer | None:
    rows.expire_all()
    return rows.query(Answer).filter_by(question_id=question).one_or_none()


def test_one_open_round_is_shown_at_once(kim, company: Company):
    answer = kim.get("/supplier")
    assert answer.location == company.address
    page = kim.get(answer.location).text
    assert "Storlek och arbete" in page
    assert "onsdag 1 april 2026" in page


def test_an_answer_given_alone_is_saved_with_its_revision(kim, company, rows):
    answer = kim.save(company.address, "employees_in_sweden", value="8")
    assert (answer.status_code, answer.json["revision"]) == (200, 1)
    assert stored(rows, "employees_in_sweden").value == "8"
    assert company.assessment.state == State.ANSWERING
    event = rows.query(Event).filter_by(name="answer_saved").one()
    assert event.draft
    assert set(event.payload) == {"question", "contract", "revision", "digest"}


def test_a_section_is_saved_whole_without_a_script(kim, company, rows):
    answer = kim.fill(company.address, ABOUT, COMPANY_ANSWERS)
    assert answer.location == f"{company.address}/sections/company_profile.risks"
    assert stored(rows, "work_types").value == ["construction", "outdoor"]
    assert company.assessment.answered_share > 0


def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_saved(kim, company, rows):
    given = COMPANY_ANSWERS | {"employees_in_sweden": "åtta", "workforce": ["none", "young"]}
    answer = kim.fill(company.address, ABOUT, given)
    assert answer.status_code == 422
    assert 'id="employees_in_sweden:value-error"' in answer.text
    assert 'value="åtta"' in answer.text
    assert 'id="workforce:value-error"' in answer.text
    assert stored(rows, "employees_in_sweden") is None
    assert stored(rows, "subcontracting").value == "one_tier"


def test_a_button_of_a_question_saves_everything_and_stays_there(kim, company, rows):
    answer = kim.fill(company.address, ABOUT, COMPANY_ANSWERS, stay="subcontracting")
    assert answer.location.endswith(f"{ABOUT}#q-subcontracting")
    assert stored(rows, "outside_eea").value == "no"


def test_an_answer_can_be_taken_back(kim, company, rows):
    kim.fill(company.address, ABOUT, COMPANY_ANSWERS)
    kim.fill(company.address, ABOUT, {}, clear="outside_eea")
    assert stored(rows, "outside_eea").state == "cleared"
    assert stored(rows, "subcontracting").value == "one_tier"


def test_a_question_that_was_not_on_the_page_is_left_alone(kim, company, rows):
    kim.fill(company.address, ABOUT, COMPANY_ANSWERS)
    form = kim.section(company.address, ABOUT)
    for name in [name for name in form.fields if name.startswith("work_types:")]:
        form.fields.poplist(name)
    assert kim.send(form).status_code == 302
    assert stored(rows, "work_types").value == ["construction", "outdoor"]


@pytest.mark.usefixtures("employer")
def test_dont_know_and_a_comment_are_kept(kim, company, rows):
    given = {"ohs_policy": "state:dont_know", "ohs_policy:comment": "Vi frågar vår rådgivare.\n"}
    assert kim.fill(company.address, POLICY, given).status_code == 302
    row = stored(rows, "ohs_policy")
    assert (row.state, row.value, row.comment) == ("dont_know", None, "Vi frågar vår rådgivare.")
    assert "Vi frågar vår rådgivare." in kim.get(f"{company.address}/sections/{POLICY}").text


@pytest.mark.usefixtures("employer")
@pytest.mark.parametrize(
    "value",
    [
        "state:na_claimed",
        "state:nothing",
        "maybe",
        ["yes", "no"],
        ["yes", "state:dont_know"],
        "\x00maybe",
        "y" * 9000,
    ],
)
def test_what_the_question_does_not_offer_is_refused(kim, company, rows, value):
    answer = kim.save(company.address, "ohs_policy", value=value)
    assert answer.status_code == 422
    assert answer.json["errors"]["value"]
    assert stored(rows, "ohs_policy") is None


@pytest.mark.usefixtures("employer")
def test_an_answer_that_brings_more_questions_says_so(kim, company):
    answer = kim.save(company.address, "ohs_policy", value="yes")
    assert answer.json["questions_changed"]
    assert "ohs_policy_date:value" in kim.get(f"{company.address}/sections/{POLICY}").text


@pytest.mark.usefixtures("employer")
def test_hidden_answers_are_kept_and_come_back(kim, company, rows):
    kim.save(company.address, "ohs_policy", value="yes")
    kim.save(company.address, "ohs_policy_date", value="2026-01-15")
    kim.save(company.address, "ohs_policy", revision=1, value="no")
    page = f"{company.address}/sections/{POLICY}"
    assert "ohs_policy_date:value" not in kim.get(page).text
    kim.save(company.address, "ohs_policy", revision=2, value="yes")
    assert 'value="2026-01-15"' in kim.get(page).text


@pytest.mark.usefixtures("employer")
def test_the_language_can_be_changed_in_the_middle(kim, company):
    kim.save(company.address, "ohs_policy", value="yes")
    kim.get("/language/en")
    page = kim.get(f"{company.address}/sections/{POLICY}").text
    assert "Do you have a work environment policy?" in page
    assert 'value="yes" checked' in page


@pytest.mark.parametrize(
    "question", ["no_such_question", "ohs_policy_date", "site_coordination?contract=999"]
)
def test_only_what_is_asked_can_be_answered(kim, company, question):
    assert kim.save(company.address, question, value="2026-01-01").status_code == 404


def test_another_companys_round_is_not_found(kim, other_company):
    assert kim.save(other_company.address, "ohs_policy", value="yes").status_code == 404
    assert kim.get(f"{other_company.address}/sections/{POLICY}").status_code == 404
    assert kim.get("/supplier/assessments/99999999999999999999").status_code == 404


def test_a_form_from_before_the_session_ended_is_refused_and_nothing_is_saved(kim, company, rows):
    form = kim.section(company.address, ABOUT)
    kim.client.delete_cookie("session")
    answer = kim.open(form.action, method="POST", data={"csrf_token": "gone"})
    assert answer.status_code == 400
    fields = {"csrf_token": "gone", "present": "1", "value": "8"}
    alone = kim.open(
        f"{company.address}/answers/employees_in_sweden", method="POST", data=fields, headers=JSON
    )
    assert alone.json == {"error": "session"}
    assert stored(rows, "employees_in_sweden") is None


@pytest.mark.usefixtures("employer")
def test_new_questions_on_the_page_are_shown_before_going_on(kim, company):
    kim.get("/language/en")
    answer = kim.fill(company.address, POLICY, {"ohs_policy": "yes"})
    assert answer.location.endswith(f"{POLICY}#q-ohs_policy_date")
    assert "led to more questions" in kim.get(answer.location.partition("#")[0]).text
    again = kim.fill(company.address, POLICY, {})
    assert not again.location.endswith("ohs_policy_date")
