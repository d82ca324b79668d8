"""Contracts: terms are read as the paper says, every mistake is shown at its field, changed days are armed anew."""

import pytest
from sqlalchemy import select

from compliance.storage.models import Contract, DueRow, Event
from tests.conftest import BOTH_DATABASES
from tests.rows import build_contract, build_supplier

NEW = {
    "number": "HB-2026-1",
    "case_number": "2026/0117",
    "title": "Målning av trapphus",
    "cpv": "45442100-8",
    "value_sek": "1 200 000",
    "start": "2026-01-01",
    "end": "2030-12-31",
    "renewal": "option",
    "option_periods": "2",
    "option_months": "12",
    "option_notice_n": "3",
    "option_notice_unit": "months",
    "option_extended": "0",
    "special_labour_terms": "y",
}
TACIT = {"renewal": "tacit", "tacit_months": "12", "notice_n": "3", "notice_unit": "months"}


@pytest.fixture
def supplier(rows):
    row = build_supplier(rows, name="Exempel Måleri AB (påhittat)")
    rows.commit()
    return row


@BOTH_DATABASES
def test_a_contract_is_registered_and_its_days_to_act_are_shown(desk, rows, supplier):
    answer = desk.post(f"/suppliers/{supplier.id}/contracts/new", NEW)
    contract = rows.scalars(select(Contract)).one()
    assert (contract.value_sek, contract.last_notice_day.isoformat()) == (1_200_000, "2030-09-30")
    page = desk.get(answer.location).text
    for words in (
        "2030-09-30",
        "Invite the supplier",
        "Extensions that we may make: 2, by 12 months each",
        "1,200,000 kr",
    ):
        assert words in page
    assert rows.scalars(select(DueRow.key)).all()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"end": "2025-12-31"}, "end", "before the first day"),
        ({"start": "2026-02-30"}, "start", "a day that exists"),
        ({"start": ""}, "start", "Fill this in"),
        ({"end": ""}, "end", "last day of its first period"),
        ({"option_notice_n": ""}, "option_notice_n", "how long before the end it must be used"),
        ({"option_months": ""}, "option_months", "Fill this in"),
        ({"option_months": "0"}, "option_months", "at least 1 month"),
        ({"option_extended": "3"}, "option_extended", "between 0 and the number of options, 2"),
        ({"option_periods": "två"}, "option_periods", "a whole number"),
        ({**TACIT, "notice_n": ""}, "notice_n", "needs a time of notice"),
        ({**TACIT, "notice_n": "13"}, "notice_n", "longer than the renewal"),
        ({"cpv": "4544"}, "cpv", "eight digits"),
        ({"value_sek": "-1"}, "value_sek", "less than 0"),
        ({"renewal": "none", "end": "2025-01-01"}, "end", "before the first day"),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(
    desk, rows, supplier, change, field, words
):
    answer = desk.post(f"/suppliers/{supplier.id}/contracts/new", {**NEW, **change})
    assert answer.status_code == 422
    error = answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert words in error
    assert 'value="Målning av trapphus"' in answer.text
    assert rows.scalars(select(Contract)).all() == []


def test_a_number_that_is_taken_leads_to_its_contract(desk, rows, supplier):
    taken = build_contract(rows, number="HB-2026-1")
    rows.commit()
    answer = desk.post(f"/suppliers/{supplier.id}/contracts/new", NEW)
    assert answer.status_code == 422
    assert f'href="/contracts/{taken.id}"' in answer.text


def test_a_changed_end_moves_the_days_and_stands_in_the_log_with_before_and_after(desk, rows, supplier):
    page = desk.post(f"/suppliers/{supplier.id}/contracts/new", NEW).location
    desk.post(f"{page}/change", {**NEW, "revision": "0", "end": "2031-12-31", "note": "Ring Kim först"})
    contract = rows.scalars(select(Contract)).one()
    rows.refresh(contract)
    assert contract.last_notice_day.isoformat() == "2031-09-30"
    undone = rows.scalars(select(DueRow.due_on).where(DueRow.kind == "T2", DueRow.done_at.is_(None))).all()
    assert {day.year for day in undone} == {2031}
    event = rows.scalars(select(Event).where(Event.name == "contract_changed")).one()
    assert [terms["end"] for terms in event.payload["terms"]] == ["2030-12-31", "2031-12-31"]
    assert "Kim" not in str(event.payload)
    assert "From 2026-01-01 to 2031-12-31" in desk.get(page).text


def test_the_form_shows_a_contract_as_it_was_registered(desk, rows, supplier):
    page = desk.post(f"/suppliers/{supplier.id}/contracts/new", {**NEW, **TACIT}).location
    before = rows.scalars(select(Contract)).one().terms
    form = desk.get(f"{page}/change").text
    assert 'value="2030-12-31"' in form
    desk.post(f"{page}/change", {**NEW, **TACIT, "revision": "0"})
    rows.expire_all()
    assert rows.scalars(select(Contract)).one().terms == before
    assert rows.scalars(select(Event).where(Event.name == "contract_changed")).all() == []


def test_a_contract_until_further_notice_has_no_days(desk, supplier):
    page = desk.post(
        f"/suppliers/{supplier.id}/contracts/new", {**NEW, "renewal": "none", "end": ""}
    ).location
    assert "until further notice" in desk.get(page).text


def test_the_list_begins_with_the_nearest_last_day_of_notice(desk, rows, supplier):
    for number, end in (("sen", "2031-12-31"), ("tidig", "2029-12-31")):
        desk.post(f"/suppliers/{supplier.id}/contracts/new", {**NEW, "number": number, "end": end})
    build_contract(rows, number="utan")
    rows.commit()
    for address in ("/contracts", "/contracts?sort=end"):
        text = desk.get(address).text
        assert [text.index(f">{number}<") for number in ("tidig", "sen")] == sorted(
            text.index(f">{number}<") for number in ("tidig", "sen")
        )
        assert text.index(">sen<") < text.index(">utan<")
