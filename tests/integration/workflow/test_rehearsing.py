"""A rehearsal tells what the clock will do, day by day, and changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect

from compliance.assessments import State
from compliance.extensions import db
from compliance.storage.models import Contract, DueRow, Message, Review, ReviewReason
from compliance.storage.scratch import scratch_copy
from compliance.workflow.arming import rearm_assessment, rearm_contract
from compliance.workflow.rehearsing import OtherTerms, compare, rehearse
from compliance.workflow.ticking import do_due_row, due_rows
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_assessment, build_contact, build_contract, build_staff

DAYS = 400
TERMS = {
    "start": "2025-01-01",
    "end": "2026-12-31",
    "notice": {"n": 3, "unit": "months"},
    "renewal": {"kind": "tacit", "months": 12},
}


@pytest.fixture
def rows(app):
    """A contract that renews itself and a supplier that does not answer."""
    with app.app_context():
        session = db.session()
        owner = build_staff(session, email="anna@exempelbostader.example")
        contact = build_contact(session, email="lisa@leverantor.example")
        contract = build_contract(session, contact.supplier, owner_id=owner.id, number="A-1", terms=TERMS)
        round_ = build_assessment(
            session, contact, contracts=(contract,), state=State.ANSWERING,
            due_on=NOW.date() + timedelta(days=30),
        )  # fmt: skip
        rearm_contract(session, contract, now=NOW)
        rearm_assessment(session, round_, now=NOW)
        session.commit()
        yield session
        db.session.remove()


def rehearsed(days=DAYS, **change):
    with scratch_copy(db.engine) as copy:
        return rehearse(copy, start=NOW, days=days, **change)


def lived(session, days):
    """The same time, really lived: the triggers of reasons and the recipients of mails, day by day."""
    for day in range(days + 1):
        now = NOW + timedelta(days=day)
        while due := due_rows(session, now=now, limit=500):
            for row_id in due:
                do_due_row(session, row_id, now=now)
    session.commit()
    mails = session.scalars(db.select(Message).order_by(Message.id))
    return sorted((mail.kind, mail.recipient) for mail in mails)


@BOTH_DATABASES
def test_a_rehearsal_tells_the_mails_that_then_come(rows):
    told = sorted((one.what, one.to) for one in rehearsed() if one.sort == "mail")
    assert told
    assert told == lived(rows, DAYS)


@BOTH_DATABASES
def test_a_rehearsal_changes_nothing(rows):
    before = everything(rows)
    rehearsed()
    assert everything(rows) == before


def everything(session):
    names = inspect(db.engine).get_table_names()
    found = {name: session.execute(db.text(f'SELECT * FROM "{name}"')).all() for name in names}
    session.rollback()
    return found


def test_each_thing_says_when_why_to_whom_and_how_serious(rows):
    notice = [one for one in rehearsed() if one.what == "T2"]
    assert {one.severity for one in notice} == {"high", "critical"}
    assert all(one.contract == "A-1" and one.why and dict(one.params)["deadline"] for one in notice)
    assert [one.on for one in notice] == sorted(one.on for one in notice)


def test_only_the_days_asked_about_are_told(rows):
    last = NOW.date() + timedelta(days=10)
    assert all(NOW.date() <= one.on <= last for one in rehearsed(days=10))
    assert len(rehearsed(days=10)) < len(rehearsed(days=60))


def test_moving_a_date_shows_the_difference(rows):
    later = OtherTerms("A-1", TERMS | {"end": "2027-06-30"})
    difference = compare(rehearsed(), rehearsed(instead=later))
    assert {dict(one.params).get("deadline") for one in difference.removed if one.sort == "reason"} >= {
        "2026-12-31"
    }
    assert difference.added
    assert compare(rehearsed(), rehearsed()) == compare((), ())


def test_a_row_that_fails_is_told_and_holds_up_nothing(rows):
    rows.query(DueRow).filter_by(kind="T5").first().params = {}
    rows.commit()
    told = rehearsed()
    assert [one.what for one in told if one.sort == "failure"]
    assert [one for one in told if one.sort == "mail"]
    assert rows.query(Review).count() == rows.query(ReviewReason).count() == 0
    assert rows.query(Contract).one().number == "A-1"
