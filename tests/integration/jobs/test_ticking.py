"""What falls due happens on its day, once, and only if the facts still hold."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from compliance.assessments import State
from compliance.clock import day_of
from compliance.jobs.ticks import do_due_rows, tick
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import (
    AnswerDocument,
    Assessment,
    ClockLease,
    Contract,
    DueRow,
    Message,
    Review,
    ReviewReason,
)
from compliance.workflow import arming
from tests.conftest import BOTH_DATABASES
from tests.rows import (
    NOW,
    build_assessment,
    build_contact,
    build_contract,
    build_document,
    build_staff,
    terms,
)

FIRST_DAY = NOW.date()


def morning(day: date) -> datetime:
    """Nine in the morning, Swedish winter time: after the hour at which things fall due."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def days_told(app, kind: str) -> dict[str, list[str]]:
    """For each trigger the days on which mails of a kind were written."""
    found = defaultdict(list)
    with reading(app) as session:
        for message in session.query(Message).filter_by(kind=kind).order_by(Message.id):
            found[message.key.split(":")[2 if kind == "review_opened" else 1]].append(
                day_of(message.created_at).isoformat()
            )
    return dict(found)


def live_through(app, days: int, start: date = FIRST_DAY) -> None:
    for count in range(days):
        do_due_rows(app, now=morning(start + timedelta(days=count)))


def armed_contract(app, **values) -> int:
    with transaction(app) as session:
        contract = build_contract(session, owner_id=build_staff(session).id, terms=terms(**values))
        arming.rearm_contract(session, contract, now=NOW)
        return contract.id


def armed_assessment(app, **values) -> int:
    with transaction(app) as session:
        contact = build_contact(session)
        contract = build_contract(session, contact.supplier, owner_id=build_staff(session).id)
        assessment = build_assessment(session, contact, contracts=(contract,), **values)
        arming.rearm_assessment(session, assessment, now=NOW)
        return assessment.id


def test_a_year_day_by_day_tells_of_a_contracts_end_on_the_days_counted_back_from_it(app):
    armed_contract(app, end="2026-12-31")
    live_through(app, 366)
    assert days_told(app, "review_opened") == {"T1": ["2026-03-31", "2026-06-30", "2026-09-30"]}


@BOTH_DATABASES
def test_a_year_day_by_day_tells_of_the_last_day_of_notice_and_not_on_weekends(app):
    option = {"kind": "option", "periods": 1, "months": 12, "notice": {"n": 3, "unit": "months"}}
    armed_contract(app, end="2027-01-31", renewal=option)
    live_through(app, 300)
    # last day of notice 2026-10-31; 90, 60, 30, 14 and 7 days before it: 2 Aug is a Sunday, 17 and 24 Oct Saturdays
    assert days_told(app, "review_opened")["T2"] == [
        "2026-07-31", "2026-09-01", "2026-10-01", "2026-10-16", "2026-10-23",
    ]  # fmt: skip


def test_a_contract_that_renews_itself_is_armed_anew_in_each_period(app):
    contract_id = armed_contract(
        app, end="2026-06-30", notice={"n": 2, "unit": "months"}, renewal={"kind": "tacit", "months": 6}
    )
    live_through(app, 366)
    with reading(app) as session:
        contract = session.get(Contract, contract_id)
        assert (contract.period_end, contract.last_notice_day) == (date(2027, 6, 30), date(2027, 4, 30))
        anchors = {
            row.key.split(":")[2] for row in session.query(DueRow).filter_by(kind="T2", outcome="done")
        }
    assert anchors == {"2026-04-30", "2026-10-30", "2027-04-30"}


def test_many_reasons_and_steps_are_one_review(app):
    contract_id = armed_contract(
        app, end="2026-12-31", renewal={"kind": "option", "periods": 1, "months": 12,
                                       "notice": {"n": 3, "unit": "months"}},
    )  # fmt: skip
    live_through(app, 366)
    with reading(app) as session:
        review = session.query(Review).one()
        assert (review.contract_id, review.severity) == (contract_id, "critical")
        assert sorted(reason.trigger for reason in review.reasons) == ["T1", "T2"]


def test_the_supplier_is_reminded_around_the_due_day_and_the_office_told_three_weeks_after(app):
    armed_assessment(app, due_on=date(2026, 4, 1))
    live_through(app, 90)
    assert days_told(app, "reminder") == {"T5": ["2026-03-25", "2026-04-01", "2026-04-08", "2026-04-15"]}
    assert days_told(app, "review_opened") == {"T5": ["2026-04-22"]}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DECLINED, State.CANCELLED])
def test_reminders_stop_when_the_supplier_no_longer_has_to_answer(app, state):
    assessment_id = armed_assessment(app)
    with transaction(app) as session:
        session.get(
            Assessment, assessment_id
        ).state = state  # without arming anew: the row must look for itself
    live_through(app, 90)
    assert days_told(app, "reminder") == {}


