"""The web dies in the middle of saving: what was called saved is there, what was not is kept and sent again."""

import json
import random
import re
from contextlib import suppress
from http.client import HTTPException
from threading import Event, Thread
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from playwright.sync_api import TimeoutError as NotSeenError

from compliance.extensions import db
from compliance.storage.models import Answer, Assessment
from compliance.storage.models import Event as LoggedEvent
from tests.journeys.visits import opened, sign_in

pytestmark = pytest.mark.slow
KILLS = 6
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
QUESTIONS = ("human_rights_responsible", "social_responsible_role")


class Saver(Thread):
    """Saves new texts to one question as fast as it can, and remembers the last one that was called saved."""

    def __init__(self, opener: OpenerDirector, address: str, token: str, question: str) -> None:
        super().__init__(daemon=True)
        self.opener, self.address, self.token, self.question = opener, address, token, question
        self.stop, self.acknowledged, self.attempts = Event(), (0, ""), 0
        self.revision = 0

    def run(self) -> None:
        while not self.stop.is_set():
            self.attempts += 1
            text = f"Roll {self.attempts}"
            try:
                answer = self._save(text)
            except (URLError, HTTPException, OSError):
                self._learn_revision()
                continue
            self.revision = answer["revision"]
            self.acknowledged = (self.revision, text)

    def _save(self, text: str) -> dict:
        fields = {"present": "1", "value": text, "revision": self.revision, "csrf_token": self.token}
        request = Request(f"{self.address}/answers/{self.question}", urlencode(fields).encode())
        request.add_header("Accept", "application/json")
        with self.opener.open(request, timeout=10) as answer:
            return json.load(answer)

    def _learn_revision(self) -> None:
        """A save whose answer got lost may have been made: the next one must know its revision."""
        fields = {"present": "1", "value": "?", "revision": 0, "csrf_token": self.token}
        request = Request(f"{self.address}/answers/{self.question}", urlencode(fields).encode())
        request.add_header("Accept", "application/json")
        try:
            self.opener.open(request, timeout=10).close()
        except HTTPError as error:
            if error.code == 409:
                self.revision = json.load(error)["revision"]
        except (URLError, HTTPException, OSError):
            sleep(0.05)


def test_no_acknowledged_answer_is_lost_when_the_web_is_killed_again_and_again(live_server, app):
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(live_server.url + live_server.link).read().decode()
    token = TOKEN.search(page)[1]
    inside = opener.open(live_server.url + live_server.link, urlencode({"csrf_token": token}).encode())
    token = TOKEN.search(inside.read().decode())[1]
    savers = [Saver(opener, live_server.url + live_server.round, token, question) for question in QUESTIONS]
    for saver in savers:
        saver.start()
    for _ in range(KILLS):
        _wait_for_more(savers)
        sleep(random.uniform(0, 0.3))
        live_server.kill("web")
        live_server.start("web")
    _wait_for_more(savers)
    for saver in savers:
        saver.stop.set()
        saver.join(timeout=20)
    lost = [saver.question for saver in savers if not _is_there(app, saver)]
    assert not lost


def _wait_for_more(savers: list[Saver]) -> None:
    """Until every saver has been told again that something is saved."""
    before = [saver.acknowledged[0] for saver in savers]
    end = monotonic() + 30
    while any(saver.acknowledged[0] <= had for saver, had in zip(savers, before, strict=True)):
        assert monotonic() < end, "nothing is saved any more"
        sleep(0.02)


def _is_there(app, saver: Saver) -> bool:
    """The last acknowledged text stands, or a later one whose acknowledgement was lost; each save has its event."""
    revision, text = saver.acknowledged
    with app.app_context():
        row = db.session.query(Answer).filter_by(question_id=saver.question).one()
        events = [
            event.payload["revision"]
            for event in db.session.query(LoggedEvent).filter_by(name="answer_saved")
            if event.payload["question"] == saver.question
        ]
        assert events == list(range(1, row.revision + 1))
        assert db.session.query(Assessment).one().answered_share > 0
        return row.revision > revision or (row.revision, row.value) == (revision, text)


@pytest.mark.browser
def test_what_could_not_be_saved_waits_in_the_page_and_is_sent_when_the_server_is_back(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE")
        sign_in(page, live_server.url + live_server.link)
        page.goto(page.url + "/sections/company_profile.ways_of_working")
        field = page.locator("[name='social_responsible_role:value']")
        state = page.locator("#q-social_responsible_role [data-state]")
        live_server.kill("web")
        field.fill("Platschef")
        page.locator("#q-social_responsible_role [data-state].is-bad").wait_for()
        assert not re.match("Sparat|Saved", state.inner_text())
        assert "Platschef" in page.evaluate("JSON.stringify(sessionStorage)")
        live_server.start("web")
        page.locator("#q-social_responsible_role [data-state].is-good").wait_for(timeout=40_000)
        assert page.evaluate("sessionStorage.length") == 0
        page.reload()
        assert field.input_value() == "Platschef"


def _come_back_until_saved(page):
    """A save that was on its way while the other tab signed in fails late; the next look at the page sends it again."""
    for _ in range(6):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        with suppress(NotSeenError):
            return page.locator("#q-social_responsible_role [data-state].is-good").wait_for(timeout=6_000)
    raise AssertionError("the text was never sent again")


@pytest.mark.browser
def test_a_session_that_ended_keeps_the_text_until_somebody_is_signed_in_again(live_server, chromium):
    with opened(chromium) as browser:
        context = browser.new_context(locale="sv-SE")
        page, other = context.new_page(), context.new_page()
        sign_in(page, live_server.url + live_server.link)
        page.goto(page.url + "/sections/company_profile.ways_of_working")
        context.clear_cookies()
        page.locator("[name='social_responsible_role:value']").fill("Vd")
        page.locator("#q-social_responsible_role [data-state].is-bad a").wait_for()
        sign_in(other, live_server.url + live_server.link)
        _come_back_until_saved(page)
