"""The table of `docs/dates.md` is true: every row is computed, and computed again by the slow reference."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from compliance.suppliers.contract_json import RefusedError, read_contract
from tests.unit.suppliers.contract_cases import dates_on, fixed, months, option, tacit
from tests.unit.suppliers.contract_reference import expected

PAGE = Path(__file__).parents[3] / "docs" / "dates.md"
NAMES = (
    "period_end",
    "ends_on",
    "ended",
    "last_notice_day",
    "last_working_notice_day",
    "missed",
    "decide_by",
    "invite_by",
)
LEADS = {"decision": 10, "review": 10, "handling": 15, "answering": 30}
WORDS = {"yes": True, "no": False, "–": None}
MISTAKES = {
    "The last day is before the first day": fixed("2024-01-01"),
    "An option without its own time of notice": fixed()
    | {"renewal": {"kind": "option", "periods": 1, "months": 12}},
    "A tacit renewal without notice": fixed() | {"renewal": {"kind": "tacit", "months": 12}},
    "A negative time of notice": tacit(notice=months(-1)),
    "More extensions made than were agreed": option(extended=3),
    "A renewal of 0 months": option(length=0),
    "An option without a last day of the first period": option(None),
    "The first last day to use an option is before the start": option(notice=months(48)),
    "A tacit notice longer than the renewal": tacit(notice=months(13)),
    "A day in the year 9999": fixed("9999-12-31"),
}


def rows_of(heading):
    """The cells of the table below a heading."""
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def published_cases():
    terms = re.findall(r"^\d+\. `(.+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = rows_of("What is seen on a day")
    assert len(rows) == len(terms) > 30
    return [pytest.param(json.loads(case), row, id=row[1]) for case, row in zip(terms, rows, strict=True)]


@pytest.mark.parametrize(("case", "row"), published_cases())
def test_a_published_case_is_true_and_the_reference_agrees(case, row):
    told = [WORDS.get(cell, cell) for cell in row[3:]]
    usual = {"leads": LEADS, "set_on": row[2], "notice_given_on": None}
    found, reference = dates_on(case, row[2]), expected(usual | case, date.fromisoformat(row[2]))
    assert [found[name] for name in NAMES] == told
    assert [reference[name] for name in NAMES] == told


@pytest.mark.parametrize("row", rows_of("What is refused"), ids=lambda row: row[0])
def test_a_published_mistake_is_refused_where_the_page_says(row):
    with pytest.raises(RefusedError) as refused:
        read_contract(MISTAKES[row[0]])
    assert row[1].strip("`") in {one.at for one in refused.value.refusals}
