"""Takes the pictures in docs/screenshots from a fresh demo, in a real browser: `make screenshots`."""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
PICTURES = PROJECT / "docs" / "screenshots"
WIDTHS = {"wide": 1280, "narrow": 360}
HIGHEST = 1600
PATIENCE = 120
COLOURS = 128
PROCURER = ("anna@exempelbostader.example", "demo-inkopare-anna")
STAFF_PAGES = {
    "desk": "/desk",
    "suppliers": "/suppliers",
    "contract": "/contracts/1",
}
PAINTER = "Exempel Måleri"


@contextmanager
def demo() -> Iterator[str]:
    """A demo of its own, running; gives its address."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [
            str(Path(sys.executable).parent / "compliance"),
            "demo",
            "--folder",
            f"{folder}/demo",
            "--port",
            str(port),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str) -> None:
    """Until the demo answers. Raises TimeoutError when it does not."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise TimeoutError(address)


def shoot(page: Page, name: str) -> None:
    """One picture, cut where it gets long."""
    height = min(HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS["wide"]
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(
            COLOURS
        )  # a third of the size, and no eye sees the difference
    small.save(file, optimize=True)


def staff_pictures(browser: Browser, address: str, language: str, size: str) -> None:
    """The procurer's pages."""
    page = browser.new_page(viewport={"width": WIDTHS[size], "height": 800})
    page.goto(f"{address}/language/{language}")
    page.goto(f"{address}/account/sign-in")
    page.fill("input[name=email]", PROCURER[0])
    page.fill("input[name=password]", PROCURER[1])
    page.click("main button[type=submit]")
    for name, path in STAFF_PAGES.items():
        page.goto(address + path)
        shoot(page, f"{name}-{language}-{size}")
    page.goto(f"{address}/assessments")
    page.locator("main a", has_text=PAINTER).first.click()
    shoot(page, f"result-{language}-{size}")
    page.locator("main a[href$='/answers/work_environment']").first.click()
    shoot(page, f"proof-{language}-{size}")
    page.close()


def supplier_pictures(browser: Browser, address: str, language: str, size: str) -> None:
    """The supplier's pages, from the newest invitation in the demo's mailbox."""
    page = browser.new_page(viewport={"width": WIDTHS[size], "height": 800})
    page.goto(f"{address}/language/{language}")
    page.goto(f"{address}/demo/mailbox")
    page.locator("main a[href*='.eml']").first.click()
    found = re.search(r"/link/[\w-]+", page.content())
    assert found, "the newest mail in the demo is an invitation"
    page.goto(address + found.group())
    shoot(page, f"invitation-{language}-{size}")
    page.locator("main form button[type=submit]").first.click()
    shoot(page, f"tasks-{language}-{size}")
    page.locator("main a[href*='/sections/']").last.click()
    shoot(page, f"section-{language}-{size}")
    page.close()


def main() -> None:
    """All pictures: Swedish in both widths, English in one."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or sys.exit(
        "chromium is missing: install the Debian package of that name"
    )
    with demo() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for language, size in (("sv", "wide"), ("sv", "narrow"), ("en", "wide")):
            staff_pictures(browser, address, language, size)
            supplier_pictures(browser, address, language, size)
        browser.close()


if __name__ == "__main__":
    main()
