"""Uploads while other things go on: several in a row, and a slow one that must not hold anybody else."""

import re
import socket
import time
from datetime import date
from http.cookiejar import CookieJar
from statistics import median
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from tests.journeys.fresh_papers import draw_policy
from tests.journeys.test_nothing_is_lost import Saver
from tests.journeys.visits import opened, sign_in

pytestmark = pytest.mark.slow
TAX = "/sections/working_conditions.tax_and_control"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SLOW_UPLOADS = 8
QUICK_SECONDS = 2
ASKED = "human_rights_responsible"


@pytest.mark.browser
def test_papers_chosen_one_after_the_other_while_earlier_ones_are_under_way_all_arrive(
    live_server, chromium, tmp_path
):
    papers = [
        draw_policy(tmp_path / f"del-{n}.pdf", f"Exempel {n} AB", date(2026, 3, 12)) for n in range(1, 5)
    ]
    with opened(chromium) as browser:
        page = browser.new_page(locale="sv-SE")
        sign_in(page, live_server.url + live_server.link)
        page.goto(page.url + TAX)
        panel = page.locator('[data-proof="f_tax"]')
        dialog_opened_from = panel.locator("input[type=file]").element_handle()
        for paper in papers:
            dialog_opened_from.set_input_files(paper)
            page.wait_for_timeout(150)
        for paper in papers:
            panel.get_by_role("link", name=paper.name).wait_for(timeout=20_000)
        page.reload()
        assert [panel.get_by_role("link", name=paper.name).count() for paper in papers] == [1] * len(papers)


def test_slow_uploads_do_not_hold_other_pages(live_server):
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    token = TOKEN.search(opener.open(live_server.url + live_server.link).read().decode())[1]
    opener.open(live_server.url + live_server.link, urlencode({"csrf_token": token}).encode())
    header = "; ".join(f"{one.name}={one.value}" for one in cookies)
    slow = [_begin_upload(live_server, header) for _ in range(SLOW_UPLOADS)]
    try:
        waits = []
        for _ in range(10):
            for one in slow:
                one.sendall(b"0" * 1000)
            began = time.monotonic()
            with urlopen(f"{live_server.url}/account/sign-in", timeout=20) as answer:
                assert answer.status == 200
            waits.append(time.monotonic() - began)
    finally:
        for one in slow:
            one.close()
    print(f"pages beside {SLOW_UPLOADS} slow uploads: {median(waits):.3f} s, worst {max(waits):.3f} s")  # noqa: T201
    assert max(waits) < QUICK_SECONDS


def _begin_upload(live_server, cookies: str) -> socket.socket:
    """A connection that has announced 20 MB and sent the beginning of them."""
    line = socket.create_connection(("127.0.0.1", live_server.port), timeout=20)
    line.sendall(
        f"POST {live_server.round}/answers/f_tax/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        "Content-Type: multipart/form-data; boundary=mark\r\nContent-Length: 20000000\r\n\r\n"
        '--mark\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'.encode()
    )
    return line


def test_slow_uploads_do_not_hold_the_saves_of_others(live_server):
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    token = TOKEN.search(opener.open(live_server.url + live_server.link).read().decode())[1]
    inside = opener.open(live_server.url + live_server.link, urlencode({"csrf_token": token}).encode())
    saver = Saver(opener, live_server.url + live_server.round, TOKEN.search(inside.read().decode())[1], ASKED)
    header = "; ".join(f"{one.name}={one.value}" for one in cookies)
    slow = [_begin_upload(live_server, header) for _ in range(SLOW_UPLOADS // 2)]
    try:
        time.sleep(1)
        began = time.monotonic()
        saver.revision = saver._save("Roll 1")["revision"]
        assert time.monotonic() - began < QUICK_SECONDS
    finally:
        for one in slow:
            one.close()
