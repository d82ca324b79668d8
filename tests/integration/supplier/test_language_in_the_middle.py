"""Changing the language in the middle of a page: what is typed is saved on the way, or kept with its message."""

from compliance.storage.models import Answer

TEXT = "social_responsible_role"
MINE = "company_profile.ways_of_working"
SIZE = "company_profile.size_and_work"


def test_what_is_typed_is_saved_and_the_page_comes_back_in_the_other_language(kim, company, rows):
    answer = kim.fill(company.address, MINE, {TEXT: "Platschef"}, language="en")
    assert answer.location.endswith(f"/sections/{MINE}")
    assert rows.query(Answer).filter_by(question_id=TEXT).one().value == "Platschef"
    assert '<html lang="en">' in kim.get(answer.location).text


def test_what_cannot_be_saved_stays_typed_and_its_message_is_in_the_other_language(kim, company, rows):
    answer = kim.fill(company.address, SIZE, {"employees_in_sweden": "åtta"}, language="en")
    assert answer.status_code == 422
    assert '<html lang="en">' in answer.text
    assert 'value="åtta"' in answer.text
    assert rows.query(Answer).filter_by(question_id="employees_in_sweden").count() == 0


def test_a_language_that_is_none_changes_nothing(kim, company):
    answer = kim.fill(company.address, MINE, {TEXT: "Platschef"}, language="tlh")
    assert '<html lang="sv">' in kim.get(answer.location).text


def test_enter_in_a_field_saves_and_does_not_change_the_language(kim, company):
    page = kim.get(f"{company.address}/sections/{MINE}").text
    assert page.index('form="questions" name="stay"') < page.index('form="questions" name="language"')
