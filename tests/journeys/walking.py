"""Somebody who knows only the pages: what stands on buttons, labels and links, in Swedish, and what pages say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SAVE_AND_GO_ON = "Spara och fortsätt"
EXPLAIN = "Förklara svaret i kommentaren."
SAVED = r"/^(Sparat|Saved) \d/"


class Walker:
    """One person at one browser. Notes what goes wrong on the way; `must_be_clean` tells it.

    Each page is looked at once by axe in both languages, at the width of this person's screen.
    """

    def __init__(self, browser: Browser, address: str, *, width: int = 1280, scripts: bool = True) -> None:
        context = browser.new_context(
            locale="sv-SE", viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        self.page = context.new_page()
        self.address, self.width, self.scripts = address, width, scripts
        self.complaints: list[str] = []
        self._seen: set[str] = set()
        self._expected = 0
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._heard)

    def open(self, path: str) -> None:
        """Go to an address, in full or on this site."""
        answer = self.page.goto(path if "://" in path else self.address + path)
        assert answer is not None
        assert answer.ok, f"{answer.status} {path}"

    def status(self, path: str) -> int:
        """What an address answers to this person."""
        with self.expecting_refusal():
            answer = self.page.goto(path if "://" in path else self.address + path)
        assert answer is not None
        return answer.status

    def follow(self, name: str) -> None:
        """Press the first link whose name matches, in the page's own part."""
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=re.compile(name)).first.click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the first button whose name matches, and wait for the next page."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("button", name=re.compile(name)).first.click()

    def fill(self, fields: dict[str, str]) -> None:
        """Fill in fields by what their labels begin with."""
        for label, text in fields.items():
            self.write(label, text)

    def write(self, label: str, text: str) -> None:
        """Fill in the first field whose label begins like this."""
        self.main.get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)

    def choose(self, label: str) -> None:
        """Tick the first box or radio that is labelled so."""
        self.main.get_by_label(label).first.check()

    def pick(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.main.get_by_label(label).first.select_option(label=option)

    @property
    def main(self) -> Locator:
        """The page's own part, without header and footer."""
        return self.page.get_by_role("main")

    @property
    def text(self) -> str:
        """What the page says."""
        return self.main.inner_text()

    def sees(self, *words: str) -> None:
        """Assert that the page says all of this."""
        text = self.text
        missing = [word for word in words if word not in text]
        assert not missing, f"{self.page.url} lacks {missing}:\n{text}"

    def does_not_see(self, *words: str) -> None:
        """Assert that nothing of this is on the page or in its source."""
        source = self.page.content()
        assert not [word for word in words if word in source], self.page.url

    @contextmanager
    def expecting_refusal(self) -> Iterator[None]:
        """While a page with an error status is what should come, the browser's own note of it is no complaint."""
        before = self._expected
        self._expected = 99
        yield
        self.page.wait_for_timeout(20)
        self._expected = before

    def look(self) -> None:
        """Have the page looked at, once for each kind of page, in both languages."""
        kind = re.sub(r"\d+|[A-Za-z0-9_-]{40,}", "#", self.page.url.partition("?")[0])
        if kind in self._seen or not self.scripts:
            return
        self._seen.add(kind)
        here = self.page.url
        self._complain_about(self.page)
        switch = self.page.get_by_role("link", name="English")
        if switch.count():
            with self.expecting_refusal():  # some of the pages that are looked at are refusals themselves
                self._look_in_english(switch, here)

    def _look_in_english(self, switch: Locator, here: str) -> None:
        with self.page.expect_navigation():
            switch.first.click()
        assert self.page.locator("html").get_attribute("lang") == "en", here
        self._complain_about(self.page)
        with self.page.expect_navigation():
            self.page.get_by_role("link", name="Svenska").first.click()
        if self.page.url != here:
            self.page.goto(here)

    def _complain_about(self, page: Page) -> None:
        found = Axe().run(page, options={"runOnly": RULES})
        for one in found.response["violations"]:
            self.complaints.append(f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self.complaints.append(f"{page.url}: {wide} px wide")

    def _heard(self, message: Any) -> None:
        if message.type == "error" and not (self._expected and "Failed to load" in message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def must_be_clean(self) -> None:
        """Assert that no page had a fault that a machine can find."""
        assert not self.complaints, "\n".join(self.complaints)


class Answerer:
    """Fills in whatever a section asks, by its controls alone.

    `wishes` say which choice to take in questions whose words match; else the first choice is taken, a number is 8, a
    day as in the hint, and words are words. `papers` say which file goes to questions whose words match.
    """

    def __init__(
        self,
        walker: Walker,
        wishes: dict[str, str] | None = None,
        papers: dict[str, Path] | None = None,
    ) -> None:
        self.walker, self.page = walker, walker.page
        self.wishes, self.papers = wishes or {}, papers or {}
        self.given: list[str] = []
        self.read = 0

    def answer_everything(self) -> None:
        """Section after section, until the page that asks no more; what is found missing there as well."""
        for _ in range(60):
            if self._questions():
                self.answer_section()
                self.walker.look()
                self.walker.press(SAVE_AND_GO_ON)
            elif not self._open_missing():
                return
        raise AssertionError(f"It never ends: {self.page.url}")

    def _open_missing(self) -> bool:
        """Go to the first thing that the check page calls missing."""
        missing = self.page.get_by_role("listitem").filter(
            has_text=re.compile("saknas|svar än"), has_not_text="dokument"
        )
        if not missing.count():
            return False
        with self.page.expect_navigation():
            missing.first.get_by_role("link").click()
        return True

    def _questions(self) -> list[str]:
        found = self.page.get_by_role("region")
        names = [found.nth(i).get_attribute("aria-label") for i in range(found.count())]
        return [name for name in names if name and self._question(name).get_by_role("status").count()]

    def _question(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def answer_section(self) -> None:
        """Every question of the page, also those that turn up on the way."""
        answered: set[str] = set()
        while left := [name for name in self._questions() if name not in answered]:
            answered.add(left[0])
            self.answer(self._question(left[0]))

    def answer(self, question: Locator) -> None:
        """One question, and its paper if there is one for it; waits until it is called saved."""
        words = question.inner_text()
        self.given.append(words.split("\n")[0])
        self._answer(question, words)
        self._wait_until_saved(question)
        if EXPLAIN in question.inner_text():
            self._explain(question)
        for pattern, paper in self.papers.items():
            if re.search(pattern, words):
                self.give(question, paper)

    def _wait_until_saved(self, question: Locator) -> None:
        if self.walker.scripts:
            state = question.get_by_role("status").first
            self.page.wait_for_function(f"line => {SAVED}.test(line.textContent)", arg=state.element_handle())
            self.page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")

    def _explain(self, question: Locator) -> None:
        """The comment that the answer needs."""
        comment = question.get_by_role("textbox", name="Kommentar")
        if not comment.is_visible():
            question.get_by_text("Lägg till en kommentar").click()
        self._write(comment, "Vi arbetar med det.")
        self._wait_until_saved(question)

    def _answer(self, question: Locator, words: str) -> None:
        wish = next((wish for pattern, wish in self.wishes.items() if re.search(pattern, words)), "")
        wished = question.get_by_label(re.compile(f"^{wish}")) if wish else None
        if wished is not None and wished.count():
            self._tick(wished.first)
        elif (radios := question.get_by_role("radio")).count():
            self._tick(radios.first)
        elif question.get_by_role("table").count():
            self._fill_row(question)
        elif wish and (lines := question.locator("fieldset, .field").first.get_by_role("textbox")).count():
            self._write(lines.first, wish)
        elif (lines := question.locator("fieldset, .field").first.get_by_role("textbox")).count():
            self._write(lines.first, _words_for(lines.first, words))
        else:
            self._tick(question.get_by_role("checkbox").first)

    def _tick(self, choice: Locator) -> None:
        """Tick it, also when it was ticked before: then there is nothing to save."""
        if choice.is_checked():
            choice.focus()
        else:
            choice.check()

    def _write(self, line: Locator, text: str) -> None:
        if line.input_value() != text:
            line.fill(text)
            line.blur()

    def _fill_row(self, question: Locator) -> None:
        """The first row of a table."""
        row = question.get_by_role("table").locator("tbody").get_by_role("row").first
        for cell in row.get_by_role("combobox").all():
            if cell.evaluate("cell => cell.tagName") == "SELECT":
                cell.select_option(index=1)
            else:
                self._write(cell, "Sverige")
        for cell in row.get_by_role("textbox").all():
            self._write(cell, _words_for(cell, cell.get_attribute("aria-label") or ""))

    def offer(self, question: Locator, paper: Path) -> None:
        """Choose a file for a question."""
        for fold in question.locator("details:not([open])").filter(has_text="Lägg till ett dokument").all():
            fold.locator("summary").click()
        question.get_by_label(re.compile("^Ladda upp")).set_input_files(paper)

    def give(self, question: Locator, paper: Path) -> None:
        """Upload a paper, and see it received."""
        self.offer(question, paper)
        if self.walker.scripts:
            question.get_by_role("link", name=paper.name).wait_for()
        self.read += 1


def _words_for(line: Locator, words: str) -> str:
    if "datum" in words.lower() or "2026-03-12" in words or "dag" in words.lower().split():
        return "2026-03-12"
    if line.get_attribute("inputmode"):
        return "8"
    return "Platschef"
