"""All contracts computed anew in portions: the same rows as each armed by itself, also after other lead times."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from compliance.extensions import db
from compliance.storage.models import CalendarDay, Contract, DueRow
from compliance.suppliers import contract_json, lead_times
from compliance.workflow import noting_days
from compliance.workflow.arming import rearm_contract
from compliance.workflow.recomputing import OF_TERMS, recompute_portion
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_contract, terms

RENEWALS = (
    {"renewal": {"kind": "none"}},
    {"notice": {"n": 3, "unit": "months"}, "renewal": {"kind": "tacit", "months": 12}},
    {"renewal": {"kind": "option", "periods": 2, "months": 6, "notice": {"n": 2, "unit": "months"}}},
    {"end": None},
    {"end": "2026-02-28"},
)


@pytest.fixture
def session(app):
    """Contracts of every kind, nothing computed."""
    with app.app_context():
        session = db.session()
        for number in range(20):
            end = (date(2026, 5, 31) + timedelta(days=37 * number)).isoformat()
            build_contract(
                session,
                follow_up_on=date(2026, 9, 1) if number % 3 == 0 else None,
                terms=terms(start="2024-01-01", **({"end": end} | RENEWALS[number % len(RENEWALS)])),
            )
        session.commit()
        yield session
        db.session.remove()


def recompute(session, now=NOW, size=7):
    last = 0
    while last is not None:
        last = recompute_portion(session, last, now=now, size=size)
    session.commit()


def stored(session):
    """Everything that says when to act, without ids."""
    session.expire_all()
    contracts = session.query(Contract).order_by(Contract.id)
    rows = session.query(DueRow).filter(DueRow.kind.in_(OF_TERMS)).order_by(DueRow.key)
    days = session.query(CalendarDay).order_by(CalendarDay.contract_id, CalendarDay.kind, CalendarDay.subject)
    return (
        [
            (one.period_end, one.ends_on, one.last_notice_day, one.decide_by, one.invite_by)
            for one in contracts
        ],
        [(one.key, one.source, one.due_on, one.due_at, one.params, one.done_at, one.outcome) for one in rows],
        [(one.contract_id, one.kind, one.on_day, one.params, one.gone_at) for one in days],
    )


def arm_each(session, now=NOW):
    for contract in session.query(Contract).order_by(Contract.id):
        rearm_contract(session, contract, now=now)
    session.commit()


def clear(session):
    session.query(DueRow).delete()
    session.query(CalendarDay).delete()
    session.commit()


@BOTH_DATABASES
def test_it_gives_what_arming_each_contract_gives(session):
    recompute(session)
    together = stored(session)
    clear(session)
    arm_each(session)
    assert together == stored(session)
    assert len(together[1]) > 100
    assert len(together[2]) > 50


@BOTH_DATABASES
def test_doing_it_again_changes_nothing(session):
    recompute(session)
    once = stored(session)
    sequences = [one.sequence for one in session.query(CalendarDay).order_by(CalendarDay.id)]
    recompute(session)
    assert stored(session) == once
    assert [one.sequence for one in session.query(CalendarDay).order_by(CalendarDay.id)] == sequences


@BOTH_DATABASES
def test_other_lead_times_move_the_days_and_the_reasons_of_waiting_rows(session, monkeypatch):
    recompute(session)
    before = stored(session)
    longer = replace(lead_times.lead_times(), leads=lead_times.Leads(20, 10, 15, 45))
    for module in (contract_json, noting_days):
        monkeypatch.setattr(module, "lead_times", lambda: longer)
    recompute(session)
    after = stored(session)
    moved = [(old, new) for old, new in zip(before[0], after[0], strict=True) if old[3]]
    assert moved
    assert all(new[3] < old[3] and new[0] == old[0] for old, new in moved)
    waiting = [row[4]["values"]["decide_by"] for row in after[1] if row[0].startswith("T2") and not row[5]]
    known = {new[3].isoformat() for new in after[0] if new[3]}
    assert known & set(waiting)
    assert {row.sequence for row in session.query(CalendarDay).filter_by(kind="decide")} == {1}


def test_what_was_done_stays_done(session):
    recompute(session)
    session.query(DueRow).filter(DueRow.key.like("T1:%")).update({"done_at": NOW, "outcome": "done"})
    session.commit()
    done = session.query(DueRow).filter_by(outcome="done").count()
    recompute(session)
    assert session.query(DueRow).filter_by(outcome="done").count() == done
