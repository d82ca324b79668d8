"""The eight-person painter with its answers prepared: what the form itself costs somebody who uses only the keyboard.

Counts key presses and the time the pages take. A press is reckoned as 0.28 s, that of an ordinary typist in the
keystroke-level model; finding out what to answer is what the questions' own minutes are about.
"""

import json
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import Assessment
from compliance.workflow.answering import journey_of
from tests.journeys.visits import opened
from tests.unit.answers.painter_cases import CASE, HONEST

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECONDS_A_KEY = 0.28
MOST_MINUTES = 12
SKIPPED_ROWS = 1
"""Rows after the first: a table is answered with one."""

GIVEN = {name.partition("@")[0]: value for name, value in (CASE["profile"] | HONEST).items()}
WHERE = """() => {
  const one = document.activeElement;
  return { tag: one.tagName, name: one.name || "", type: one.type || "", value: one.value, checked: one.checked,
           text: one.textContent.trim(), main: Boolean(one.closest("main")), label: (one.labels || [])[0]?.innerText,
           options: one.tagName === "SELECT" ? [...one.options].map(option => option.value) : [] };
}"""


@pytest.fixture
def painter(app, live_server) -> None:
    """The firm's contract has the terms that the reviewed case has, and its risk."""
    with app.app_context():
        row = db.session.query(Assessment).one()
        row.inherent_risk = CASE["inherent_risk"]
        row.contracts[0].special_labour_terms = True
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@dataclass
class Keyboard:
    """Somebody who knows the answers and presses keys; counts them, and the time the pages take."""

    page: Page
    presses: int = 0
    tabs: int = 0
    typed: int = 0
    waited: float = 0.0

    def press(self, key: str) -> dict:
        self.presses += 1
        self.tabs += key == "Tab"
        began = time.monotonic()
        self.page.keyboard.press(key)
        found = self.page.evaluate(WHERE)
        self.waited += time.monotonic() - began
        return found

    def write(self, text: str) -> None:
        self.presses += len(text)
        self.typed += len(text)
        self.page.keyboard.type(text)

    def enter(self) -> None:
        began = time.monotonic()
        self.presses += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.waited += time.monotonic() - began

    def answer_section(self) -> None:
        """From the top of a page to its button, answering what is met on the way."""
        for _ in range(1000):
            here = self.press("Tab")
            if here["tag"] == "BUTTON" and here["text"].startswith("Save and continue"):
                self.enter()
                return
            if here["main"] and ":value" in here["name"]:
                self.answer(here)
        raise AssertionError("no way on by keyboard")

    def answer(self, here: dict) -> None:
        """The field one stands in."""
        field = here["name"]
        question = field.partition(":")[0].partition("@")[0]
        wanted = GIVEN.get(question)  # none for what shows up while arrows pass a choice
        if wanted is None:
            return
        if ":value-" in field:
            self.cell(here, wanted, field.partition(":value-")[2])
        elif here["type"] == "radio":
            self.choose(here, wanted)
        elif here["type"] == "checkbox":
            if here["value"] in (wanted if isinstance(wanted, list) else [wanted]) and not here["checked"]:
                self.press("Space")
        elif here["type"] == "text" and here["value"] != str(wanted) and wanted != "never":
            self.write(str(wanted))

    def choose(self, here: dict, wanted: str) -> None:
        """Space takes the first of the choices, arrows go on."""
        if here["checked"]:
            return
        here = self.press("Space")
        for _ in range(20):
            if here["value"] == wanted:
                self.settle(here["name"].partition(":")[0])
                return
            here = self.press("ArrowDown")
        raise AssertionError(f"{here['name']} cannot be {wanted}")

    def settle(self, item: str) -> None:
        """Until the choice is saved and the questions that follow on it have come."""
        began = time.monotonic()
        self.page.locator(f'[id="q-{item}"] [data-state].is-good').first.wait_for()
        self.page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        self.waited += time.monotonic() - began

    def cell(self, here: dict, rows: object, place: str) -> None:
        row, column = place.split("-", 1)
        if not isinstance(rows, list) or int(row) >= SKIPPED_ROWS or here["type"] == "checkbox":
            return
        text = str(rows[0].get(column, ""))
        if here["value"] == text:
            return
        if here["tag"] != "SELECT":
            self.write(text)
            return
        for _ in range(here["options"].index(text)):
            self.press("ArrowDown")


@pytest.mark.usefixtures("painter")
def test_the_form_itself_costs_the_painter_minutes_and_not_an_hour(
    live_server, app, chromium, record_property
):
    with opened(chromium) as browser:
        page = browser.new_page(locale="en-GB")
        page.goto(f"{live_server.url}/language/en")
        page.goto(live_server.url + live_server.link)
        page.get_by_role("button", name="Open").click()
        page.get_by_role("link", name="Go on").click()  # one answer was there before
        keys = Keyboard(page)
        while "/sections/" in page.url:
            keys.answer_section()
    minutes = (keys.presses * SECONDS_A_KEY + keys.waited) / 60
    told = {
        "presses": keys.presses,
        "tabs": keys.tabs,
        "typed": keys.typed,
        "pages_seconds": round(keys.waited, 1),
    }
    record_property("keyboard", json.dumps(told | {"minutes": round(minutes, 1)}))
    with app.app_context():
        way = journey_of(db.session(), db.session.query(Assessment).one(), now=clock.now())
        assert way.ready, [(one.item.id, one.lack) for one in way.missing]
        assert way.progress.asked == len(GIVEN)
        assert minutes <= MOST_MINUTES
