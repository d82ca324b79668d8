"""Every page that is read, found in the map of addresses, served to a browser and looked at by a machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.integration.fuzz.stage import Stage
from tests.journeys.walking import RULES

NARROW, WIDE = 360, 1280
UNSEEN = """() => {
  const shown = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const found = [];
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    one.focus();
    if (document.activeElement !== one || !one.getClientRects().length) continue;
    const near = [one, one.nextElementSibling, one.closest('label'), one.parentElement].filter(Boolean);
    if (!near.some(shown)) found.push(one.outerHTML.slice(0, 150));
  }
  return found;
}"""


@contextmanager
def served(stage: Stage) -> Iterator[str]:
    """The address of the stage while the block lasts."""
    server = make_server("127.0.0.1", 0, stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pages_of(stage: Stage, person: str) -> list[str]:
    """The addresses of all pages that somebody may read on this stage, each once."""
    found = []
    for rule in stage.rules("GET"):
        if person not in stage.visitors(rule):
            continue
        response = stage.send(person, "GET", stage.address(rule)).response
        whole = response.mimetype == "text/html" and "<html" in response.text  # else a piece for the script
        if response.status_code == 200 and whole:
            found.append(stage.address(rule))
    return found


class Looker:
    """One person's browser; `complaints` says what is wrong with the pages seen so far."""

    def __init__(self, browser: Browser, stage: Stage, address: str, person: str, language: str) -> None:
        self.address, self.person, self.language = address, person, language
        self.complaints: list[str] = []
        context = browser.new_context(viewport={"width": NARROW, "height": 740})
        self._let_in(context, stage)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self._complain(said.text))
        self.page.goto(f"{address}/language/{language}")

    def look_at(self, path: str, width: int = NARROW) -> None:
        """Open a page, and note what a machine finds wrong with it."""
        self.page.set_viewport_size({"width": width, "height": 740})
        answer = self.page.goto(self.address + path)
        if answer is None or answer.status != 200:
            self._complain(f"answered {answer and answer.status}")
        if self.page.locator("html").get_attribute("lang") != self.language:
            self._complain("is in the wrong language")
        for one in Axe().run(self.page, options={"runOnly": RULES}).response["violations"]:
            self._complain(f"{one['id']}: {one['nodes'][0]['html'][:200]}")
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            self._complain(f"is {wide} px wide on a screen of {width}")
        self.page.keyboard.press("Tab")
        for unseen in self.page.evaluate(UNSEEN):
            self._complain(f"does not show the focus on {unseen}")

    def close(self) -> None:
        """Leave."""
        self.page.context.close()

    def _complain(self, what: str) -> None:
        path = self.page.url.removeprefix(self.address)
        self.complaints.append(f"{path} as {self.person} in {self.language}: {what}")

    def _let_in(self, context: BrowserContext, stage: Stage) -> None:
        client = stage.app.test_client()
        with client.session_transaction() as session:
            if stage.identities[self.person]:
                session["_user_id"], session["_fresh"] = stage.identities[self.person], True
        cookie = client.get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": self.address}])
