"""Tables: every cell kept as typed, its own message, rows added without a script, both sides shown as rows."""

from pathlib import Path

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.loader import load
from compliance.questionnaires.surroundings import Surroundings
from compliance.storage.models import Answer
from tests.integration.supplier.company import Company, build_company
from tests.integration.supplier.forms import Browser
from tests.rows import build_staff

FILE = Path(__file__).parents[2] / "definitions" / "table.yaml"
SECTION, TABLE = "sample_table.only", "every_column"


def cell(row: int, column: str) -> str:
    return f"{TABLE}:value-{row}-{column}"


def in_row(row: int, **cells: str) -> dict[str, str]:
    return {cell(row, column): text for column, text in cells.items()}


@pytest.fixture
def company(rows, monkeypatch) -> Company:
    """Asked the sample with tables, and nothing that is shipped but the profile."""
    build_staff(rows)
    real = catalogue.get
    sample = load(FILE, Surroundings(profile=real("company_profile", 1)))
    monkeypatch.setattr(
        catalogue, "get", lambda key, version: sample if key == sample.key else real(key, version)
    )
    return build_company(questionnaires={sample.key: 1})


@pytest.fixture
def kim(app, company) -> Browser:
    browser = Browser(app).become(company.user)
    browser.get("/language/en")
    return browser


def stored(rows) -> list[str] | None:
    rows.expire_all()
    row = rows.query(Answer).filter_by(question_id=TABLE).one_or_none()
    return row and row.value


def test_rows_are_saved_shown_again_and_one_more_can_be_filled_in(kim, company, rows):
    given = in_row(0, company="Exempel Bygg", people="1 000", country="Sweden", state="done")
    answer = kim.fill(company.address, SECTION, given, stay=TABLE)
    assert answer.location.endswith(f"#q-{TABLE}")
    assert stored(rows) == ['{"company":"Exempel Bygg","country":"SE","people":"1000","state":"done"}']
    form = kim.section(company.address, SECTION)
    assert form.fields[cell(0, "company")] == "Exempel Bygg"
    assert form.fields[cell(0, "people")] == "1,000"
    assert form.fields[cell(1, "company")] == ""


def test_an_untouched_table_is_not_saved_again(kim, company, rows):
    kim.fill(company.address, SECTION, in_row(0, company="Exempel Bygg"))
    kim.fill(company.address, SECTION, {})
    assert rows.query(Answer).filter_by(question_id=TABLE).one().revision == 1


def test_every_cell_that_is_wrong_has_its_own_message_and_keeps_what_was_typed(kim, company, rows):
    given = in_row(0, company="A", people="många") | in_row(1, company="B", since="2026-02-30")
    answer = kim.fill(company.address, SECTION, given)
    assert answer.status_code == 422
    for name, typed in ((cell(0, "people"), "många"), (cell(1, "since"), "2026-02-30")):
        assert f'id="{name}-error"' in answer.text
        assert f'href="#{name}"' in answer.text
        assert f'value="{typed}"' in answer.text
    assert "Row 2, From: That day does not exist." in answer.text
    assert stored(rows) is None


def test_a_script_gets_the_message_of_each_cell(kim, company):
    answer = kim.save(company.address, TABLE, **{"value-0-company": "A", "value-0-hours": "x"})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["value-0-hours"]


def test_both_sides_of_a_conflict_are_rows_in_words(kim, company):
    kim.save(company.address, TABLE, **{"value-0-company": "Deras", "value-0-state": "open"})
    mine = {"value-0-company": "Mitt", "value-0-state": "begun", "value-1-people": "många"}
    kim.save(company.address, TABLE, revision=1, **{"value-0-company": "Deras igen"})
    html = kim.save(company.address, TABLE, revision=1, **mine | {"value-1-people": "5"}).json["html"]
    assert "Company: Mitt, State: Begun" in html
    assert "People: 5" in html
    assert "Company: Deras igen" in html
    assert "{" not in html


def test_nothing_to_report_is_an_answer_and_excludes_rows(kim, company, rows):
    assert kim.save(company.address, TABLE, value="none").status_code == 200
    assert stored(rows) == ["none"]
    both = kim.save(company.address, TABLE, revision=1, value="none", **{"value-0-company": "A"})
    assert "Choose one or the other" in both.json["errors"]["value"]


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "{}"},
        {"value": '{"company": 1}'},
        {"value": '[["a"]]'},
        {"value": "["},
        {"value-0-salary": "1"},
        {"value-0-company": "\x00"},
        {"value-0-company": "x" * 5000},
        {f"value-{number}-company": "A" for number in range(2000)},
    ],
)
def test_what_is_no_row_of_this_table_is_refused_or_nothing(kim, company, rows, fields):
    answer = kim.save(company.address, TABLE, **fields)
    assert answer.status_code in {200, 422}
    assert not stored(rows)


def test_a_table_is_read_on_the_check_page_with_its_figures(kim, company):
    kim.fill(company.address, SECTION, in_row(0, company="A", people="2", hours="4000", state="done"))
    page = kim.get(f"{company.address}/answers").text
    assert "Per million hours: 500" in page
    assert "{&#34;" not in page
