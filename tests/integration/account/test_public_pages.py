"""Pages for everybody: whole, true and in both languages."""

import html5lib
import pytest

PAGES = (
    "/",
    "/accessibility",
    "/privacy",
    "/account/sign-in",
    "/account/reset",
    "/account/link",
    "/account/link/sent",
)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_and_in_the_language_asked_for(visitor, path, language):
    page = visitor.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1") == 1
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_the_language_chosen_wins_over_the_browsers(visitor):
    response = visitor.get("/language/en?next=/privacy")
    assert response.location == "/privacy"
    assert '<html lang="en">' in visitor.get("/privacy", headers={"Accept-Language": "sv"}).text


def test_the_start_page_shows_both_ways_in(visitor):
    page = visitor.get("/").text
    assert "/account/sign-in" in page
    assert "/account/link" in page


def test_the_accessibility_statement_says_what_the_law_asks(visitor):
    page = visitor.get("/accessibility", headers={"Accept-Language": "en"}).text
    for needed in (
        "2018:1937",
        "WCAG",
        "mailto:inkop@exempelbostader.example",
        "digg.se/tdosanmalan",
        "2026",
    ):
        assert needed in page


def test_the_privacy_page_names_the_controller_and_the_authority(visitor):
    page = visitor.get("/privacy", headers={"Accept-Language": "en"}).text
    for needed in ("Exempelbostäder AB", "controller", "article 6.1", "union membership", "cookie", "imy.se"):
        assert needed in page


def test_only_the_session_cookie_is_set(visitor):
    visitor.get("/language/en")
    response = visitor.get("/account/sign-in")
    names = {cookie.split("=")[0] for cookie in response.headers.getlist("Set-Cookie")}
    assert names <= {"session"}


def test_the_web_process_tells_that_it_is_alive(visitor):
    assert visitor.get("/health").json == {"status": "ok"}
