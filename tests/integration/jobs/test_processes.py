"""What runs for ever is started again when it is killed, and takes nothing with it."""

import os
import signal
import sys
from datetime import timedelta

import pytest

from compliance.jobs.mailing import send_waiting
from compliance.jobs.queue import MOST_PENDING
from compliance.jobs.ticks import wake_for_what_waits
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Message
from compliance.storage.waking import MAIL
from compliance.workflow.arming import rearm_contract
from compliance.workflow.leasing import LEASE, give_up_lease, hold_lease
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.installation import Installation, eventually
from tests.integration.jobs.smtp_sink import Mailbox, running
from tests.rows import NOW, build_contract, build_message, build_staff, terms

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@pytest.fixture
def installation(app, tmp_path, database_url, mail_port) -> Installation:
    """The files of the application under test, as processes see them."""
    return Installation(tmp_path, database_url, mail_port)


def kill(installation: Installation, *command: str) -> None:
    """Kill -9 every process of a command, and see that others take their place."""
    before = installation.processes(*command)
    assert before
    for process_id in before:
        os.kill(process_id, signal.SIGKILL)
    assert eventually(lambda: len(installation.processes(*command) - before) >= len(before)), command


@pytest.mark.slow
def test_whatever_is_killed_is_started_again_and_a_signal_stops_everything(installation):
    supervisor = installation.start("serve")
    try:
        assert eventually(installation.answers)
        for command in (("work",), ("clock", "run"), ("web",)):
            kill(installation, *command)
        assert eventually(installation.answers)
        supervisor.terminate()
        assert supervisor.wait(timeout=40) == 0
    finally:
        supervisor.kill()
        supervisor.wait()
    assert eventually(lambda: not installation.processes("web") | installation.processes("work"))


@pytest.mark.slow
def test_the_port_is_free_again_when_only_the_main_web_process_is_killed(installation):
    supervisor = installation.start("serve")
    try:
        assert eventually(installation.answers)
        before = installation.processes("web")
        os.kill(min(before), signal.SIGKILL)  # the others are its children, started later
        assert eventually(lambda: installation.processes("web").isdisjoint(before) and installation.answers())
    finally:
        supervisor.kill()  # -9: nothing it started may outlive it
        supervisor.wait()
    assert eventually(lambda: not installation.processes("web") | installation.processes("clock", "run"))


@pytest.mark.slow
def test_a_worker_killed_while_it_talks_to_the_mail_server_loses_no_mail(app, installation, mail_port):
    with transaction(app) as session:
        message_id = build_message(session).id
    slow = SlowMailbox()
    with running(slow, mail_port):
        worker = installation.start("work")
        assert eventually(lambda: slow.asked)
        worker.kill()
        worker.wait()
        later = NOW + timedelta(days=400)  # long after the claim of the dead worker
        assert send_waiting(app, moment=lambda: later)["sent"] == 1
    with reading(app) as session:
        message = session.get(Message, message_id)
        assert (message.state, message.uncertain) == ("sent", True)
    assert len({mail["Message-ID"] for mail in slow.mails}) == 1


class SlowMailbox(Mailbox):
    """Takes its time over the first mail."""

    asked = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        import asyncio

        if not self.asked:
            self.asked = True
            await asyncio.sleep(3)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.slow
def test_a_tick_by_hand_at_a_simulated_time_sends_its_mails_and_a_second_one_nothing(
    app, installation, mail_port
):
    with transaction(app) as session:
        contract = build_contract(session, owner_id=build_staff(session).id, terms=terms(end="2026-12-31"))
        rearm_contract(session, contract, now=NOW)
    mailbox = Mailbox()
    with running(mailbox, mail_port):
        first = installation.json("clock", "tick", "--at", "2026-04-01")
        second = installation.json("clock", "tick", "--at", "2026-04-01")
    assert first["rows"] == {"done": 2}  # the reminder, and the opening of the review that it calls for
    assert first["mails"] == {"sent": 1}
    assert (second["rows"], second["mails"]) == ({}, {})
    assert len(mailbox.mails) == 1


@BOTH_DATABASES
def test_a_second_clock_stays_idle_and_takes_over_within_two_minutes(app):
    def holds(name: str, seconds: float) -> bool:
        with transaction(app) as session:
            return hold_lease(session, name, now=NOW + timedelta(seconds=seconds))

    assert holds("first", 0)
    assert not holds("second", 10)
    assert holds("first", 30)
    assert LEASE + timedelta(seconds=30) < timedelta(minutes=2)
    assert not holds("second", 100)
    assert holds("second", 30 + LEASE.total_seconds() + 1)
    assert not holds("first", 120)


def test_a_clock_that_stops_in_good_order_lets_another_begin_at_once(app):
    with transaction(app) as session:
        assert hold_lease(session, "first", now=NOW)
        give_up_lease(session, "first")
        assert hold_lease(session, "second", now=NOW)


@BOTH_DATABASES
def test_a_lost_wake_up_is_repaired_by_the_next_tick(app):
    with transaction(app) as session:
        build_message(session)
    queue = app.extensions["wake"].queue
    while queue.huey.dequeue() is not None:
        pass  # as if a worker had been killed with them in its hands
    wake_for_what_waits(app, now=NOW)
    assert queue.huey.pending_count() == 1


def test_wake_ups_do_not_pile_up_while_no_worker_runs(app):
    queue = app.extensions["wake"].queue
    for _ in range(MOST_PENDING + 10):
        queue.wake(MAIL)
    assert queue.huey.pending_count() == MOST_PENDING
