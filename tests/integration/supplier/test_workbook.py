"""Answering in a workbook: what is asked goes out, what was filled in comes back, and nothing is saved unasked."""

from datetime import date

import pytest

from compliance.storage.models import Answer, Event
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.forms import Browser
from tests.integration.supplier.workbooks import download, say_yes, upload

NUMBER, MANY, YES_NO, TABLE = (
    "employees_in_sweden",
    "work_types",
    "human_rights_commitment",
    "accident_statistics",
)
NOTHING_NEW = ("There is nothing to save", "Det finns inget att spara")


def answer(rows, company, question: str) -> Answer:
    rows.expire_all()
    query = rows.query(Answer).filter_by(assessment_id=company.assessment.id, question_id=question)
    return query.one_or_none()


@pytest.fixture(autouse=True)
def in_english(kim):
    kim.get("/language/en")


def test_an_untouched_workbook_changes_nothing(kim, company, rows):
    answer_all(rows, company)
    preview = upload(kim, company, download(kim, company).data)
    assert NOTHING_NEW[0] in preview.text
    assert 'name="carried"' not in preview.text


@BOTH_DATABASES
def test_answers_are_shown_first_and_saved_after_a_yes(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    sheet.write(NUMBER, "Tre av dem på deltid", "comment")
    sheet.write(f"{MANY}#construction", "x")
    sheet.write(f"{MANY}#cleaning", "Ja")
    sheet.write(YES_NO, "delvis")
    preview = upload(kim, company, sheet.data)
    assert preview.status_code == 200
    assert rows.query(Answer).count() == 0
    assert "more questions follow" in preview.text
    assert say_yes(kim, preview).location == company.address
    saved = answer(rows, company, NUMBER)
    assert (saved.value, saved.comment, saved.revision) == ("8", "Tre av dem på deltid", 1)
    assert answer(rows, company, MANY).value == ["construction", "cleaning"]
    assert answer(rows, company, YES_NO).value == "partly"
    assert rows.query(Event).filter_by(name="answer_saved").count() == 3


def test_what_is_not_ticked_is_not_saved(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    sheet.write(YES_NO, "Nej")
    say_yes(kim, upload(kim, company, sheet.data), lambda ticked: [one for one in ticked if one != NUMBER])
    assert answer(rows, company, NUMBER) is None
    assert answer(rows, company, YES_NO).value == "no"


def test_an_answer_changed_on_the_web_meanwhile_is_kept_unless_chosen(kim, company, rows):
    sheet = download(kim, company)
    kim.save(company.address, NUMBER, value="12")
    sheet.write(NUMBER, 8)
    preview = upload(kim, company, sheet.data)
    assert "Also changed on the web" in preview.text
    say_yes(kim, preview)
    assert answer(rows, company, NUMBER).value == "12"
    say_yes(kim, preview, lambda ticked: [NUMBER])
    assert answer(rows, company, NUMBER).value == "8"


@BOTH_DATABASES
def test_an_answer_saved_between_preview_and_yes_stops_everything(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    sheet.write(YES_NO, "Nej")
    preview = upload(kim, company, sheet.data)
    kim.save(company.address, YES_NO, value="yes")
    again = say_yes(kim, preview)
    assert again.status_code == 409
    assert "Nothing was saved" in again.text
    assert answer(rows, company, NUMBER) is None
    assert answer(rows, company, YES_NO).value == "yes"
    say_yes(kim, again)
    assert (answer(rows, company, NUMBER).value, answer(rows, company, YES_NO).value) == ("8", "yes")


def test_a_workbook_taken_twice_changes_nothing_the_second_time(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    preview = upload(kim, company, sheet.data)
    say_yes(kim, preview)
    say_yes(kim, preview)
    assert answer(rows, company, NUMBER).revision == 1
    assert NOTHING_NEW[0] in upload(kim, company, sheet.data).text


def test_an_emptied_cell_takes_the_answer_away_but_only_after_a_yes(kim, company, rows):
    kim.save(company.address, NUMBER, value="12")
    sheet = download(kim, company)
    sheet.write(NUMBER, None)
    preview = upload(kim, company, sheet.data)
    assert "No answer" in preview.text
    say_yes(kim, preview)
    assert answer(rows, company, NUMBER).state == "cleared"


def test_a_table_comes_back_with_numbers_days_and_choices(kim, company, rows):
    answer_all(rows, company)
    sheet = download(kim, company)
    codes = {cell.value for page in sheet.book.worksheets for cell in page[1] if cell.value}
    assert any(str(code).startswith(f"{TABLE}/") for code in codes)
    years = [code.partition("/")[2] for code in codes if str(code).startswith(f"{TABLE}/")]
    sheet.write_table(TABLE, [{code: 2025 if code == "year" else 1 for code in years}])
    preview = upload(kim, company, sheet.data)
    assert preview.status_code == 200
    say_yes(kim, preview)
    assert '"year":"2025"' in answer(rows, company, TABLE).value[0]


def test_a_day_may_be_a_day_a_serial_number_or_text(kim, company, rows):
    answer_all(rows, company)
    question = "sam_follow_up_date"
    sheet = download(kim, company)
    for value in (date(2026, 3, 12), 46093, "12 mars 2026"):
        sheet.write(question, value)
        preview = upload(kim, company, sheet.data)
        assert "12 March 2026" in preview.text, value


def test_only_what_is_asked_is_in_the_workbook(kim, company):
    names = {
        page[f"F{row}"].value
        for page in download(kim, company).book.worksheets
        if page["F1"].value == "id"
        for row in range(4, page.max_row + 1)
    }
    assert NUMBER in names
    assert "overtime_records" not in names


def test_a_colleague_of_another_company_reaches_no_workbook(app, company, other_company):
    lo = Browser(app).become(other_company.user)
    assert lo.get(f"{company.address}/workbook.xlsx").status_code == 404


def test_after_sending_in_there_is_nothing_to_upload(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    preview = upload(kim, company, sheet.data)
    company.assessment.state = "submitted"
    assert say_yes(kim, preview).status_code == 302
    assert kim.get(f"{company.address}/workbook.xlsx").status_code == 302
    assert answer(rows, company, NUMBER) is None
