"""Kim asks Sam for help with one part; Sam answers it by a link of its own; Kim sees who answered what."""

import re

import pytest
from sqlalchemy import select

from compliance import clock
from compliance.app import create_app
from compliance.extensions import db
from compliance.storage.models import Assessment, Contact
from compliance.workflow.linking import make_link
from tests.journeys.visits import answer_section, no_axe_complaints, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PART = "company_profile.ways_of_working"
PHONE = {"width": 360, "height": 740}


def colleagues_link(live_server) -> str:
    """The link that the mail to the colleague would hold."""
    app = create_app(live_server.settings)
    with app.app_context():
        session = db.session()
        contact = session.scalars(select(Contact).where(Contact.is_colleague)).one()
        token = make_link(session, session.scalars(select(Assessment)).one(), contact, now=clock.now())
        session.commit()
        db.session.remove()
        db.engine.dispose()
    app.extensions["wake"].close()
    return f"{live_server.url}/link/{token}"


def ask_sam(page, home):
    page.goto(f"{home}/colleagues?part=section:{PART}")
    page.locator("#name").fill("Sam Exempel")
    page.locator("#email").fill("sam@leverantor.example")
    page.locator("#note").fill("Kan du ta den här delen?")
    page.locator("form[action$='/colleagues'] button[type=submit]").click()
    page.locator(".task-list", has_text="Sam Exempel").wait_for()


def is_fit(page):
    no_axe_complaints(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("language", ["sv-SE", "en-GB"])
def test_a_colleague_answers_a_part_on_a_phone_and_the_inviter_sees_who_did(live_server, chromium, language):
    with opened(chromium) as browser:
        kim = browser.new_context(locale=language, viewport=PHONE).new_page()
        sign_in(kim, live_server.url + live_server.link)
        home = kim.url
        kim.goto(f"{live_server.url}/language/{language[:2]}")
        ask_sam(kim, home)
        is_fit(kim)
        sam = browser.new_context(locale=language, viewport=PHONE).new_page()
        sam.goto(colleagues_link(live_server))
        is_fit(sam)
        sam.locator("form[action*='/link/'] button").click()
        sam.wait_for_url("**/supplier/assessments/*")
        is_fit(sam)
        sam.goto(f"{home}/sections/{PART}")
        answer_section(sam)
        is_fit(sam)
        kim.goto(f"{home}/colleagues")
        assert kim.locator(".task-list .tone-good").count() == 1
        kim.goto(f"{home}/check")
        is_fit(kim)


def test_a_wish_for_secrecy_is_made_from_the_question_and_listed_at_the_check(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=PHONE)
        sign_in(page, live_server.url + live_server.link)
        home = page.url
        page.goto(f"{home}/sections/{PART}")
        page.locator("a[href$='/secrecy']").first.click()
        is_fit(page)
        page.locator("input[value=both]").check()
        page.locator("#reason").fill("Det skulle skada oss om konkurrenter såg det.")
        page.locator("form[action*='/secrecy'] button[type=submit]").first.click()
        page.wait_for_url(re.compile("/sections/"))
        assert page.get_by_text("Det skulle skada oss").count() == 1
        page.goto(f"{home}/check")
        assert page.get_by_text("Det skulle skada oss").count() == 1
        is_fit(page)


def test_the_language_is_changed_in_the_middle_and_nothing_typed_is_lost(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=PHONE, java_script_enabled=False)
        sign_in(page, live_server.url + live_server.link)
        page.goto(f"{page.url}/sections/{PART}")
        field = page.locator("input[type=text][name$=':value']").first
        field.fill("Platschef")
        page.locator("button[name=language]").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("input[type=text][name$=':value']").first.input_value() == "Platschef"
