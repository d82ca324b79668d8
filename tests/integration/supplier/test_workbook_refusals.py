"""Workbooks that cannot be taken: every bad cell is named, every foreign file turned away, and nothing breaks."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.storage.models import Answer
from tests.integration.supplier.company import Company, build_company
from tests.integration.supplier.test_workbook import MANY, NUMBER, YES_NO
from tests.integration.supplier.workbooks import Spreadsheet, download, say_yes, upload

TEXT, ROWS = "contact_name", "authority_actions"


@pytest.fixture(autouse=True)
def in_english(kim):
    kim.get("/language/en")


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        (NUMBER, "=4+4", "The cell holds a formula. Write the answer itself."),
        (NUMBER, "#REF!", "The cell holds an error of the spreadsheet."),
        (NUMBER, "åtta", "Write a number with digits"),
        (NUMBER, 8.5, "Write a whole number"),
        (NUMBER, -1, "at least 0"),
        (YES_NO, "Jaa", "Do you mean “Yes”?"),
        (YES_NO, "kanske ibland", "is not one of the answers. Choose one of: “Yes”, “Partly”"),
        (f"{MANY}#construction", "typ", "Write x if this is right for you"),
        (MANY, "Bygg", "Nothing can be written here"),
    ],
)
def test_every_bad_cell_is_named_with_its_reason(kim, company, rows, question, value, told):
    sheet = download(kim, company)
    place = sheet.write(question, value)
    preview = upload(kim, company, sheet.data)
    assert preview.status_code == 200
    assert f", {place}<" in preview.text
    assert told in preview.text
    assert rows.query(Answer).count() == 0


def test_good_cells_can_be_taken_while_bad_ones_wait(kim, company, rows):
    sheet = download(kim, company)
    sheet.write(NUMBER, 8)
    sheet.write(YES_NO, "=1")
    say_yes(kim, upload(kim, company, sheet.data))
    assert [row.question_id for row in rows.query(Answer)] == [NUMBER]


def test_a_question_that_stands_there_twice_is_named(kim, company, rows):
    sheet = download(kim, company)
    for page in sheet.book.worksheets:
        for row in range(4, page.max_row + 1):
            if page["F1"].value == "id" and page[f"F{row}"].value == NUMBER:
                page["F30"], page["C30"] = NUMBER, 9
    assert "more than once" in upload(kim, company, sheet.data).text


def test_a_reason_without_the_answer_that_it_explains_is_named(kim, company):
    sheet = download(kim, company)
    page, row = first_with_reason(sheet)
    page[f"E{row}"] = "Vi har inga lokaler"
    assert "A reason why the question does not apply stands here" in upload(kim, company, sheet.data).text


def test_every_bad_cell_of_a_table_is_named(kim, company):
    sheet = download(kim, company)
    sheet.write_table(
        ROWS,
        [
            {"decision": "Föreläggandee", "decided_on": "=TODAY()", "about": "x"},
            {},
            {"decided_on": "i våras", "about": "Buller"},
        ],
    )
    told = upload(kim, company, sheet.data).text
    for place, text in (("A4", "Do you mean"), ("B4", "formula")):
        assert f", {place}<" in told
        assert text in told
    sheet.write_table(ROWS, [{"decision": "Föreläggande", "decided_on": 46000, "about": "x"}])
    told = upload(kim, company, sheet.data).text
    assert ", B6<" in told
    assert "year-month-day" in told


def test_rows_beyond_the_table_are_told_and_not_cut(kim, company, rows):
    sheet = download(kim, company)
    sheet.write_table(ROWS, [{"about": f"Beslut {number}"} for number in range(150)])
    preview = upload(kim, company, sheet.data)
    assert "Give at most" in preview.text
    assert rows.query(Answer).count() == 0


def test_half_characters_and_control_characters_end_in_a_page(kim, company):
    sheet = download(kim, company)
    sheet.write(YES_NO, "_xD800_")
    sheet.write(NUMBER, "_x0000__xDC00_", "comment")
    preview = upload(kim, company, sheet.data)
    assert preview.status_code == 200
    assert "is not one of the answers" in preview.text


def first_with_reason(sheet: Spreadsheet):
    for page in sheet.book.worksheets:
        for row in range(4, page.max_row + 1):
            if page["F1"].value == "id" and not page[f"E{row}"].protection.locked:
                return page, row
    raise AssertionError("no question may be claimed not to apply")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty"),
        (b"a;b;c\n1;2;3\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "old .xls file"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_files_that_are_no_workbook_are_refused_in_words(kim, company, data, told):
    answer = upload(kim, company, data)
    assert answer.status_code == 422
    assert told in answer.text


def test_no_file_is_told_at_the_field(kim, company):
    fields = {"csrf_token": kim.form_token()}
    answer = kim.send_multipart(f"{company.address}/workbook", fields)
    assert answer.status_code == 422
    assert "Choose the workbook" in answer.text


def test_a_workbook_of_another_company_or_round_or_version_is_refused(kim, company, other_company, app, rows):
    from tests.integration.supplier.forms import Browser

    theirs = download(Browser(app).become(other_company.user), other_company)
    assert "another company" in upload(kim, company, theirs.data).text
    ours = download(kim, company)
    later = build_company()
    later.assessment.supplier = company.assessment.supplier
    later = Company(company.user, later.assessment, later.contract)
    rows.commit()
    assert "another round" in upload(kim, later, ours.data).text
    company.assessment.questionnaires = {**company.assessment.questionnaires, "human_rights": 1}
    assert "questions have been changed" in upload(kim, company, ours.data).text


def test_a_workbook_whose_hidden_sheet_was_changed_is_refused(kim, company):
    sheet = download(kim, company)
    mark = sheet.book["_compliance"]["A1"]
    mark.value = mark.value[:-3] + "abc"
    answer = upload(kim, company, sheet.data)
    assert answer.status_code == 422
    assert "hidden sheet has been changed" in answer.text


@pytest.mark.parametrize("carried", ["", "nonsense", "W10.x.y"])
def test_a_preview_that_is_not_ours_is_refused(kim, company, rows, carried):
    answer = kim.post(f"{company.address}/workbook/answers", {"carried": carried, "take": NUMBER})
    assert answer.status_code == 422
    assert rows.query(Answer).count() == 0


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
    | st.dates()
    | st.times()
    | st.sampled_from(
        [
            "=1/0",
            "#N/A",
            "_xD800_",
            "_x0000__xDC00_",
            "Vet inte",
            "Gäller inte oss",
            "x",
            "\u202eommvänt",
            "😀" * 50,
            "a" * 32_000,
        ]
    )
)


@given(
    values=st.lists(VALUES, min_size=3, max_size=12),
    column=st.sampled_from(["answer", "comment", "na_reason"]),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_cells_ends_in_a_page(kim, company, rows, values, column):
    sheet = download(kim, company)
    for name, value in zip([NUMBER, MANY, YES_NO, TEXT, f"{MANY}#construction"], values, strict=False):
        try:
            sheet.write(name, value, column)
        except (KeyError, ValueError):
            continue
    preview = upload(kim, company, saved(sheet))
    assert preview.status_code in {200, 422}
    if 'name="carried"' in preview.text:
        assert say_yes(kim, preview).status_code == 302


def saved(sheet: Spreadsheet) -> bytes:
    file = io.BytesIO()
    sheet.book.save(file)
    return file.getvalue()
