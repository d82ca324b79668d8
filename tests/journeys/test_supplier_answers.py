"""Kim answers for a painting firm: by the link in the mail, part by part, with proof, to the receipt."""

import re
from pathlib import Path

import pytest

from tests.journeys.visits import answer_section, go_on, no_axe_complaints, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CERTIFICATE = Path(__file__).parent.parent / "evidence_files" / "certificate_en_two_standards_expired.pdf"
FIRST = "/sections/company_profile.size_and_work"
TAX = "/sections/working_conditions.tax_and_control"
PHONE = {"width": 360, "height": 740}


def test_from_the_link_to_the_receipt_with_every_page_fit_for_everybody(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=PHONE)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        sign_in(page, live_server.url + live_server.link)
        home = page.url
        no_axe_complaints(page)
        page.goto(home + FIRST)
        while "/sections/" in page.url:
            answer_section(page)
            no_axe_complaints(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            go_on(page)
        no_axe_complaints(page)
        page.get_by_label(re.compile("namn|name")).fill("Kim Kontakt")
        page.get_by_label(re.compile("roll|role")).fill("Vd")
        page.locator("#confirmed").check()
        page.locator("form[action$='/check'] button").click()
        page.wait_for_url("**/receipt")
        assert re.search("[0-9a-f]{64}", page.inner_text(".receipt-mark"))
        for path in ("/receipt", "/result", "/answers", ""):
            page.goto(home + path)
            no_axe_complaints(page)
        assert not failures


def test_the_pages_around_the_questions_are_fit_for_everybody_in_english_too(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="en-GB")
        sign_in(page, live_server.url + live_server.link)
        home = page.url
        page.goto(f"{live_server.url}/language/en")
        paths = [
            "",
            FIRST,
            "/check",
            "/ask/other_person",
            "/ask/more_time",
            "/ask/no_longer_delivers",
            "/result",
        ]
        for path in paths:
            page.goto(home + path)
            assert page.locator("html").get_attribute("lang") == "en"
            no_axe_complaints(page)


def test_a_document_is_read_and_what_is_wrong_with_it_is_told(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE")
        sign_in(page, live_server.url + live_server.link)
        page.goto(page.url + TAX)
        panel = page.locator('[data-proof="f_tax"]')
        panel.locator("input[type=file]").set_input_files(CERTIFICATE)
        panel.locator(".file-list .tone-bad, .file-list .tone-attention").first.wait_for(timeout=60_000)
        assert "Sample Guarding Services Ltd" in panel.inner_text()
        no_axe_complaints(page)
        panel.locator("[data-remove]").click()
        panel.locator(".file-list").wait_for(state="detached")


def test_everything_works_by_forms_alone(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_context(java_script_enabled=False, locale="sv-SE").new_page()
        sign_in(page, live_server.url + live_server.link)
        home = page.url
        page.goto(home + FIRST)
        page.locator("[name='employees_in_sweden:value']").fill("åtta")
        page.locator("[name='outside_eea:value'][value=no]").check()
        go_on(page)
        assert page.locator("[name='employees_in_sweden:value']").input_value() == "åtta"
        assert page.locator("[name='outside_eea:value'][value=no]").is_checked()
        page.locator("[name='employees_in_sweden:value']").fill("8")
        with page.expect_navigation():
            page.locator("#q-employees_in_sweden button[name=stay]").first.click()
        assert page.locator("#q-employees_in_sweden [data-state]").inner_text().split()[-1][2] == ":"
        page.goto(home + TAX)
        page.locator("[id='f_tax:file']").set_input_files(CERTIFICATE)
        with page.expect_navigation():
            page.locator("#q-f_tax button[name=stay]").first.click()
        assert page.locator("#q-f_tax .file-name").inner_text() == CERTIFICATE.name


def test_two_tabs_are_shown_both_texts_and_the_supplier_chooses(live_server, chromium):
    with opened(chromium) as browser:
        context = browser.new_context(locale="sv-SE")
        one, two = context.new_page(), context.new_page()
        sign_in(one, live_server.url + live_server.link)
        address = one.url + "/sections/company_profile.ways_of_working"
        for page in (one, two):
            page.goto(address)
        field, state = (
            "[name='social_responsible_role:value'][type=text]",
            "#q-social_responsible_role [data-state].is-good",
        )
        one.locator(field).fill("Vd")
        one.locator(state).wait_for()
        two.locator(field).fill("Platschef")
        two.locator("[data-conflict]").wait_for()
        no_axe_complaints(two)
        assert "Vd" in two.locator("[data-conflict]").inner_text()
        two.locator("[data-keep-mine]").click()
        two.locator(state).wait_for()
        one.reload()
        assert one.locator(field).input_value() == "Platschef"
