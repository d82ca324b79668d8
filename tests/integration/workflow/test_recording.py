"""The event log: numbered per case, chained, and honest about what was changed afterwards."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update

from compliance.extensions import db
from compliance.storage.models import Event, EventChain
from compliance.workflow.recording import record
from compliance.workflow.verifying import broken_links
from tests.conftest import BOTH_DATABASES

NOW = datetime(2026, 11, 23, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def session(app):
    with app.app_context():
        for day in range(3):
            record(db.session(), "contract:1", "terms_changed", actor="system", now=NOW, payload={"day": day})
        record(db.session(), "contract:2", "terms_changed", actor="user:1", now=NOW)
        db.session.commit()
        yield db.session()


@BOTH_DATABASES
def test_events_are_numbered_within_their_case_and_every_chain_holds(session):
    rows = session.execute(select(Event.case, Event.sequence).order_by(Event.id)).all()
    assert rows == [("contract:1", 1), ("contract:1", 2), ("contract:1", 3), ("contract:2", 1)]
    assert list(broken_links(session)) == []


def test_each_hash_covers_the_one_before(session):
    first, second = session.scalars(
        select(Event).where(Event.case == "contract:1").order_by(Event.sequence)
    ).all()[:2]
    assert second.previous_hash == first.hash


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        (update(Event).where(Event.id == 2).values(payload={"day": 9}), "the content was changed"),
        (update(Event).where(Event.id == 2).values(name="terms_kept"), "the event was changed"),
        (delete(Event).where(Event.id == 2), "an event is missing"),
        (delete(Event).where(Event.id == 3), "the last events are missing"),
    ],
)
def test_a_changed_chain_is_seen(session, tamper, why):
    session.execute(tamper)
    session.commit()
    assert [(fault.case, fault.why) for fault in broken_links(session)] == [("contract:1", why)]


def test_an_erased_payload_does_not_break_the_chain(session):
    session.execute(update(Event).where(Event.id == 2).values(payload=None))
    session.commit()
    assert list(broken_links(session)) == []


def test_a_moment_told_in_local_time_does_not_break_the_chain(session):
    local = NOW.astimezone(ZoneInfo("Europe/Stockholm"))
    record(session, "contract:1", "terms_changed", actor="system", now=local)
    session.commit()
    session.expire_all()
    assert list(broken_links(session)) == []


def test_the_head_of_a_chain_is_its_last_hash(session):
    chain = session.get_one(EventChain, "contract:1")
    assert chain.head == session.scalar(select(Event.hash).where(Event.id == 3))
