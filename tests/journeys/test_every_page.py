"""Every page there is, as everybody who may read it: nothing for axe, no sideways scrolling, no error, a seen focus."""

import pytest

from tests.integration.fuzz.stage import PEOPLE, open_stage
from tests.journeys.every_page import NARROW, WIDE, Looker, pages_of, served
from tests.journeys.visits import opened

pytestmark = pytest.mark.browser

ONCE = (
    ("own supplier", False),
    ("own supplier", True),
    ("colleague", False),
    ("procurer", True),
    ("administrator", True),
)
"""Who looks on which stage when each kind of page is looked at once: a reader's pages are a procurer's with less."""


def look_at_all(chromium, folder, person, sent_in, languages, *, widths=(NARROW,), skip=frozenset()):
    """What is wrong with somebody's pages, and which pages were looked at."""
    with open_stage(folder, sent_in=sent_in) as stage, served(stage) as address, opened(chromium) as browser:
        pages = [path for path in pages_of(stage, person) if path not in skip]
        complaints = []
        for language in languages:
            looker = Looker(browser, stage, address, person, language)
            for path in pages:
                for width in widths:
                    looker.look_at(path, width)
            complaints += looker.complaints
            looker.close()
    return complaints, set(pages)


def test_each_page_is_fit_for_everybody_in_swedish(chromium, tmp_path):
    complaints, seen = [], set()
    for place, (person, sent_in) in enumerate(ONCE):
        folder = tmp_path / str(place)
        folder.mkdir()
        found, pages = look_at_all(chromium, folder, person, sent_in, ["sv"], skip=seen if sent_in else set())
        complaints += found
        seen |= pages
    assert not complaints, "\n".join(complaints)
    assert len(seen) > 60


@pytest.mark.soak
@pytest.mark.parametrize("sent_in", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_fit_for_everybody_in_both_languages_at_both_widths(
    chromium, tmp_path, person, sent_in
):
    complaints, _ = look_at_all(chromium, tmp_path, person, sent_in, ["sv", "en"], widths=(NARROW, WIDE))
    assert not complaints, "\n".join(complaints)
