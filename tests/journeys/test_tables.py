"""A table filled in by a person: on a wide screen and a phone, with and without scripts, and with the net gone."""

import pytest
from playwright.sync_api import Page, expect

from compliance.extensions import db
from compliance.storage.models import Answer, Assessment
from tests.journeys.visits import no_axe_complaints, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SAID = "[data-state].is-good"
GIVEN = {"employees_in_sweden": "8", "subcontracting": "one_tier", "hazards": ["height"]}


@pytest.fixture
def pages(app, live_server) -> dict[str, str]:
    """Two pages with tables, of definitions that have them: addresses by what they ask about."""
    with app.app_context():
        row = db.session.query(Assessment).one()
        row.questionnaires = {"working_conditions": 2, "work_environment": 2}
        for question, value in GIVEN.items():
            place = {"assessment_id": row.id, "question_id": question, "saved_at": row.created_at}
            db.session.add(Answer(state="answered", value=value, **place))
        base = f"{live_server.url}/supplier/assessments/{row.id}/sections"
        contract = row.contracts[0].id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return {
        "subcontractors": f"{base}/working_conditions.subcontractors@{contract}",
        "permits": f"{base}/work_environment.risks",
    }


class Filled:
    """The one table of a page, and what stands in its cells."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.question = page, page.locator(f"[data-question^='{name}']")

    def cell(self, row: int, column: str):
        return self.question.locator(f"[name$=':value-{row}-{column}']")

    def saved(self) -> None:
        expect(self.question.locator(SAID)).to_have_count(1)
        assert not self.page.locator(".save-state.is-bad").count()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_rows_are_filled_in_saved_and_corrected(live_server, chromium, pages, size):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=size)
        sign_in(page, live_server.url + live_server.link)
        page.goto(pages["subcontractors"])
        table = Filled(page, "subcontractor_register")
        no_axe_complaints(page)
        table.question.locator("[data-add-row]").click()
        assert page.evaluate("document.activeElement.name").endswith(":value-1-company")
        table.cell(1, "company").fill("Exempel Plåt AB")
        table.cell(1, "tier").fill("första")
        table.cell(1, "tier").blur()
        error = table.question.locator("td.has-error .field-error")
        expect(error).to_have_count(1)
        assert table.cell(1, "tier").get_attribute("aria-invalid") == "true"
        no_axe_complaints(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        table.cell(1, "tier").fill("1")
        table.saved()
        expect(error).to_have_count(0)
        page.reload()
        assert table.cell(0, "company").input_value() == "Exempel Plåt AB"
        assert table.cell(1, "company").input_value() == ""


def test_what_was_typed_while_the_net_was_gone_comes_back_with_its_rows(live_server, chromium, pages):
    with opened(chromium) as browser:
        context = browser.new_context(locale="sv-SE")
        page = context.new_page()
        sign_in(page, live_server.url + live_server.link)
        page.goto(pages["subcontractors"])
        table = Filled(page, "subcontractor_register")
        page.route("**/answers/**", lambda route: route.abort())
        for row, name in enumerate(("Ett", "Två", "Tre")):
            table.cell(row, "company").fill(name)
            table.question.locator("[data-add-row]").click()
        expect(table.question.locator(".save-state.is-bad")).to_have_count(1)
        page.on("dialog", lambda dialog: dialog.accept())
        page.unroute("**/answers/**")
        page.reload()
        table.saved()
        assert [table.cell(row, "company").input_value() for row in range(3)] == ["Ett", "Två", "Tre"]
        page.reload()
        assert table.cell(2, "company").input_value() == "Tre"


def test_a_day_and_no_day_and_nothing_to_report_put_each_other_away(live_server, chromium, pages):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=PHONE)
        sign_in(page, live_server.url + live_server.link)
        page.goto(pages["permits"])
        table = Filled(page, "permits_held")
        no_axe_complaints(page)
        table.question.locator("select").first.select_option("lift")
        days = table.question.locator("tbody tr").first.locator("[name*='-0-'][type=checkbox]")
        text = page.locator(f"[name='{days.get_attribute('name')}'][type=text]")
        text.fill("2027-05-01")
        days.check()
        assert text.input_value() == ""
        days.uncheck()
        assert text.input_value() == "2027-05-01"
        nothing = table.question.locator("[value=none]")
        nothing.check()
        assert text.input_value() == table.question.locator("select").first.input_value() == ""
        nothing.uncheck()
        assert table.question.locator("select").first.input_value() == "lift"
        table.saved()


def test_two_tabs_see_both_tables_as_rows(live_server, chromium, pages):
    with opened(chromium) as browser:
        context = browser.new_context(locale="sv-SE")
        one, two = context.new_page(), context.new_page()
        sign_in(one, live_server.url + live_server.link)
        for page in (one, two):
            page.goto(pages["subcontractors"])
        for page, name in ((one, "Deras"), (two, "Mitt")):
            Filled(page, "subcontractor_register").cell(0, "company").fill(name)
            page.locator(f"[data-question^=subcontractor_register] :is({SAID}, [data-conflict])").wait_for()
        shown = two.locator("[data-conflict]").inner_text()
        assert "Företag: Mitt" in shown
        assert "Företag: Deras" in shown
        no_axe_complaints(two)


def test_rows_are_added_without_a_script(live_server, chromium, pages):
    with opened(chromium) as browser:
        page = browser.new_context(java_script_enabled=False, locale="sv-SE").new_page()
        sign_in(page, live_server.url + live_server.link)
        page.goto(pages["subcontractors"])
        table = Filled(page, "subcontractor_register")
        for row, name in enumerate(("Ett", "Två")):
            table.cell(row, "company").fill(name)
            with page.expect_navigation():
                table.question.locator("[data-add-row]").click()
        assert table.cell(1, "company").input_value() == "Två"
        assert table.cell(2, "company").input_value() == ""
