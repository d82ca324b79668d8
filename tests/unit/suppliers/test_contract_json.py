"""What is refused when a contract is read, and that every mistake is told at its place."""

import json

import pytest

from compliance.suppliers.contract_json import RefusedError, read_contract, read_day
from tests.unit.suppliers.contract_cases import fixed, months, option, tacit


def refused_at(case):
    with pytest.raises(RefusedError) as caught:
        read_contract(case)
    assert all(refusal.message.endswith(".") for refusal in caught.value.refusals)
    return [refusal.at for refusal in caught.value.refusals]


def without(case, *path):
    copy = json.loads(json.dumps(case))
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return copy


@pytest.mark.parametrize(
    ("case", "at"),
    [
        (fixed("2024-03-31"), "end"),  # before the start
        (fixed(None) | {"renewal": option()["renewal"]}, "end"),
        (fixed(None, notice=months(3)) | {"renewal": tacit()["renewal"]}, "end"),
        (fixed(notice={"n": -1, "unit": "days"}), "notice.n"),
        (tacit(notice={"n": -1, "unit": "days"}), "notice.n"),
        (option(notice={"n": -1, "unit": "days"}), "renewal.notice.n"),
        (option(length=0), "renewal.months"),
        (tacit(length=0), "renewal.months"),
        (tacit(length=12_001), "renewal.months"),
        (tacit(most=-1), "renewal.max_periods"),
        (option(extended=3), "renewal.extended"),
        (option(extended=-1), "renewal.extended"),
        (option(periods=-1), "renewal.periods"),
        (option(periods=10**9, extended=10**9), "renewal.extended"),  # past the year 9999
        (fixed(leads={"review": -1}), "leads.review"),
        (fixed(leads={"review": 10_001}), "leads.review"),
        (tacit() | {"notice": None}, "notice"),
        (without(tacit(), "notice"), "notice"),
        (without(option(), "renewal", "notice"), "renewal.notice"),
        (option() | {"renewal": option()["renewal"] | {"notice": None}}, "renewal.notice"),
        (option(notice=months(36)), "renewal.notice"),  # the last day of notice before the start
        (option(notice={"n": 10**30, "unit": "weeks"}), "renewal.notice"),
        (tacit(notice=months(13)), "notice"),  # longer than the renewal
        (tacit("2027-01-31", length=1, notice={"n": 29, "unit": "days"}), "notice"),  # February has 28 days
        (fixed(start="1989-12-31"), "start"),
        (fixed("2151-01-01"), "end"),
        (tacit(given="2151-01-01"), "notice_given_on"),
        (fixed(set_on="1989-12-31"), "set_on"),
        (fixed(renewal={"kind": "automatic"}), "renewal.kind"),
        (fixed(notice={"n": 1, "unit": "years"}), "notice.unit"),
        (fixed(titel="x"), "titel"),
        (option() | {"renewal": option()["renewal"] | {"extnded": 1}}, "renewal.extnded"),
        (fixed(renewal={"kind": "none", "months": 12}), "renewal.months"),
        (fixed(leads={"answer": 1}), "leads.answer"),
        (without(fixed(), "start"), "start"),
        (without(fixed(), "end"), "end"),
        (without(fixed(), "renewal"), "renewal"),
        (without(fixed(renewal={"kind": "none"}), "renewal", "kind"), "renewal.kind"),
        (without(tacit(), "notice", "unit"), "notice.unit"),
        (fixed("2027-02-29"), "end"),
        (fixed("20270228"), "end"),
        (fixed("2027-W01-1"), "end"),
        (fixed(20270228), "end"),
        (fixed(notice={"n": True, "unit": "days"}), "notice.n"),
        (fixed(notice={"n": 1.0, "unit": "days"}), "notice.n"),
        (fixed(notice=[]), "notice"),
        (fixed(leads=[]), "leads"),
        (fixed(renewal="none"), "renewal"),
        ([], ""),
        (None, ""),
    ],
)
def test_a_mistake_is_told_at_its_place_and_alone(case, at):
    assert refused_at(case) == [at]


def test_all_mistakes_are_told_at_once():
    case = option("2024-03-31", length=0, extended=3, leads={"decision": -1}, set_on="1980-01-01", start="x")
    assert set(refused_at(case)) == {
        "start",
        "renewal.months",
        "renewal.extended",
        "leads.decision",
        "set_on",
    }


@pytest.mark.parametrize(
    "case",
    [
        fixed(start="2024-04-01", end="2024-04-01"),
        fixed(None),
        without(fixed(), "notice"),
        fixed(set_on=None, leads=None),
        fixed(renewal={"kind": "none", "months": None, "notice": None}),
        without(option(), "renewal", "extended"),
        without(tacit(), "renewal", "max_periods"),
        option(periods=0),
        tacit(notice=months(12)),
        tacit("2027-01-31", length=1, notice={"n": 28, "unit": "days"}),
        tacit(given="1990-01-01"),
        option(notice=months(35)),
        fixed(start="1990-01-01", end="2150-12-31"),
    ],
)
def test_what_is_allowed_is_read(case):
    assert read_contract(case).terms.start


@pytest.mark.parametrize("text", ["2026-02-30", "1989-12-31", "2151-01-01", "today", "2026-1-1", ""])
def test_a_day_to_look_from_that_cannot_be_used_is_refused(text):
    with pytest.raises(RefusedError):
        read_day("on", text)
