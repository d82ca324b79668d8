"""The year: days to act month by month, and contracts whose days cannot be met any more."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from compliance import clock
from compliance.assessments import State
from compliance.extensions import db
from compliance.storage.models import CalendarDay
from compliance.storage.queries import year
from compliance.workflow.arming import rearm_contract
from tests.conftest import BOTH_DATABASES
from tests.rows import build_assessment, build_contact, build_contract, build_staff, terms

TODAY = clock.today()
NOTICE = {"notice": {"n": 3, "unit": "months"}, "renewal": {"kind": "tacit", "months": 12}}


@pytest.fixture
def contract(rows, anna):
    return armed(rows, anna, days=500)


def armed(rows, owner, *, days, **values):
    end = (TODAY + timedelta(days=days)).isoformat()
    row = build_contract(
        rows(), owner_id=owner.id, terms=terms(start="2020-01-01", end=end, **NOTICE), **values
    )
    rearm_contract(rows(), row, now=clock.now())
    rows.commit()
    return row


def month_of(rows, kind):
    return f"{rows.query(CalendarDay).filter_by(kind=kind).one().on_day:%Y-%m}"


@BOTH_DATABASES
def test_each_day_stands_in_its_month_with_its_reason(rows, desk, contract):
    month = month_of(rows, "decide")
    page = desk.get(f"/year?month={month}").text
    assert "Decide" in page
    assert "The message must be sent and arrive, which may take 10 working days." in page
    assert contract.number in page


def test_a_filter_leaves_out_the_contracts_of_others(rows, desk, contract):
    other = armed(rows, build_staff(rows()), days=500, priority="high")
    month = month_of_any(rows)
    assert other.number in desk.get(f"/year?month={month}").text
    assert other.number not in desk.get(f"/year?month={month}&owner=me").text
    assert contract.number not in desk.get(f"/year?month={month}&priority=high").text


def month_of_any(rows):
    return f"{rows.query(CalendarDay).filter_by(kind='decide').first().on_day:%Y-%m}"


@pytest.mark.parametrize("query", ["start=9999-99", "month=x", "after=x", "owner=99999999", "start=0001-01"])
def test_a_strange_address_still_shows_a_year(desk, contract, query):
    assert desk.get(f"/year?{query}").status_code == 200


@pytest.mark.parametrize(
    ("days", "still"),
    [
        (116, "There is no time to wait for answers"),
        (165, "days instead of the usual time"),
        (99, "Decide now on what is known."),
    ],
)
def test_a_contract_that_is_late_is_said_with_what_can_be_done(rows, desk, anna, days, still):
    late = armed(rows, anna, days=days)
    for page in ("/year", "/desk", f"/contracts/{late.id}"):
        text = desk.get(page).text
        assert late.number in text
        assert "in good time any more" in text
        assert still in text


def test_a_round_under_way_keeps_a_contract_in_time(rows, desk, anna):
    contact = build_contact(rows())
    row = armed(rows, anna, days=165, supplier=contact.supplier)
    build_assessment(
        rows(), contact, contracts=(row,), state=State.ANSWERING, due_on=TODAY + timedelta(days=5)
    )
    rows.commit()
    assert "in good time any more" not in desk.get("/year").text


@BOTH_DATABASES
def test_a_month_of_a_large_register_is_paged_with_the_same_number_of_queries(rows, desk, contract):
    few = queries(desk, "/year")
    day = {"kind": "planned", "on_day": TODAY, "params": {}, "sequence": 0, "changed_at": clock.now()}
    many = [{**day, "contract_id": contract.id, "subject": f"many-{number}"} for number in range(450)]
    rows.execute(insert(CalendarDay), many)
    rows.commit()
    assert queries(desk, "/year") == few
    page = desk.get("/year").text
    assert page.count("Next day of the follow-up plan") == year.PAGE
    assert "after=" in page


def queries(desk, address):
    seen = []
    with db.engine.connect():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        assert desk.get(address).status_code == 200
    return len([one for one in seen if one.startswith("SELECT")])
