"""Hundreds of kills on both databases: whatever was acknowledged is there, whatever was due is told once.

A sample runs with every test; `make soak` runs the rest. Each run prints its numbers.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from compliance import clock
from compliance.extensions import db
from compliance.jobs.transactions import reading
from compliance.storage.models import Answer, ClockLease, Document, DueRow
from compliance.storage.models import Event as Recorded
from compliance.workflow.linking import make_link
from compliance.workflow.verifying import broken_links
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.installation import Installation, eventually
from tests.integration.jobs.smtp_sink import Mailbox, free_port, running
from tests.integration.supplier.company import build_company
from tests.journeys.fault_site import Matters, Nursery, count_mails, kill_at_random, unfinished
from tests.journeys.nursery import CLOCK_LEASE_SECONDS
from tests.journeys.test_kills import Uploader, _proof_address
from tests.journeys.test_nothing_is_lost import QUESTIONS, TOKEN, Saver

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="children that die with their parent are Linux's"
)
EVERYTHING = {"clock": 9, "worker": 9, "web": 2}
REST_SECONDS = 240


class PacedSaver(Saver):
    """Pauses between two saves, so that others get a turn of the processor."""

    def _save(self, text: str) -> dict:
        self.stop.wait(0.1)
        saved = super()._save(text)
        self.count = getattr(self, "count", 0) + 1
        return saved


@pytest.fixture
def mail_port() -> int:
    return free_port()


@pytest.fixture
def settings(settings, mail_port):
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{mail_port}", public_url="http://127.0.0.1")


@pytest.fixture
def mailbox(mail_port):
    mailbox = Mailbox()
    with running(mailbox, mail_port):
        yield mailbox


@pytest.fixture
def nursery(app, settings, mail_port, tmp_path):
    place = Installation(tmp_path, settings.database_url, mail_port)
    sender = {"COMPLIANCE_MAIL_FROM": "no-reply@exempelbostader.example"}
    found = Nursery(place.environment | sender, place.port, tmp_path / "nursery.log")
    yield found
    found.close()


@BOTH_DATABASES
@pytest.mark.slow
def test_clocks_and_workers_killed_at_random_tell_everything_once(app, nursery, mailbox):
    _tell_everything(app, nursery, mailbox, kills=10, matters=8)


@BOTH_DATABASES
@pytest.mark.slow
def test_of_four_clocks_the_active_one_is_killed_in_the_middle_and_another_goes_on(app, nursery, mailbox):
    due = Matters()
    due.write(app, 8, over_seconds=3, chance=random.Random(4))
    nursery.fill(clock=4, worker=1)
    assert eventually(lambda: _active_clock(app) in nursery.living["clock"] and mailbox.mails)
    first = _active_clock(app)
    nursery.kill("clock", nursery.living["clock"].index(first))
    began = time.monotonic()
    assert eventually(lambda: _active_clock(app) in nursery.living["clock"])
    waited = time.monotonic() - began
    numbers = _rest_and_count(app, nursery, mailbox, due)
    _say(
        app,
        f"one of four clocks: another after {waited:.1f} s with a lease of {CLOCK_LEASE_SECONDS} s",
        nursery,
        numbers,
    )
    assert waited < 2 * CLOCK_LEASE_SECONDS


def _active_clock(app) -> int:
    """The id of the process that holds the lease; nought when none does."""
    with reading(app) as session:
        lease = session.get(ClockLease, 1)
        return int(lease.holder.split(":")[1]) if lease is not None and lease.holder else 0


@BOTH_DATABASES
@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_clocks_and_workers_killed_tell_everything_once(app, nursery, mailbox, seed):
    _tell_everything(app, nursery, mailbox, kills=200, matters=60, seed=seed)


@BOTH_DATABASES
@pytest.mark.soak
def test_everything_killed_at_random_while_people_save_and_upload_loses_nothing(
    app, nursery, mailbox, tmp_path
):
    chance, matters = random.Random(3), Matters()
    matters.write(app, 30, over_seconds=30, chance=chance)
    nursery.fill()
    assert eventually(nursery.answers)
    savers, uploader = _people(app, nursery, tmp_path)
    for one in (*savers, uploader):
        one.start()
    kill_at_random(nursery, 150, EVERYTHING, chance)
    for one in (*savers, uploader):
        one.stop.set()
        one.join(timeout=60)
    numbers = _rest_and_count(app, nursery, mailbox, matters)
    numbers.update(_kept(app, savers, uploader))
    _say(app, "everything", nursery, numbers)
    assert numbers["saves_lost"] == numbers["uploads_lost"] == numbers["uploads_doubled"] == 0
    assert numbers["read_twice"] == numbers["files_missing"] == 0


def _tell_everything(app, nursery, mailbox, *, kills: int, matters: int, seed: int = 0) -> None:
    chance, due = random.Random(seed), Matters()
    due.write(app, matters, over_seconds=kills * 0.2, chance=chance)
    nursery.fill(clock=4, worker=2)
    kill_at_random(nursery, kills, {"clock": 1, "worker": 1}, chance)
    _say(app, "clock and worker", nursery, _rest_and_count(app, nursery, mailbox, due))


def _rest_and_count(app, nursery, mailbox, matters) -> Counter[str]:
    """Leave everything alone until it has come to an end; what must not have happened has not."""
    nursery.fill()
    assert eventually(lambda: not unfinished(app), REST_SECONDS), unfinished(app)
    mails = count_mails(app, mailbox, matters.readers)
    assert mails["missing"] == mails["doubled"] == mails["unasked"] == mails["not_sent"] == 0, mails
    assert mails["written"] == mails["message_ids"] == len(matters.readers)
    with reading(app) as session:
        fired = session.query(DueRow).filter(DueRow.outcome == "done", DueRow.kind.in_(["T1", "T5"])).count()
        assert fired == len(matters.readers)
        assert list(broken_links(session)) == []
    return mails


def _people(app, nursery, folder):
    """Two colleagues save answers of one company, and a third uploads."""
    with app.app_context():
        company = build_company(due_on=clock.today())
        size = Answer(question_id="employees_total", state="answered", value="8", saved_at=clock.now())
        size.assessment_id = company.assessment.id
        db.session.add(size)
        token = make_link(db.session(), company.assessment, company.assessment.contact, now=clock.now())
        address = f"http://127.0.0.1:{nursery.port}"
        home = address + company.address
        db.session.commit()
        db.session.remove()
    opener = build_opener(HTTPCookieProcessor())
    link = f"{address}/link/{token}"
    key = TOKEN.search(opener.open(link).read().decode())[1]
    key = TOKEN.search(opener.open(link, urlencode({"csrf_token": key}).encode()).read().decode())[1]
    uploader = Uploader(opener, address + _proof_address(opener, home), key, folder)
    return [PacedSaver(opener, home, key, question) for question in QUESTIONS], uploader


def _kept(app, savers, uploader) -> Counter[str]:
    """What was acknowledged, and what of it is not there or there twice."""
    numbers = Counter(uploads_acknowledged=len(uploader.received), uploads_tried=uploader.attempts)
    with reading(app) as session:
        names = Counter(name for (name,) in session.query(Document.name))
        read = Counter(
            one.payload["document"] for one in session.query(Recorded).filter_by(name="document_read")
        )
        store = app.config["SETTINGS"].uploads
        for (sha256,) in session.query(Document.sha256):
            numbers["files_missing"] += not (store / sha256[:2] / sha256).is_file()
        for saver in savers:
            row = session.query(Answer).filter_by(question_id=saver.question).one()
            revision, text = saver.acknowledged
            stands = row.revision > revision or (row.revision, row.value) == (revision, text)
            numbers.update(saves_acknowledged=saver.count, saves_lost=0 if stands else 1)
            events = _revisions(session, saver.question)
            assert events == list(range(1, row.revision + 1)), saver.question
    numbers["uploads_lost"] = sum(name not in names for name in uploader.received)
    numbers["uploads_doubled"] = sum(times - 1 for times in names.values())
    numbers["read_twice"] = sum(times > 1 for times in read.values())
    return numbers


def _revisions(session, question: str) -> list[int]:
    saved = session.query(Recorded).filter_by(name="answer_saved").order_by(Recorded.id)
    return [event.payload["revision"] for event in saved if event.payload["question"] == question]


def _say(app, what: str, nursery: Nursery, numbers: Counter[str]) -> None:
    database = db_name(app)
    kills = ", ".join(f"{count} {name}" for name, count in sorted(nursery.kills.items()))
    said = ", ".join(f"{name} {count}" for name, count in numbers.items())
    print(f"\n{what} on {database}: kills {nursery.kills.total()} ({kills}); {said}")  # noqa: T201  for who runs it


def db_name(app) -> str:
    return "SQLite" if app.config["SETTINGS"].uses_sqlite else "PostgreSQL"
