"""New reviews come to the desk worst first and at most so many a day, whichever clock is at it."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from compliance.clock import day_of
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import DueRow, Message, Review, ReviewReason
from compliance.workflow import arming
from compliance.workflow.retrying import OutOfRangeError, set_per_day
from compliance.workflow.ticking import do_due_row
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_contract, build_staff, build_subcontractor, terms

FIRST = date(2026, 4, 1)
WEDNESDAY_TO_WEDNESDAY = [date(2026, 4, day) for day in (1, 2, 7, 8)]
"""Easter lies between: nothing is opened on days off by itself."""


def moment(day: date, seconds: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(seconds=seconds)


def fill(app, normal: int, high: int = 0) -> None:
    """So many contracts with a reason on 1 April, normal (nine months left) or high (six months left)."""
    with transaction(app) as session:
        owner = build_staff(session)
        for end in ["2026-12-31"] * normal + ["2026-10-01"] * high:
            contract = build_contract(session, owner_id=owner.id, terms=terms(end=end))
            arming.rearm_contract(session, contract, now=NOW)


def opened(app) -> list[tuple[str, str]]:
    with reading(app) as session:
        found = session.query(Review).filter_by(waiting=False).order_by(Review.opened_at, Review.id)
        return [(str(day_of(row.opened_at)), row.severity) for row in found]


def four_clocks(app, now: datetime) -> None:
    clocks = [Thread(target=do_due_rows, args=(app,), kwargs={"now": now}) for _ in range(4)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()


@BOTH_DATABASES
def test_four_clocks_open_ten_a_day_worst_first_and_each_once(app):
    fill(app, normal=20, high=5)
    for day in WEDNESDAY_TO_WEDNESDAY:
        four_clocks(app, moment(day))
        four_clocks(app, moment(day, seconds=30))
    days = [day for day, _ in opened(app)]
    assert [days.count(str(day)) for day in WEDNESDAY_TO_WEDNESDAY] == [10, 10, 5, 0]
    assert [severity for day, severity in opened(app) if day == "2026-04-01"].count("high") == 5
    with reading(app) as session:
        assert session.query(Review).count() == session.query(ReviewReason).count() == 25
        assert session.query(Message).filter_by(kind="review_opened").count() == 25


def test_nothing_is_opened_while_something_else_is_still_due(app):
    """The worst might be in it; a row that another clock is at counts as well."""
    fill(app, normal=1)
    with transaction(app) as session:
        row = session.query(DueRow).filter_by(kind="T1").order_by(DueRow.due_on).first()
        assert row is not None
        do_due_row(session, row.id, now=moment(FIRST))
        session.add(DueRow(key="slow", kind="T1", source="contract:1", due_on=FIRST, due_at=NOW, params={}))
        session.flush()
        opening = session.query(DueRow).filter_by(kind="opening").one()
        assert do_due_row(session, opening.id, now=moment(FIRST)) is None
        assert session.query(Review).one().waiting


def test_the_setting_says_how_many(app):
    fill(app, normal=5)
    with transaction(app) as session:
        set_per_day(session, 2, actor="user:1", now=NOW)
    for day in WEDNESDAY_TO_WEDNESDAY[:3]:
        do_due_rows(app, now=moment(day))
    assert [day for day, _ in opened(app)] == ["2026-04-01"] * 2 + ["2026-04-02"] * 2 + ["2026-04-07"]


@pytest.mark.parametrize("number", [0, -1, 1001])
def test_a_setting_that_would_stop_or_drown_the_desk_is_refused(app, number):
    with pytest.raises(OutOfRangeError), transaction(app) as session:
        set_per_day(session, number, actor="user:1", now=NOW)


def test_a_critical_reason_does_not_wait_and_takes_nobodys_place(app):
    fill(app, normal=10)
    with transaction(app) as session:
        owner = build_staff(session)
        option = {"kind": "option", "periods": 1, "months": 12, "notice": {"n": 3, "unit": "months"}}
        # last day of notice 8 April, so that its critical step is on 1 April
        late = build_contract(session, owner_id=owner.id, terms=terms(end="2026-07-08", renewal=option))
        arming.rearm_contract(session, late, now=NOW)
    do_due_rows(app, now=moment(FIRST))
    assert sorted(severity for _, severity in opened(app)) == ["critical"] + ["normal"] * 10


def test_a_waiting_review_gathers_reasons_and_opens_with_one_mail(app):
    fill(app, normal=1)
    with transaction(app) as session:
        set_per_day(session, 1, actor="user:1", now=NOW)
        contract = build_contract(session, owner_id=build_staff(session).id, terms=terms(end=None))
        for _ in range(2):
            entry = build_subcontractor(session, contract, starts_on=FIRST + timedelta(days=7))
            arming.rearm_subcontractor(session, entry, now=NOW)
        contract_id = contract.id
    do_due_rows(app, now=moment(FIRST))
    do_due_rows(app, now=moment(WEDNESDAY_TO_WEDNESDAY[1]))
    with reading(app) as session:
        both = session.query(Review).filter_by(contract_id=contract_id).one()
        mails = session.query(Message).filter_by(contract_id=contract_id).all()
        assert (len(both.reasons), len(mails), both.admitted_on) == (2, 1, FIRST)
        assert len(mails[0].params["reasons"]) == 4


def test_an_imported_contract_opens_no_review(app):
    """Steps that are past when the contract comes are not told; the clock arms what lies ahead."""
    with transaction(app) as session:
        values = {"special_labour_terms": True, "priority": "high", "value_annual_sek": 9_000_000}
        contract = build_contract(
            session, terms=terms(start="2025-01-01", end="2026-08-31"), created_at=NOW, **values
        )
        session.add(
            DueRow(
                key="recompute:x", kind="recompute", source=f"contract:{contract.id}", due_on=NOW.date(),
                due_at=NOW, params={},
            )
        )  # fmt: skip
    do_due_rows(app, now=NOW + timedelta(seconds=30))
    with reading(app) as session:
        assert session.query(Review).count() == 0
        assert session.query(DueRow).filter(DueRow.done_at.is_(None)).count() > 0
