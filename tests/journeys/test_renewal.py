"""Kim answers a second time: confirms what still is true, changes what is not, answers what is asked anew, replies."""

import re
import socket

import pytest

from compliance import clock
from compliance.extensions import db
from compliance.workflow.linking import make_link
from tests.integration.workflow.renewal import answered_weeks_ago
from tests.journeys.conftest import LiveServer
from tests.journeys.visits import answer, go_on, no_axe_complaints, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 360, "height": 740}
FIRST = "/sections/company_profile.size_and_work"
STILL_TRUE = re.compile("Ja, de stämmer|Yes, they are still")


@pytest.fixture
def server(app, settings):
    """A running installation with a supplier that answered some weeks ago and has been asked again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = LiveServer(settings, free.getsockname()[1])
    with app.app_context():
        earlier = answered_weeks_ago(db.session())
        earlier.say("ohs_policy", "no")
        renewal = earlier.renew()
        token = make_link(db.session(), renewal.round, renewal.round.contact, now=clock.now())
        server.link = f"/link/{token}"
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    try:
        server.start("web")
        yield server
    finally:
        for command in list(server.processes):
            server.kill(command)


def confirm(page):
    """Press the one button by keyboard."""
    button = page.get_by_role("button", name=STILL_TRUE)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer_what_is_asked_anew(page):
    """Every question that shows no answer of last time to confirm, also those that turn up on the way."""
    answered: set[str] = set()
    asked = "[data-question]:not(:has([data-carried]))"
    while True:
        names = page.eval_on_selector_all(asked, "all => all.map(one => one.dataset.question)")
        left = [name for name in names if name not in answered and not is_saved(page, name)]
        if not left:
            return
        question = page.locator(f'[data-question="{left[0]}"]')
        answer(question)
        answered.add(left[0])
        question.locator("[data-state].is-good").wait_for()
        page.wait_for_selector("[data-questions]:not([aria-busy])")


def is_saved(page, name):
    return bool(page.locator(f'[data-question="{name}"] [data-state]').inner_text())


def to_the_check(page, home):
    """Every part: confirmed where there is something to confirm, answered where something is asked anew."""
    seen = []
    page.goto(home + FIRST)
    while "/sections/" in page.url:
        assert len(seen) < 60, seen
        seen.append(page.url)
        no_axe_complaints(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        answer_what_is_asked_anew(page)
        if page.get_by_role("button", name=STILL_TRUE).count():
            confirm(page)
        else:
            go_on(page)
    return seen


def send_in(page):
    page.get_by_label(re.compile("namn|name")).fill("Kim Kontakt")
    page.get_by_label(re.compile("roll|role")).fill("Vd")
    page.locator("#confirmed").check()
    page.locator("form[action$='/check'] button").click()
    page.wait_for_url("**/receipt")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_renewal_from_the_link_to_the_reply_on_a_phone(server, chromium, language):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE", viewport=PHONE)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        sign_in(page, server.url + server.link)
        home = page.url
        page.goto(f"{server.url}/language/{language}")
        page.goto(home)
        no_axe_complaints(page)
        to_the_check(page, home)
        no_axe_complaints(page)
        send_in(page)
        reply(page, home)
        assert not failures


def reply(page, home):
    """Something else than recommended for the policy: it fell short before and does so again, or nothing does."""
    page.goto(f"{home}/actions")
    no_axe_complaints(page)
    for action in page.locator(".action").all():
        action.locator("input[value=own]").check()
        action.locator("textarea").fill("Vi anlitar en konsult")
        action.locator("input[id$=':day']").fill(
            clock.today().replace(year=clock.today().year + 1).isoformat()
        )
    if page.locator(".action").count():
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("Spara beskeden|Save the replies")).click()
        no_axe_complaints(page)
        assert "Vi anlitar en konsult" in page.inner_text("main")


def test_an_answer_changed_by_hand_waits_no_longer_to_be_confirmed(server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE")
        sign_in(page, server.url + server.link)
        page.goto(page.url + FIRST)
        question = page.locator('[data-question="employees_in_sweden"]')
        carried = page.locator("[data-carried]").count()
        question.locator("summary").first.click()
        assert question.locator("[name$=':value']").input_value() == "8"
        question.locator("[name$=':value']").fill("9")
        question.locator("[data-state].is-good").wait_for()
        question.locator("[data-carried]").wait_for(state="detached")
        assert page.locator("[data-carried]").count() == carried - 1
        confirm(page)
        page.goto(re.sub("/sections/.*", "", page.url) + FIRST)
        assert page.locator("[name='employees_in_sweden:value']").input_value() == "9"
        assert not page.locator("[data-carried]").count()


def test_a_renewal_works_by_forms_alone(server, chromium):
    with opened(chromium) as browser:
        page = browser.new_context(java_script_enabled=False, locale="sv-SE").new_page()
        sign_in(page, server.url + server.link)
        home = page.url
        page.goto(home + FIRST)
        page.locator("#q-employees_in_sweden summary").first.click()
        page.locator("[name='employees_in_sweden:value']").fill("nio")
        confirm(page)
        assert page.locator("[name='employees_in_sweden:value']").is_visible()
        page.locator("[name='employees_in_sweden:value']").fill("9")
        confirm(page)
        page.goto(home + FIRST)
        assert page.locator("[name='employees_in_sweden:value']").input_value() == "9"
        assert not page.get_by_role("button", name=STILL_TRUE).count()
