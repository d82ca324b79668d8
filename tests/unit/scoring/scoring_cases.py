"""Cases for the scoring tests: raw JSON items with sane defaults, the whole pipeline, strategies."""

import json
from itertools import count

from hypothesis import strategies as st

from compliance.scoring import as_json, load_method, parse, read_bare_items, score

AREAS = ("human_rights", "working_conditions", "work_environment")
METHOD = load_method()


def raw(id_, **changes):
    """One answered, fully met minor item about human rights."""
    item = {"id": id_, "area": "human_rights", "criticality": "minor", "state": "answered", "credit": 1}
    return item | changes


def met(number, area="human_rights", prefix="met"):
    """So many fully met minor items."""
    return [raw(f"{prefix}-{area}-{position}", area=area) for position in range(number)]


def everywhere(number=5):
    """So many fully met minor items in every area: a flawless case to spoil."""
    return [item for area in AREAS for item in met(number, area)]


def case_of(items, inherent_risk="medium"):
    """The case as the engine sees it, read from real JSON text."""
    text = json.dumps({"items": items, "inherent_risk": inherent_risk})
    return read_bare_items(parse(text.encode()))


def card_of(items, inherent_risk="medium"):
    case = case_of(items, inherent_risk)
    return score(case.items, case.inherent_risk, METHOD)


def result(items, inherent_risk="medium"):
    """What `compliance score --json` prints for these items."""
    return json.loads(json.dumps(as_json(card_of(items, inherent_risk))))


CREDITS = st.one_of(st.sampled_from([0, 0.5, 1, 1, 1]), st.integers(0, 1000).map(lambda n: n / 1000))
STATES = st.sampled_from(
    ["answered"] * 10 + ["dont_know", "unanswered", "na_pending", "na_accepted", "hidden"],
)
MOSTLY_FALSE = st.integers(0, 29).map(lambda n: n == 0)


@st.composite
def raw_items(draw, area=None):
    """Any item that the method allows; the id is set by `raw_cases`."""
    item = {
        "area": area or draw(st.sampled_from(AREAS)),
        "criticality": draw(
            st.sampled_from(["minor"] * 6 + ["major"] * 4 + ["info", "zero_tolerance"]),
        ),
        "state": draw(STATES),
        "credit": draw(CREDITS),
        "expects_evidence": draw(st.booleans()),
        "evidence": draw(st.sampled_from(["accepted", "checked", "none", "expired", "wrong_holder"])),
        "remedied": draw(st.booleans()),
        "judged_false": draw(MOSTLY_FALSE),
        "bonus": draw(MOSTLY_FALSE),
    }
    return allowed(item)


def allowed(item):
    """The item without the two combinations that are refused."""
    if item["criticality"] == "zero_tolerance":
        item["bonus"] = False
        if item["state"].startswith("na_"):
            item["state"] = "answered"
    return item


@st.composite
def raw_cases(draw):
    """A list of items with ids, areas of very different sizes."""
    numbers = count(1)
    sizes = draw(st.tuples(*[st.sampled_from([0, 2, 5, 6])] * len(AREAS)))
    areas = [area for area, size in zip(AREAS, sizes, strict=True) for _ in range(size)]
    drawn = [draw(raw_items(area)) for area in areas]
    return [item | {"id": f"x{next(numbers)}"} for item in drawn]


RISKS = st.sampled_from(["low", "medium", "high", "unknown"])
