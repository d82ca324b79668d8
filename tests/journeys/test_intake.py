"""Intake in a real browser: several files at once, dropped or chosen, each with its own row; and without a script."""

import re
from datetime import date

import pytest

from tests.journeys.fresh_papers import (
    draw_policy,
    draw_policy_in_word,
    draw_policy_photo,
    write,
    write_too_large,
)
from tests.journeys.visits import no_axe_complaints, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TAX = "/sections/working_conditions.tax_and_control"
TODAY = date(2026, 3, 12)
DROP = """([target, names]) => {
  const carried = new DataTransfer();
  names.forEach((name) => carried.items.add(new File(["%PDF-1.7 " + name], name)));
  const options = {bubbles: true, cancelable: true, dataTransfer: carried};
  const told = (kind) => target.dispatchEvent(new DragEvent(kind, options));
  told("dragover");
  const shown = target.classList.contains("is-over");
  told("drop");
  return shown;
}"""


@pytest.fixture
def papers(tmp_path):
    return [
        draw_policy(tmp_path / "policy.pdf", "Exempel 1 AB", TODAY),
        draw_policy_photo(tmp_path / "foto.jpg", "Exempel 2 AB", TODAY),
        draw_policy_in_word(tmp_path / "rutin.docx", "Exempel 3 AB", TODAY),
        write(tmp_path / "IMG_0012.HEIC", b"\0\0\0\x18ftypheic" + bytes(99)),
        write_too_large(tmp_path / "stor.pdf"),
    ]


@pytest.fixture
def browser(chromium):
    with opened(chromium) as running:
        yield running


def tax_page(browser, live_server, **options):
    page = browser.new_page(locale="sv-SE", **options)
    sign_in(page, live_server.url + live_server.link)
    page.goto(page.url + TAX)
    return page, page.locator('[data-proof="f_tax"]')


def test_several_files_at_once_each_with_its_own_outcome(browser, live_server, papers):
    page, panel = tax_page(browser, live_server)
    panel.locator("[data-file]").set_input_files(papers)
    for paper in papers[:3]:
        panel.get_by_role("link", name=paper.name).wait_for(timeout=20_000)
    rows = panel.locator("[data-uploads] li")
    panel.locator("[data-upload-state].is-bad").wait_for(timeout=20_000)
    assert rows.count() == 2
    assert "HEIC" in rows.nth(0).inner_text()
    assert "25 MB" in rows.nth(1).inner_text()
    assert panel.locator("[data-upload-state]").get_attribute("role") == "status"
    no_axe_complaints(page)
    panel.locator("[data-file]").set_input_files(
        papers[:1]
    )  # old troubles do not stand beside the new outcome
    page.wait_for_function(
        "document.querySelectorAll('[data-proof=f_tax] [data-uploads] .is-bad').length === 0"
    )


def test_files_are_dropped_on_the_question_they_prove(browser, live_server):
    page, panel = tax_page(browser, live_server)
    assert page.evaluate(DROP, [panel.element_handle(), ["a.pdf", "b.pdf"]])
    for name in ("a.pdf", "b.pdf"):
        panel.get_by_role("link", name=name).wait_for(timeout=20_000)
    assert page.url.endswith(TAX)


def test_progress_is_shown_while_a_file_is_on_its_way(browser, live_server, tmp_path):
    page, panel = tax_page(browser, live_server)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    speed = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 200_000}
    slow.send("Network.emulateNetworkConditions", speed)
    panel.locator("[data-file]").set_input_files(write(tmp_path / "lagom.pdf", b"%PDF-1.7" + bytes(400_000)))
    bar = panel.locator("progress")
    bar.wait_for()
    assert bar.get_attribute("aria-label") == "lagom.pdf"
    panel.locator(".upload-state", has_text=re.compile(r"[1-9]\d? %")).wait_for()
    panel.get_by_role("link", name="lagom.pdf").wait_for(timeout=20_000)


def test_a_newer_version_takes_the_place_of_the_older_one_by_keyboard(browser, live_server, tmp_path):
    page, panel = tax_page(browser, live_server)
    panel.locator("[data-file]").set_input_files(draw_policy(tmp_path / "2025.pdf", "Exempel AB", TODAY))
    panel.get_by_role("link", name="2025.pdf").wait_for(timeout=20_000)
    panel.locator("details:has([data-newer]) summary").focus()
    page.keyboard.press("Enter")
    panel.locator("[data-newer]").set_input_files(draw_policy(tmp_path / "2026.pdf", "Nya AB", TODAY))
    panel.get_by_role("link", name="2026.pdf").wait_for(timeout=20_000)
    assert panel.locator(".file-name", has_text="2025.pdf").count() == 0
    panel.locator("details:has(.versions) summary").click()
    assert panel.get_by_role("link", name="2025.pdf").is_visible()


def test_everything_works_without_a_script(browser, live_server, papers):
    _, panel = tax_page(browser, live_server, java_script_enabled=False)
    panel.locator('[name="f_tax:file"]').set_input_files(papers[:4])
    panel.locator("button[name=stay][value=f_tax]").last.click()
    for paper in papers[:3]:
        assert panel.get_by_role("link", name=paper.name).count() == 1
    assert "HEIC" in panel.locator(".field-error").inner_text()
