"""A renewal in the pages: last time's answers shown as such, confirmed section by section, changed one by one."""

import re

import pytest

from compliance.storage.models import Answer
from tests.integration.supplier.forms import Browser
from tests.integration.workflow.renewal import answered_weeks_ago
from tests.rows import build_contact, build_supplier_user

FIRST = "company_profile.size_and_work"
POLICY = "work_environment.policy_and_routines"


@pytest.fixture
def earlier(rows):
    return answered_weeks_ago(rows())


@pytest.fixture
def renewal(earlier, rows):
    earlier.say("ohs_policy", "no")
    renewal = earlier.renew()
    rows.commit()
    return renewal


@pytest.fixture
def kim(app, renewal):
    return Browser(app).become(renewal.user)


def address(renewal):
    return f"/supplier/assessments/{renewal.round.id}"


def confirm(kim, renewal, section, **changed):
    form = kim.section(address(renewal), section)
    form.action = f"{form.action}/confirm"
    for name, value in changed.items():
        form.fields.setlist(f"{name}:value", [value])
    return kim.send(form, {"confirm": "1"})


def test_the_first_page_says_that_most_only_needs_confirming(kim, renewal):
    page = kim.get(address(renewal)).text
    assert re.search(r"att bekräfta|to confirm", page)
    assert re.search(r"(minuter|minutes)", page)


def test_last_times_answers_are_shown_and_do_not_count(kim, renewal):
    page = kim.get(f"{address(renewal)}/sections/{FIRST}").text
    assert page.count('name="shown"') == page.count("data-question=")
    assert 'formaction="' in page
    assert 'value="8"' in page
    assert renewal.journey.progress.answered == 0


def test_one_press_confirms_the_page_and_goes_on(kim, renewal, rows):
    answer = confirm(kim, renewal, FIRST)
    assert answer.status_code == 302
    assert FIRST not in answer.location
    rows.expire_all()
    assert renewal.answer("employees_in_sweden").confirmed_from_id == renewal.earlier.id
    page = kim.get(f"{address(renewal)}/sections/{FIRST}").text
    assert 'name="shown"' not in page
    assert re.search("Bekräftat|Confirmed", page)


def test_what_was_changed_on_the_page_is_saved_as_changed_and_the_rest_confirmed(kim, renewal, rows):
    confirm(kim, renewal, FIRST, employees_in_sweden="9")
    rows.expire_all()
    changed, kept = renewal.answer("employees_in_sweden"), renewal.answer("work_types")
    assert (changed.value, changed.confirmed_from_id) == ("9", None)
    assert kept.confirmed_from_id == renewal.earlier.id


def test_pressing_save_and_continue_confirms_nothing(kim, renewal, rows):
    kim.fill(address(renewal), FIRST, {})
    assert rows.query(Answer).filter_by(assessment_id=renewal.round.id).count() == 0


def test_something_wrong_on_the_page_is_told_before_anything_is_confirmed(kim, renewal, rows):
    answer = confirm(kim, renewal, FIRST, employees_in_sweden="nio")
    assert answer.status_code == 422
    assert 'value="nio"' in answer.text
    assert '<details class="fold change-answer" open>' in answer.text
    assert rows.query(Answer).filter_by(assessment_id=renewal.round.id).count() == 0


def test_what_fell_short_is_asked_again_with_the_answer_of_last_time_beside_it(kim, renewal, rows):
    renewal.confirm_all()
    rows.commit()
    page = kim.get(f"{address(renewal)}/sections/{POLICY}").text
    question = page.split('id="q-ohs_policy"')[1].split("</section>")[0]
    assert re.search("Vi frågar igen|We ask again", question)
    assert "checked" not in question


def test_a_colleague_who_was_faster_is_told_of(app, kim, renewal, rows):
    form = kim.section(address(renewal), FIRST)
    other = build_supplier_user(rows(), build_contact(rows(), renewal.round.supplier))
    rows.commit()
    Browser(app).become(other).save(address(renewal), "employees_in_sweden", value="11")
    form.action = f"{form.action}/confirm"
    answer = kim.send(form, {"confirm": "1"})
    assert answer.status_code == 302
    rows.expire_all()
    assert renewal.answer("employees_in_sweden").value == "11"
    assert re.search("någon annan|somebody else", kim.get(answer.location).text)


def test_another_companys_round_cannot_be_confirmed(app, renewal, other_company):
    stranger = Browser(app).become(other_company.user)
    path = f"{address(renewal)}/sections/{FIRST}/confirm"
    answer = stranger.post(path, {"shown": "employees_in_sweden"})
    assert answer.status_code == 404


def test_the_way_through_a_whole_renewal_ends_at_the_check(kim, renewal, rows):
    rounds = 0
    while page := next((one for one in renewal.journey.sections if one.confirmable), None):
        confirm(kim, renewal, page.key)
        rows.expire_all()
        rounds += 1
        assert rounds < 40
    left = [item.id for item in renewal.journey.items if not item.answered]
    assert left == ["ohs_policy"]
