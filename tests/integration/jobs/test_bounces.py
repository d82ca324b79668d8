"""A mail that a server takes and gives back later stops the contact's mails and becomes a task for the procurer."""

import subprocess
import sys
from dataclasses import replace
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from compliance.jobs.mailing import send_waiting
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Contact, Message
from compliance.workflow.bouncing import Outcome, take_report
from compliance.workflow.delivery_reports import read_report
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.smtp_sink import Mailbox, running
from tests.integration.jobs.test_sending import message, queue_for_supplier
from tests.rows import NOW


class ServerThatBouncesLater(Mailbox):
    """Takes every mail, and writes the report that a real server would send to its envelope sender."""

    def __init__(self):
        super().__init__()
        self.senders = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.senders.append(envelope.mail_from)
        return await super().handle_DATA(server, session, envelope)

    def report(self, *, action="failed", status="5.1.1", to=None, returned=None):
        report = MIMEMultipart("report", report_type="delivery-status")
        report["From"], report["To"] = "MAILER-DAEMON@mx.leverantor.example", to or self.senders[-1]
        report["Subject"] = "Undelivered Mail Returned to Sender"
        report.attach(MIMEText("I'm sorry to have to inform you.\n"))
        status_part = MIMEBase("message", "delivery-status")
        status_part.set_payload([headers({"Reporting-MTA": "dns; mx.leverantor.example"}),
                                 headers({"Final-Recipient": "rfc822; lisa@leverantor.example",
                                          "Action": action, "Status": status})])  # fmt: skip
        report.attach(status_part)
        original = MIMEBase("message", "rfc822")
        original.set_payload([returned or self.mails[-1]])
        report.attach(original)
        return report.as_bytes()


def headers(fields):
    block = EmailMessage()
    for name, value in fields.items():
        block[name] = value
    return block


@pytest.fixture
def settings(settings):
    return replace(settings, bounce_address="studs@exempelbostader.example")


@pytest.fixture
def server(mail_port):
    server = ServerThatBouncesLater()
    with running(server, mail_port):
        yield server


@pytest.fixture
def sent(app, server):
    """An invitation that the server took; its number."""
    number = queue_for_supplier(app, "invitation")
    assert send_waiting(app, moment=lambda: NOW)["sent"] == 1
    return number


def take(app, data):
    with transaction(app) as session:
        return take_report(session, read_report(data), app.config["SETTINGS"], now=NOW)


def contact_bounced(app):
    with reading(app) as session:
        return session.query(Contact).one().bounced_at is not None


@BOTH_DATABASES
def test_a_mail_that_comes_back_stops_the_contact_and_tells_the_office(app, server, sent):
    assert take(app, server.report()) is Outcome.NOTED
    assert contact_bounced(app)
    assert message(app, sent).state == "failed"
    with reading(app) as session:
        assert session.query(Message).filter_by(kind="mail_bounced").count() == 1


def test_the_same_report_twice_changes_nothing(app, server, sent):
    take(app, server.report())
    assert take(app, server.report()) is Outcome.KNOWN
    with reading(app) as session:
        assert session.query(Message).filter_by(kind="mail_bounced").count() == 1


def test_a_report_is_recognised_by_the_returned_mail_when_its_own_address_is_another(app, server, sent):
    assert take(app, server.report(to="postmaster@exempelbostader.example")) is Outcome.NOTED
    assert contact_bounced(app)


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("relayed", "2.0.0")]
)
def test_a_report_that_is_not_final_changes_nothing(app, server, sent, action, status):
    assert take(app, server.report(action=action, status=status)) is Outcome.NOT_FINAL
    assert not contact_bounced(app)


def test_a_report_about_an_address_that_was_changed_leaves_the_contact_alone(app, server, sent):
    with transaction(app) as session:
        session.query(Contact).one().email = "ny@leverantor.example"
    assert take(app, server.report()) is Outcome.NOTED
    assert not contact_bounced(app)


def forged(server, number):
    mail = EmailMessage()
    mail["Message-ID"] = f"<{number}.{'0' * 24}@exempelbostader.example>"
    mail.set_content("text")
    return server.report(to=f"studs+{number}.{'0' * 16}@exempelbostader.example", returned=mail)


def test_a_forged_report_stops_nobodys_mail(app, server, sent):
    assert take(app, forged(server, sent)) is Outcome.NOT_OURS
    assert not contact_bounced(app)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 50,
        b"Subject: Away\n\nI am away until Monday.",
        b"Content-Type: multipart/report\n\nx",
    ],
)
def test_what_is_no_report_is_not_taken_for_one(data):
    assert read_report(data) is None


def test_the_command_takes_a_report_from_the_mail_server(app, server, sent, settings, monkeypatch):
    for name in ("secret_key", "password_salt", "database_url", "instance", "bounce_address", "mail_from"):
        monkeypatch.setenv(f"COMPLIANCE_{name.upper()}", str(getattr(settings, name)))
    command = [sys.executable, "-m", "compliance.cli", "mail", "bounce"]
    told = subprocess.run(command, input=server.report(), capture_output=True, check=True)
    assert told.stdout.decode().strip() == "noted"
    assert contact_bounced(app)
