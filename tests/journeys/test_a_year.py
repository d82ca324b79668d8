"""A year, day by day, with a real mail server: everything due is told once, also by clocks that are killed."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.assessments import State
from compliance.jobs.mailing import send_waiting
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import AnswerDocument, Contract, Decision, DueRow, Message, Review
from compliance.workflow import arming
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.installation import Installation
from tests.integration.jobs.smtp_sink import Mailbox, free_port, running
from tests.journeys import expected_year as paper
from tests.rows import (
    NOW,
    build_assessment,
    build_contact,
    build_contract,
    build_document,
    build_staff,
    build_supplier,
    terms,
)

pytestmark = pytest.mark.slow
TACIT = {"kind": "tacit", "months": 12, "max_periods": None}
OPTION = {
    "kind": "option", "periods": 2, "months": 12, "notice": {"n": 3, "unit": "months"}, "extended": 0
}  # fmt: skip
SIX_MONTHS = {"n": 6, "unit": "months"}
ANSWERS_DUE, RENEW_BY = date(2026, 4, 15), date(2026, 11, 16)
EXPIRES, PLAN_DONE = date(2026, 12, 1), date(2026, 10, 5)
EXPECTED = {
    "fixed": paper.before_end(date(2026, 9, 30)),
    "option": paper.before_end(date(2027, 2, 28)) + paper.before_notice(date(2026, 11, 28)),
    "tacit": paper.before_end(date(2026, 12, 31)) + paper.before_notice(date(2026, 6, 30)),
    "late_supplier": paper.around(ANSWERS_DUE, paper.SUPPLIER_LATE),
    "late_office": paper.around(ANSWERS_DUE, paper.OFFICE_LATE),
    "answered_office": paper.around(RENEW_BY, paper.TOO_OLD) + paper.around(EXPIRES, paper.EXPIRING),
    "plan": paper.around(PLAN_DONE, paper.FOLLOW_UP),
}
"""Who is told on which days: each matter has a person of its own."""


class Diary(Mailbox):
    """A mail server that notes on which simulated day each mail came, and to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.today = paper.FIRST
        self.days: dict[str, list[date]] = defaultdict(list)
        self.asked = self.given = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.asked += 1
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.given += 1
        answer = await super().handle_DATA(server, session, envelope)
        self.days[self.mails[-1]["To"].split("@")[0]].append(self.today)
        return answer


@pytest.fixture
def mail_port() -> int:
    return free_port()


@pytest.fixture
def settings(settings, mail_port):
    return replace(
        settings, smtp_url=f"smtp://127.0.0.1:{mail_port}", public_url="https://kollen.example", mail_from="a@b.example"
    )  # fmt: skip


@pytest.fixture
def diary(mail_port):
    diary = Diary()
    with running(diary, mail_port):
        yield diary


@pytest.fixture
def world(app):
    """One contract for each matter that can come up, each with an owner of its own."""
    with transaction(app) as session:
        _contract(session, "fixed", end="2026-09-30")
        _contract(session, "option", start="2025-03-01", end="2027-02-28", renewal=OPTION)
        _contract(session, "tacit", end="2026-12-31", notice=SIX_MONTHS, renewal=TACIT)
        _late(session)
        _answered(session)
        _planned(session)
    return app


@BOTH_DATABASES
def test_every_reminder_of_a_year_comes_once_on_its_day(world, diary):
    for day in _year():
        diary.today = day
        _tick(world, day)
        assert _tick(world, day) == (0, 0), day
    assert _told(diary) == _expected()
    assert _left(world) == []


@BOTH_DATABASES
def test_clocks_killed_in_the_middle_of_ticks_lose_and_double_nothing(
    world, diary, tmp_path, database_url, mail_port
):
    installation, chance = Installation(tmp_path, database_url, mail_port), random.Random(20260302)
    kills = 0
    for number, day in enumerate(_days_with_something()):
        diary.today = day
        if number % 3 == 0:
            kills += _killed_at(installation, day, _moments(world, diary)[chance.randrange(3)])
        _tick(world, day)
        assert _tick(world, day) == (0, 0), day
    diary.today = paper.LAST + timedelta(days=1)
    _tick(world, diary.today)
    _compare(world, diary, kills)
    assert kills > 5


