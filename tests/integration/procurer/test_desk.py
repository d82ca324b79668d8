"""The desk says what waits and why, in a fixed number of questions to the database, and warns when nobody watches."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import ClockLease, SupplierRequest
from compliance.workflow.reviewing import open_by_hand
from tests.rows import (
    build_assessment,
    build_contact,
    build_contract,
    build_message,
    build_staff,
    build_supplier,
)
from tests.visitors import Visitor

MOST_QUERIES = 16


def tick(rows, *, minutes_ago):
    rows.merge(ClockLease(id=1, holder="test", last_tick_at=clock.now() - timedelta(minutes=minutes_ago)))
    rows.commit()


def fill(rows, number):
    """So many of everything that can wait."""
    for _ in range(number):
        supplier = build_supplier(rows)
        contact = build_contact(rows, supplier)
        contract = build_contract(rows, supplier)
        open_by_hand(rows(), contract, "Exempel", actor="system", now=clock.now())
        near = build_contract(rows, supplier, last_notice_day=clock.today() + timedelta(days=9))
        late = build_assessment(rows, contact, contracts=(near,), due_on=clock.today() - timedelta(days=2))
        rows.add(SupplierRequest(assessment_id=late.id, kind="more_time", details={}, created_at=clock.now()))
        build_assessment(
            rows, contact, state="submitted", submitted_at=clock.now(), band="B", score_state="rated"
        )
        build_message(
            rows, state="failed", created_at=clock.now(), last_error="gone", supplier_id=supplier.id
        )
    rows.commit()


def test_an_empty_desk_says_so(desk, rows):
    tick(rows, minutes_ago=1)
    text = desk.get("/desk").text
    assert "Nothing waits for you" in text
    assert "Nothing is watched right now" not in text


@pytest.mark.parametrize("ticked", [None, 11])
def test_a_clock_that_is_silent_is_warned_about(desk, rows, ticked):
    if ticked:
        tick(rows, minutes_ago=ticked)
    assert "Nothing is watched right now" in desk.get("/desk").text


def test_everything_that_waits_is_shown_with_its_reason(desk, rows):
    fill(rows, 1)
    text = desk.get("/desk").text
    for words in (
        "A procurer asked for a review: Exempel",
        "The supplier needs more time",
        "Answers to look at",
        "Late",
        "Not opened",
        "within 60 days",
        "Mails that were not delivered",
    ):
        assert words in text


def test_the_number_of_queries_does_not_grow_with_what_waits(desk, rows):
    fill(rows, 1)
    few = count_queries(desk)
    fill(rows, 4)
    assert count_queries(desk) == few <= MOST_QUERIES


def count_queries(desk):
    statements = []
    listener = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    desk.get("/desk")
    event.remove(db.engine, "before_cursor_execute", listener)
    return len(statements)


def test_a_reader_sees_the_desk_and_no_button_it_cannot_use(app, rows):
    fill(rows, 1)
    reader = build_staff(rows, "reader", locale="en")
    rows.commit()
    browser = Visitor(app).become(reader)
    text = browser.get("/desk").text
    assert "Look at the review" in text
    assert "Answer the request" not in text
    for path in ("/suppliers", "/suppliers/1", "/contracts", "/contracts/1", "/assessments", "/messages"):
        page = browser.get(path)
        assert page.status_code == 200
        main = page.text.split("<main")[1]
        assert 'method="post"' not in main.replace('action="/suppliers/search"', "").replace(
            'class="filter-bar" method="post"', ""
        )
        assert "/new" not in main
