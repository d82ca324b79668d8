"""What people may report, what is wrong with a report, and what it sets off: T10, T11, T15, T16, T21."""

from dataclasses import replace
from datetime import date

import pytest

from compliance.reviews.parameters import parameters
from compliance.reviews.reasons import wording
from compliance.reviews.reported import (
    Report,
    event_kinds,
    report_refusals,
    reported_event,
    severity_of,
)

RULES, TODAY = parameters(), date(2026, 5, 11)
GOOD = Report(kind="incident", happened_on=date(2026, 5, 10), text="En ställning rasade.", source="tenant")


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({}, []),
        ({"kind": "gossip"}, ["kind"]),
        ({"source": "gossip"}, ["source"]),
        ({"text": "  "}, ["text"]),
        ({"text": "x" * 4001}, ["text"]),
        ({"happened_on": None}, ["happened_on"]),
        ({"happened_on": date(2026, 5, 12)}, ["happened_on"]),
        ({"happened_on": date(2020, 5, 12)}, ["happened_on"]),
        ({"severity": "critical"}, []),
        ({"kind": "accident", "severity": "normal"}, ["severity"]),  # never less than critical
    ],
)
def test_a_report_is_refused_at_the_field_that_is_wrong(changes, at):
    assert [refusal.at for refusal in report_refusals(replace(GOOD, **changes), today=TODAY)] == at


@pytest.mark.parametrize(
    ("kind", "severity", "expected"),
    [
        ("incident", "", "normal"),
        ("incident", "critical", "critical"),
        ("authority", "", "high"),
        ("accident", "", "critical"),
        ("serious_deviation", "", "critical"),
    ],
)
def test_an_event_is_as_serious_as_was_chosen_or_as_its_kind_usually_is(kind, severity, expected):
    assert severity_of(replace(GOOD, kind=kind, severity=severity)) == expected


@pytest.mark.parametrize("kind", sorted(event_kinds()))
def test_every_kind_sets_off_its_trigger_on_the_day_it_is_reported_and_has_its_words(kind):
    items = reported_event("event-1", kind, event_kinds()[kind].severities[0], TODAY, RULES)
    assert (items[0].kind, items[0].due_on) == (event_kinds()[kind].trigger, TODAY)
    words = wording(items[0].kind, items[0].params, today=TODAY)
    assert "%(" not in words.why % items[0].params + words.what_now % items[0].params


def test_a_serious_deviation_comes_again_when_the_suppliers_own_report_is_due():
    items = reported_event("event-1", "serious_deviation", "critical", TODAY, RULES)
    assert [str(item.due_on) for item in items] == ["2026-05-11", "2026-05-25"]
    assert items[0].params["report_due_on"] == "2026-05-25"


def test_a_supplier_may_report_accidents_and_deviations_only():
    assert {code for code, kind in event_kinds().items() if kind.supplier} == {
        "accident", "serious_deviation",
    }  # fmt: skip