def _compare(app, diary: Diary, kills: int) -> None:
    """Everybody got what was expected, and not more than that but for the mails that are marked uncertain."""
    counts = {who: len(days) for who, days in diary.days.items()}
    wanted = {who: len(days) for who, days in EXPECTED.items()}
    uncertain = _uncertain(app)
    numbers = f"{kills} clocks killed, {sum(counts.values())} mails for {sum(wanted.values())}"
    print(f"{numbers}, {uncertain} uncertain")  # noqa: T201  what a reader of the run wants to know
    assert set(counts) == set(wanted)
    assert all(counts[who] >= wanted[who] for who in wanted), (counts, wanted)
    assert sum(counts.values()) - sum(wanted.values()) <= uncertain
    assert len({mail["Message-ID"].split("@")[0] for mail in diary.mails}) == sum(wanted.values())
    assert _left(app) == []


def _moments(app, diary: Diary) -> list[Callable[[], object]]:
    """Three moments in the middle of a tick: a row is done, the mail server is asked, it has the mail."""
    done, asked, given = _done(app), diary.asked, diary.given
    return [lambda: _done(app) > done, lambda: diary.asked > asked, lambda: diary.given > given]


def _done(app) -> int:
    with reading(app) as session:
        return session.query(DueRow).filter(DueRow.done_at.is_not(None)).count()


def _contract(session, owner: str, supplier=None, **values) -> Contract:
    person = build_staff(session, email=f"{owner}@exempelbostader.example")
    found = build_contract(session, supplier, owner_id=person.id, terms=terms(**{"end": None, **values}))
    arming.rearm_contract(session, found, now=NOW)
    return found


def _late(session) -> None:
    """A round that nobody answers."""
    supplier = build_supplier(session)
    contract = _contract(session, "late_office", supplier)
    contact = build_contact(session, supplier, email="late_supplier@leverantor.example")
    assessment = build_assessment(session, contact, contracts=(contract,), due_on=ANSWERS_DUE)
    arming.rearm_assessment(session, assessment, now=NOW)


def _answered(session) -> None:
    """A round that was answered and closed, with a certificate that expires."""
    supplier = build_supplier(session)
    contract = _contract(session, "answered_office", supplier)
    values = {"state": State.CLOSED, "submitted_at": NOW, "closed_at": NOW, "reassess_on": RENEW_BY}
    assessment = build_assessment(session, build_contact(session, supplier), contracts=(contract,), **values)
    document = build_document(session, supplier, facts={"valid_until": EXPIRES.isoformat()})
    session.add(
        AnswerDocument(
            assessment_id=assessment.id, question_id="any", document_id=document.id, attached_at=NOW
        )
    )
    session.flush()
    arming.rearm_assessment(session, assessment, now=NOW)


def _planned(session) -> None:
    """A decision with an action plan."""
    contract = _contract(session, "plan")
    review = Review(contract_id=contract.id, severity="normal", opened_at=NOW, closed_at=NOW)
    session.add(review)
    session.flush()
    session.add(
        Decision(
            review_id=review.id, contract_id=contract.id, code="approve_with_plan", reason="Enligt planen.",
            next_on=PLAN_DONE, decided_by_id=contract.owner_id, decided_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    arming.rearm_contract(session, contract, now=NOW)


def _year() -> Iterator[date]:
    for count in range((paper.LAST - paper.FIRST).days + 1):
        yield paper.FIRST + timedelta(days=count)


def _days_with_something() -> list[date]:
    return sorted({day for days in EXPECTED.values() for day in days})


def _tick(app, day: date) -> tuple[int, int]:
    """One tick at noon; how many rows were done and mails sent."""
    noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    rows = do_due_rows(app, now=noon)
    mails = send_waiting(app, moment=lambda: noon)
    return rows.total(), mails.total()


def _killed_at(installation: Installation, day: date, moment: Callable[[], object]) -> int:
    """Start a tick by command and kill -9 it at that moment; 1 when it was still at it."""
    clock = installation.start("clock", "tick", "--at", day.isoformat())
    while clock.poll() is None and not moment():
        time.sleep(0.01)
    was_at_it = clock.poll() is None
    clock.kill()
    clock.wait(timeout=10)
    return int(was_at_it)


def _told(diary: Diary) -> dict[str, list[date]]:
    return {who: sorted(days) for who, days in diary.days.items()}


def _expected() -> dict[str, list[date]]:
    return {who: sorted(days) for who, days in EXPECTED.items()}


def _left(app) -> list[str]:
    """What was due in the year and is not done, and mails that are not sent."""
    end = datetime(2027, 3, 2, tzinfo=UTC)
    with reading(app) as session:
        rows = session.query(DueRow).filter(DueRow.done_at.is_(None), DueRow.due_at < end)
        mails = session.query(Message).filter(Message.state != "sent")
        return [row.key for row in rows] + [mail.key for mail in mails]


def _uncertain(app) -> int:
    with reading(app) as session:
        return session.query(Message).filter_by(uncertain=True).count()
