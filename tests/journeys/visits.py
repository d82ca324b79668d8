"""Somebody at a browser who answers whatever the page asks, and the checks that hold on every page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SAVED = re.compile("^(Sparat|Saved) [0-9]")


@contextmanager
def opened(path: str) -> Iterator[Browser]:
    """A browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, url: str) -> None:
    """Open the mailed link and press its button."""
    page.goto(url)
    page.get_by_role("button", name=re.compile("Öppna|Open")).click()
    page.wait_for_url("**/supplier/assessments/*")


def no_axe_complaints(page: Page) -> None:
    """What a machine can find wrong for people who read with ears, keys or magnifiers: nothing."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert not found.response["violations"], f"{page.url}\n{found.generate_report()}"


def answer(question: Locator) -> None:
    """Give an answer by whatever control there is; the first choice of a list, the last of many boxes."""
    if (radios := question.locator("input[type=radio]")).count():
        radios.first.check()
        return
    boxes = question.locator("input[type=checkbox][name$=':value']:not([value^='state:'])")
    line = question.locator("[name$=':value'][type=text], textarea[name$=':value']")
    if line.count():
        line.fill(_words(question))
    elif boxes.count():
        boxes.first.check()
    else:
        question.locator("input[value='state:dont_know']").check()


def answer_section(page: Page) -> None:
    """Answer every question of the page, also those that turn up on the way, and wait until all is saved."""
    answered: set[str] = set()
    while left := [one for one in _names(page) if one not in answered]:
        question = page.locator(f'[data-question="{left[0]}"]')
        answer(question)
        answered.add(left[0])
        state = question.locator("[data-state]")
        page.wait_for_function(
            "line => /^(Sparat|Saved) [0-9]/.test(line.textContent)", arg=state.element_handle()
        )
        page.wait_for_selector("[data-questions]:not([aria-busy])")


def go_on(page: Page) -> None:
    """Press the button at the end of the section."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Spara och fortsätt|Save and continue")).click()


def _names(page: Page) -> list[Any]:
    return page.eval_on_selector_all("[data-question]", "all => all.map(one => one.dataset.question)")


def _words(question: Locator) -> str:
    hint = question.inner_text()
    if "2026-03-12" in hint:
        return "2026-03-12"
    return "8" if question.locator("[inputmode]").count() else "Platschef"
