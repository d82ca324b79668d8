"""Databases that fail in the middle: locked, full, or with connections cut. What was due still happens once."""

import random
import resource
import sqlite3
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy.exc import SQLAlchemyError

from compliance.jobs.mailing import send_waiting
from compliance.jobs.ticks import do_due_rows, tick
from compliance.jobs.transactions import reading, transaction
from compliance.storage import engine as engine_module
from compliance.storage.models import DueRow, Message
from compliance.workflow.arming import rearm_contract
from tests.integration.jobs.smtp_sink import Mailbox
from tests.rows import NOW, build_contract, build_staff, terms

DUE = datetime(2026, 4, 1, 8, tzinfo=UTC)
CONTRACTS = 12
POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def armed(app):
    """Contracts each of whose owners is to be told on the same day."""
    with transaction(app) as session:
        for _ in range(CONTRACTS):
            owner = build_staff(session).id
            contract = build_contract(session, owner_id=owner, terms=terms(end="2026-12-31"))
            rearm_contract(session, contract, now=NOW)
    return app


def try_it(app, now: datetime) -> None:
    """A tick and the mails, as the clock and the worker do: a failure ends this try and nothing else."""
    try:
        tick(app, now=now)
        send_waiting(app, moment=lambda: now)
    except SQLAlchemyError:
        return


def all_told(app, mailbox: Mailbox) -> None:
    """Whatever failed before, some quiet hours later everyone has been told, nobody twice without a mark."""
    for hours in range(1, 40, 2):
        try_it(app, DUE + timedelta(hours=hours))
    came = Counter(mail["To"] for mail in mailbox.mails)
    with reading(app) as session:
        assert session.query(DueRow).filter(DueRow.done_at.is_(None), DueRow.due_at <= DUE).count() == 0
        messages = session.query(Message).all()
        assert {one.state for one in messages} == {"sent"}
        assert len(messages) == len(came) == CONTRACTS
        assert all(came[one.recipient] == 1 or one.uncertain for one in messages)


def test_a_database_that_is_locked_for_a_while_delays_and_doubles_nothing(armed, mail_server, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 50)
    monkeypatch.setattr(engine_module, "PRAGMAS", ("journal_mode=WAL", "busy_timeout=50"))
    file = armed.config["SETTINGS"].database_url.removeprefix("sqlite:///")
    stop = Event()

    def lock_now_and_then():
        chance = random.Random(5)
        while not stop.is_set():
            with sqlite3.connect(file, timeout=60) as other:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(chance.uniform(0.05, 0.2))
                other.rollback()
            time.sleep(chance.uniform(0, 0.2))

    other = Thread(target=lock_now_and_then)
    other.start()
    for minute in range(6):
        try_it(armed, DUE + timedelta(minutes=minute))
    stop.set()
    other.join()
    all_told(armed, mail_server)


def test_a_full_disk_keeps_nothing_half_and_everything_goes_on_when_there_is_room(armed, mail_server):
    """The limit on the size of a file is what a full disk looks like to a process: the write fails."""
    folder = armed.config["SETTINGS"].instance
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (0, 8_192, 32_768, 131_072):
        size = max(one.stat().st_size for one in folder.glob("*.sqlite*"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, before[1]))
        try:
            try_it(armed, DUE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    all_told(armed, mail_server)


@POSTGRES
def test_connections_that_are_cut_again_and_again_lose_and_double_nothing(
    armed, mail_server, postgres_server
):
    name = armed.config["SETTINGS"].database_url.rsplit("/", 1)[1].split("?")[0]
    stop, cuts = Event(), Counter()
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';"

    def cut_now_and_then():
        while not stop.wait(0.1):
            postgres_server.psql(cut)
            cuts["done"] += 1

    other = Thread(target=cut_now_and_then)
    other.start()
    for minute in range(10):
        try_it(armed, DUE + timedelta(minutes=minute))
    stop.set()
    other.join()
    assert cuts["done"] > 5
    all_told(armed, mail_server)


@pytest.mark.parametrize(
    "moments",
    [
        ["2026-03-29T00:59", "2026-03-29T01:00", "2026-03-29T01:01"],
        ["2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T00:30", "2026-10-25T01:30"],
        ["2026-04-01T07:00", "2026-04-01T06:00", "2026-04-01T07:00"],
        ["2028-02-28T08:00", "2028-02-29T08:00", "2028-03-01T08:00"],
        ["2026-03-31T21:59", "2026-03-31T22:00", "2026-04-01T04:00"],
        ["2026-03-20T08:00", "2026-04-10T08:00"],
    ],
    ids=[
        "spring",
        "autumn, and an hour back",
        "an hour back",
        "leap day",
        "first of April",
        "three weeks away",
    ],
)
def test_time_that_jumps_tells_everyone_once(app, mail_server, moments):
    with transaction(app) as session:
        for moment in {one[:10] for one in moments}:
            owner, day = build_staff(session).id, date.fromisoformat(moment)
            contract = build_contract(session, owner_id=owner, terms=terms(end=_months_later(day)))
            rearm_contract(session, contract, now=datetime(2026, 3, 2, 8, tzinfo=UTC))
    for moment in moments:
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        tick(app, now=now)
        send_waiting(app, moment=lambda now=now: now)
        before = len(mail_server.mails)
        assert do_due_rows(app, now=now) == send_waiting(app, moment=lambda now=now: now) == {}
        assert len(mail_server.mails) == before
    _compare(app, mail_server, datetime.fromisoformat(moments[-1]).replace(tzinfo=UTC))


def _months_later(day: date) -> str:
    """Three months after, on the same day of the month."""
    month = day.month + 3
    return date(day.year + (month > 12), month - 12 * (month > 12), min(day.day, 28)).isoformat()


def _compare(app, mailbox: Mailbox, end: datetime) -> None:
    with reading(app) as session:
        assert session.query(DueRow).filter(DueRow.done_at.is_(None), DueRow.due_at <= end).count() == 0
        due = session.query(Message).count()
        assert session.query(Message).filter(Message.state != "sent").count() == 0
    ids = [mail["Message-ID"] for mail in mailbox.mails]
    assert len(ids) == len(set(ids)) == due > 0
