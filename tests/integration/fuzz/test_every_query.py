"""Every page with junk after the question mark, and every address with numbers that no row can have."""

from random import Random

import pytest

from tests.integration.fuzz import junk

NAMES = (
    "after", "before", "state", "text", "name", "band", "risk", "priority", "least", "ends_by", "sort", "all", "part",
    "contract", "next", "as", "days", "day", "month", "year", "page", "q", "from", "to", "lead", "kind", "language",
    "owner", "start", "fact",
)  # fmt: skip
WORDS = (*junk.STRANGE, *junk.NUMBERS, *junk.DAYS, *junk.CHOICES)
CLOSED = frozenset({200, 302, 308, 400, 404, 409})
NOWHERE = frozenset({404, 405})
"""No such page, or (where only a form is sent) none that can be looked at."""


def test_every_name_that_pages_read_is_tried(stage):
    """A page that reads another one must be tried with it."""
    from pathlib import Path
    from re import findall

    code = "".join(one.read_text() for one in Path(stage.app.root_path).glob("web/**/*.py"))
    read = set(findall(r'request\.(?:args|values)\.get(?:list)?\("(\w+)"', code))
    assert read - set(NAMES) == set()


def test_no_question_after_an_address_breaks_a_page(stage):
    chance, problems = Random(11), []
    for rule in stage.rules("GET"):
        person = stage.visitors(rule)[-1 if rule.endpoint.startswith("procurer") else 0]
        query = [(name, chance.choice(WORDS).encode("utf-8", "replace").decode()) for name in NAMES]
        for asked in ([*query, *query],):
            outcome = stage.send(person, "GET", stage.address(rule), query_string=asked)
            if outcome.response.status_code not in CLOSED or outcome.seconds > 5:
                problems.append(f"{rule.rule}: {outcome.response.status_code} {asked}")
    assert problems == []


@pytest.mark.parametrize("number", [2**31, pytest.param(2**63, marks=pytest.mark.soak), 10**40])
def test_no_number_in_an_address_breaks_a_page(stage, number):
    problems = []
    for rule in (one for method in ("GET", "POST") for one in stage.rules(method)):
        given = {name for name in rule.arguments if name.endswith("_id") and name != "question_id"}
        address = stage.address(rule, **dict.fromkeys(given, 7777777)).replace("7777777", str(number))
        method = "GET" if "GET" in rule.methods else "POST"
        how = {"data": {"csrf_token": stage.token}} if method == "POST" else {}
        code = stage.send(stage.visitors(rule)[0], method, address, **how).response.status_code
        if given and code not in NOWHERE:
            problems.append(f"{method} {address}: {code}")
    assert problems == []


@pytest.mark.soak
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD"])
def test_no_other_method_does_anything(stage, method):
    problems = []
    for rule in stage.rules("POST"):
        outcome = stage.send(
            stage.visitors(rule)[0], method, stage.address(rule), data={"csrf_token": stage.token}
        )
        if outcome.response.status_code >= 500 or stage.rows() != stage.before:
            problems.append(f"{method} {rule.rule}: {outcome.response.status_code}")
    assert problems == []
