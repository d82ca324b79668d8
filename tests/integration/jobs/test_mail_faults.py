"""Mail servers that are slow, hang up or are away for a day: every mail comes, and one that may be doubled says so."""

import asyncio
from collections import Counter
from datetime import timedelta
from threading import Thread

import pytest

from compliance.jobs import mail_server as talk
from compliance.jobs.mailing import send_waiting
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Message
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.smtp_sink import Mailbox, running
from tests.rows import NOW, build_message


class Moody(Mailbox):
    """Keeps some mails and then hangs up instead of saying so, or takes its time."""

    def __init__(self, *, hang_up: int = 0, seconds: float = 0) -> None:
        super().__init__()
        self.hang_up, self.seconds = hang_up, seconds

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.seconds)
        answer = await super().handle_DATA(server, session, envelope)
        if self.hang_up:
            self.hang_up -= 1
            server.transport.close()
        return answer


def queue(app, count: int) -> None:
    with transaction(app) as session:
        for _ in range(count):
            build_message(session)


def rows(app) -> list[Message]:
    with reading(app) as session:
        found = session.query(Message).order_by(Message.id).all()
        session.expunge_all()
        return found


@BOTH_DATABASES
def test_a_mail_whose_yes_got_lost_is_sent_again_and_marked(app, mail_port):
    queue(app, 3)
    moody = Moody(hang_up=1)
    with running(moody, mail_port):
        assert send_waiting(app, moment=lambda: NOW) == {"unsure": 1, "sent": 2}
        later = NOW + timedelta(minutes=2)
        assert send_waiting(app, moment=lambda: later)["sent"] == 1
    came = Counter(mail["Message-ID"] for mail in moody.mails)
    assert sorted(came.values()) == [1, 1, 2]
    assert [row.uncertain for row in rows(app)] == [True, False, False]


def test_a_server_too_slow_to_say_yes_is_not_waited_for_and_the_mail_is_marked(app, mail_port, monkeypatch):
    monkeypatch.setattr(talk.MailServer.__init__, "__kwdefaults__", {"timeout": 0.3})
    queue(app, 1)
    slow = Moody(seconds=1)
    with running(slow, mail_port):
        assert send_waiting(app, moment=lambda: NOW) == {"unsure": 1}
        slow.seconds = 0
        later = NOW + timedelta(minutes=2)
        assert send_waiting(app, moment=lambda: later) == {"sent": 1}
    assert rows(app)[0].uncertain


@pytest.mark.parametrize("answer", ["450 4.2.0 Later", "421 4.3.2 Going down"])
def test_a_server_that_says_no_before_it_has_the_mail_leaves_no_doubt(app, mail_server, answer):
    queue(app, 1)
    mail_server.answers[rows(app)[0].recipient] = answer
    assert send_waiting(app, moment=lambda: NOW) == {"delayed": 1}
    mail_server.answers.clear()
    later = NOW + timedelta(minutes=2)
    assert send_waiting(app, moment=lambda: later) == {"sent": 1}
    assert not rows(app)[0].uncertain
    assert len(mail_server.mails) == 1


@BOTH_DATABASES
def test_a_server_away_for_a_day_gets_every_mail_once_when_it_is_back(app, mailbox, mail_port):
    queue(app, 5)
    for hour in range(24):
        assert send_waiting(app, moment=lambda hour=hour: NOW + timedelta(hours=hour))["sent"] == 0
    with running(mailbox, mail_port):
        back = NOW + timedelta(days=2)
        assert send_waiting(app, moment=lambda: back) == {"sent": 5}
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 5
    assert not any(row.uncertain for row in rows(app))


@BOTH_DATABASES
def test_six_senders_at_once_send_each_mail_once(app, mail_server):
    queue(app, 30)
    senders = [Thread(target=send_waiting, args=(app,), kwargs={"moment": lambda: NOW}) for _ in range(6)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert len({mail["Message-ID"] for mail in mail_server.mails}) == len(mail_server.mails) == 30