def test_a_new_due_day_moves_the_reminders(app):
    assessment_id = armed_assessment(app, due_on=date(2026, 4, 1))
    live_through(app, 27)
    with transaction(app) as session:
        assessment = session.get(Assessment, assessment_id)
        assessment.due_on = date(2026, 4, 29)
        arming.rearm_assessment(session, assessment, now=morning(date(2026, 3, 28)))
    live_through(app, 40, start=date(2026, 3, 29))
    assert days_told(app, "reminder") == {"T5": ["2026-03-25", "2026-04-22", "2026-04-29", "2026-05-06"]}


def test_a_clock_that_stood_still_catches_up_with_the_newest_step_only(app):
    armed_assessment(app, due_on=date(2026, 4, 1))
    do_due_rows(app, now=morning(date(2026, 4, 16)))
    assert days_told(app, "reminder") == {"T5": ["2026-04-16"]}
    with reading(app) as session:
        outcomes = [row.outcome for row in session.query(DueRow).order_by(DueRow.due_on) if row.outcome]
    assert outcomes == ["superseded", "superseded", "superseded", "done"]


@BOTH_DATABASES
def test_a_certificate_about_to_expire_opens_a_review_once_the_answers_are_submitted(app):
    with transaction(app) as session:
        contact = build_contact(session)
        contract = build_contract(session, contact.supplier, owner_id=build_staff(session).id)
        assessment = build_assessment(session, contact, contracts=(contract,))
        document = build_document(
            session, contact.supplier, facts={"valid_until": "2026-04-17", "standard": "ISO 45001"}
        )
        session.add(
            AnswerDocument(
                assessment_id=assessment.id, question_id="q", document_id=document.id, attached_at=NOW
            )
        )
        arming.rearm_document(session, document, now=NOW)
        assert session.query(DueRow).filter_by(kind="T6").count() == 0, "a draft is the supplier's own"
        assessment.state, assessment.submitted_at = State.SUBMITTED, NOW
        arming.rearm_assessment(session, assessment, now=NOW)
    live_through(app, 60)
    # 46 days left: the step of 60 days is told at once, the one of 90 is superseded
    assert days_told(app, "review_opened") == {"T6": ["2026-03-02", "2026-03-18", "2026-04-10", "2026-04-17"]}
    with reading(app) as session:
        assert session.query(ReviewReason).one().severity == "high"


def test_an_assessment_grows_too_old(app):
    armed_assessment(app, state=State.CLOSED, submitted_at=NOW, reassess_on=date(2027, 3, 2))
    live_through(app, 400)
    # 60 days before is New Year's Day, and New Year's Eve is no working day either; 30 days before is a Sunday
    assert days_told(app, "review_opened")["T4"] == ["2026-12-30", "2027-01-29", "2027-03-02"]


@BOTH_DATABASES
def test_the_same_tick_twice_changes_nothing(app):
    armed_contract(app, end="2026-12-31")
    now = morning(date(2026, 4, 1))
    assert tick(app, now=now) == {"done": 2}  # the reason, and the review that opens because of it
    before = everything(app)
    assert tick(app, now=now) == {}
    assert everything(app) == before


def everything(app) -> tuple[int, ...]:
    with reading(app) as session:
        return tuple(session.query(table).count() for table in (DueRow, Message, Review, ReviewReason))


@BOTH_DATABASES
def test_four_clocks_at_once_double_nothing(app):
    for _ in range(8):
        armed_contract(app, end="2026-12-31")
    clocks = [
        Thread(target=do_due_rows, args=(app,), kwargs={"now": morning(date(2026, 4, 1))}) for _ in range(4)
    ]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()
    do_due_rows(app, now=morning(date(2026, 4, 1)) + timedelta(seconds=30))
    with reading(app) as session:
        assert session.query(Review).count() == session.query(ReviewReason).count() == 8
        assert session.query(Message).count() == 8


@BOTH_DATABASES
def test_a_failing_row_is_pushed_ahead_with_its_reason_and_blocks_nothing(app):
    armed_contract(app, end="2026-12-31")
    with transaction(app) as session:
        session.add(
            DueRow(
                key="broken", kind="T1", source="contract:999999", due_on=NOW.date(), due_at=NOW, params={}
            )
        )
    now = morning(date(2026, 4, 1))
    assert tick(app, now=now) == {"failed": 1, "done": 2}
    with reading(app) as session:
        row = session.query(DueRow).filter_by(key="broken").one()
        assert (row.attempts, row.due_at, row.done_at) == (1, now + timedelta(minutes=10), None)
        assert row.last_error


def test_a_decided_reason_comes_back_only_when_it_is_worse(app):
    armed_contract(app, end="2026-12-31")
    live_through(app, 31)
    with transaction(app) as session:
        session.query(Review).one().closed_at = morning(date(2026, 4, 2))
    live_through(app, 365, start=date(2026, 4, 3))
    with reading(app) as session:
        reviews = session.query(Review).order_by(Review.id).all()
        assert [review.severity for review in reviews] == ["normal", "high"]
        assert day_of(reviews[1].opened_at) == date(2026, 6, 30)


def test_a_tick_says_when_it_was(app):
    tick(app, now=NOW)
    with reading(app) as session:
        assert session.get(ClockLease, 1).last_tick_at == NOW
