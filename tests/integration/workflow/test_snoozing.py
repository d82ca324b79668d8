"""A review that was put off comes back on its day, or at once when a more serious reason comes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Contract, Event, Message, Review, User
from compliance.workflow import arming
from compliance.workflow.reviewing import open_by_hand
from compliance.workflow.snoozing import NotOnDeskError, SnoozeRefusedError, snooze, take_back
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_contract, build_staff, build_subcontractor, terms

FIRST, BACK = date(2026, 4, 1), date(2026, 4, 22)
WHY = "Vi väntar på budget."


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def put_off(app, until: date = BACK, end: str | None = "2026-12-31") -> int:
    """A contract under review since 1 April that was put off on that day; its id."""
    with transaction(app) as session:
        owner = build_staff(session)
        contract = build_contract(session, owner_id=owner.id, terms=terms(end=end))
        arming.rearm_contract(session, contract, now=NOW)
        owner_id, contract_id = owner.id, contract.id
    do_due_rows(app, now=moment(FIRST))
    with transaction(app) as session:
        me = session.get(User, owner_id)
        snooze(session, session.query(Review).one(), until, WHY, by=me, now=moment(FIRST))
    return contract_id


def is_put_off(app) -> bool:
    with reading(app) as session:
        return session.query(Review).one().snoozed_until is not None


def mails(app) -> int:
    with reading(app) as session:
        return session.query(Message).filter_by(kind="review_opened").count()


@BOTH_DATABASES
def test_it_comes_back_on_its_day_with_one_mail_however_often_the_clock_ticks(app):
    put_off(app)
    do_due_rows(app, now=moment(BACK - timedelta(days=1)))
    assert (is_put_off(app), mails(app)) == (True, 1)
    for _ in range(3):
        do_due_rows(app, now=moment(BACK))
    assert (is_put_off(app), mails(app)) == (False, 2)
    with reading(app) as session:
        names = [row.name for row in session.query(Event).order_by(Event.id)]
        assert names.count("review_snoozed") == names.count("review_woken") == 1


def test_a_more_serious_reason_brings_it_back_at_once(app):
    contract_id = put_off(app)
    with transaction(app) as session:
        entry = build_subcontractor(session, session.get(Contract, contract_id), starts_on=date(2026, 4, 9))
        arming.rearm_subcontractor(session, entry, now=moment(FIRST))
    do_due_rows(app, now=moment(date(2026, 4, 2)))
    assert (is_put_off(app), mails(app)) == (False, 2)


def test_a_reason_no_more_serious_waits_with_the_others(app):
    contract_id = put_off(app)
    with transaction(app) as session:
        contract = session.get(Contract, contract_id)
        contract.startup_planned_on = date(2026, 4, 20)
        arming.rearm_contract(session, contract, now=moment(FIRST))
    do_due_rows(app, now=moment(date(2026, 4, 20)))
    assert (is_put_off(app), mails(app)) == (True, 1)


def test_a_person_who_asks_for_a_review_brings_it_back(app):
    contract_id = put_off(app)
    with transaction(app) as session:
        contract = session.get(Contract, contract_id)
        open_by_hand(session, contract, "Exempel", actor="user:1", now=moment(FIRST))
    assert not is_put_off(app)


def test_it_can_be_brought_back_and_then_does_not_come_back_again(app):
    put_off(app)
    with transaction(app) as session:
        take_back(session, session.query(Review).one(), actor="user:1", now=moment(FIRST))
    do_due_rows(app, now=moment(BACK))
    assert mails(app) == 1
    with pytest.raises(NotOnDeskError), transaction(app) as session:
        take_back(session, session.query(Review).one(), actor="user:1", now=moment(FIRST))


def test_it_cannot_be_put_off_past_the_day_to_decide(app):
    with pytest.raises(SnoozeRefusedError) as refused:
        put_off(app, until=date(2026, 12, 1))
    assert [refusal.at for refusal in refused.value.refusals] == ["until"]


def test_a_critical_one_is_told_to_everyone_who_decides(app):
    contract_id = put_off(app, until=date(2026, 4, 2))
    with transaction(app) as session:
        others = [build_staff(session) for _ in range(2)]
        review = session.query(Review).filter_by(contract_id=contract_id).one()
        review.severity, review.snoozed_until = "critical", None
        session.flush()
        snooze(session, review, date(2026, 4, 8), WHY, by=others[0], now=moment(FIRST))
    assert mails(app) == 1 + 3


def test_a_decided_review_does_not_come_back(app):
    put_off(app)
    with transaction(app) as session:
        session.query(Review).one().closed_at = moment(FIRST)
    do_due_rows(app, now=moment(BACK))
    assert mails(app) == 1
