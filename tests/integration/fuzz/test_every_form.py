"""Every form of the application, filled in badly by those who may send it: nothing breaks, leaks or is cut."""

import time
from random import Random

import pytest

from tests.integration.fuzz.collecting import Collected, collect
from tests.integration.fuzz.judging import faults
from tests.integration.fuzz.sending import attempt
from tests.integration.fuzz.stage import Stage

pytestmark = (
    pytest.mark.filterwarnings(  # a body cut off in the middle leaves its temporary file to the collector
        "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    )
)

EACH, LONG_SECONDS = 1, 300
AS_SCRIPT = 0.3


@pytest.fixture(scope="module")
def collected(stage) -> Collected:
    return collect(stage)


def try_one(stage: Stage, forms: list, chance: Random) -> list[str]:
    person, form = chance.choice(forms)
    numbers = [
        one
        for company in (stage.world.own, stage.world.other)
        for one in company.arguments.values()
        if isinstance(one, int)
    ]
    tried = attempt(person, form, chance, numbers)
    tried.as_script = chance.random() < AS_SCRIPT
    outcome = tried.send(stage, multipart=chance.random() < 0.5)
    return [f"{fault}: {tried}" for fault in faults(stage, tried, outcome)]


def test_forms_were_found_for_nearly_every_address(stage, collected):
    addresses = {rule.endpoint for rule in stage.rules("POST")}
    assert addresses == set(collected)
    assert sum(len(forms) for forms in collected.values()) > len(addresses)


def test_no_form_however_badly_filled_in_breaks_anything(stage, collected):
    chance, problems = Random(7), []
    for name in sorted(collected):
        for _ in range(EACH):
            problems += try_one(stage, collected[name], chance)
    assert problems == []


@pytest.mark.soak
def test_nor_does_any_in_minutes_of_trying(stage, collected):
    seed = time.time_ns() % 100_000
    chance, problems, end = Random(seed), [], time.monotonic() + LONG_SECONDS
    while time.monotonic() < end and not problems:
        problems += try_one(stage, collected[chance.choice(sorted(collected))], chance)
    assert problems == [], seed
