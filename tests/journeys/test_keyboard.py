"""Answering and sending in with nothing but Tab, Space, arrows, Enter and letters; where one stands is always seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from compliance.extensions import db
from compliance.storage.models import Answer, Assessment
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import Company
from tests.journeys.visits import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECTION, LEFT = "human_rights.commitment", ("human_rights_commitment", "human_rights_responsible")
MOST_TABS = 300
WHERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return { tag: one.tagName, name: one.name || "", type: one.type || "", text: one.textContent.trim(), value: one.value,
           ring, seen: box.bottom > 0 && box.top < innerHeight && box.width > 0, main: Boolean(one.closest("main")) };
}"""


@pytest.fixture
def nearly_done(app, live_server) -> None:
    """Everything is answered but the questions of one section."""
    with app.app_context():
        row = db.session.query(Assessment).one()
        answer_all(db.session(), Company(None, row, row.contracts[0]))
        db.session.query(Answer).filter(Answer.question_id.in_(LEFT)).delete()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def here(self) -> dict:
        found = self.page.evaluate(WHERE)
        assert found["ring"], f"nobody sees where the focus is: {found}"
        assert found["seen"], f"the focus is out of sight: {found}"
        return found

    def to(self, wanted: Callable[[dict], bool]) -> dict:
        """Tab until there."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted(found := self.here()):
                return found
        raise AssertionError("no way there by keyboard")

    def follow(self, *words: str) -> None:
        """To a button or link, and Enter."""
        self.to(lambda one: one["tag"] in {"A", "BUTTON"} and one["main"] and one["text"].startswith(words))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        self.to(lambda one: one["name"] == name and one["type"] == "text")
        self.page.keyboard.type(text)


@pytest.mark.usefixtures("nearly_done")
def test_a_section_is_answered_and_everything_sent_in_by_keyboard(live_server, chromium):
    with opened(chromium) as browser:
        page = browser.new_page(locale="en-GB")
        keys = Keys(page)
        page.goto(f"{live_server.url}/language/en")
        page.goto(live_server.url + live_server.link)
        keys.follow("Open")
        keys.follow("Go on")
        assert page.url.endswith(SECTION)
        keys.to(lambda one: one["name"] == f"{LEFT[0]}:value")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        assert keys.here()["value"] == "yes"
        expect(page.locator(f"#q-{LEFT[0]} [data-state].is-good")).to_have_count(1)
        keys.write(f"{LEFT[1]}:value", "Managing director")
        keys.follow("Save and continue")
        while "/sections/" in page.url:
            keys.follow("Save and continue")
        keys.write("name", "Kim Kontakt")
        keys.write("role", "Managing director")
        keys.to(lambda one: one["name"] == "confirmed")
        page.keyboard.press("Space")
        keys.follow("Send")
        page.wait_for_url("**/receipt")
