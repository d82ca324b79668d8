"""Mails leave through a real SMTP server, once each, and what became of them is written down."""

from datetime import timedelta

import pytest

from compliance.assessments import State
from compliance.jobs.mailing import send_waiting
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import AccessLink, Contact, Event, Message
from compliance.workflow import sending
from compliance.workflow.linking import LinkState, find_link
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.smtp_sink import running
from tests.rows import NOW, build_assessment, build_contact, build_contract, build_message, build_staff


def at(moment=NOW):
    return lambda: moment


def queue(app, **values) -> int:
    with transaction(app) as session:
        return build_message(session, **values).id


def queue_for_supplier(app, kind: str, **assessment) -> int:
    with transaction(app) as session:
        contact = build_contact(session, email="lisa@leverantor.example", name="Lisa Målare")
        contract = build_contract(session, contact.supplier, owner_id=build_staff(session).id)
        row = build_assessment(session, contact, contracts=(contract,), **assessment)
        return build_message(
            session,
            kind=kind,
            recipient=contact.email,
            contact_id=contact.id,
            assessment_id=row.id,
            supplier_id=contact.supplier_id,
        ).id


def message(app, message_id: int) -> Message:
    with reading(app) as session:
        row = session.get_one(Message, message_id)
        session.expunge(row)
        return row


@BOTH_DATABASES
def test_a_queued_mail_is_sent_once(app, mail_server):
    message_id = queue(app)
    assert send_waiting(app, moment=at())["sent"] == 1
    assert send_waiting(app, moment=at()) == {}
    assert len(mail_server.mails) == 1
    sent = message(app, message_id)
    assert (sent.state, sent.sent_at, sent.uncertain) == ("sent", NOW, False)


def test_a_mail_before_its_time_waits(app, mail_server):
    queue(app, next_attempt_at=NOW + timedelta(minutes=1))
    assert send_waiting(app, moment=at()) == {}
    assert send_waiting(app, moment=at(NOW + timedelta(minutes=1)))["sent"] == 1


def test_an_invitation_carries_a_link_that_works_and_is_stored_only_as_a_hash(app, mail_server):
    queue_for_supplier(app, "invitation")
    send_waiting(app, moment=at())
    text = mail_server.mails[0].get_body(("plain",)).get_content()
    token = text.split("https://kollen.exempelbostader.example")[1].split()[0].rsplit("/", 1)[1]
    with reading(app) as session:
        assert find_link(session, token)[0] is LinkState.WORKS
        assert token not in session.query(AccessLink).one().token_hash


def test_a_mail_has_text_and_html_in_the_readers_language_and_says_it_is_automatic(app, mail_server):
    queue_for_supplier(app, "invitation")
    send_waiting(app, moment=at())
    mail = mail_server.mails[0]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@exempelbostader.example>")
    assert 'lang="sv"' in mail.get_body(("html",)).get_content()
    assert "onsdag 1 april 2026" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DECLINED, State.CANCELLED, State.CLOSED])
def test_a_reminder_whose_cause_is_gone_is_not_sent(app, mail_server, state):
    message_id = queue_for_supplier(app, "reminder", state=state)
    assert send_waiting(app, moment=at())["withdrawn"] == 1
    assert mail_server.mails == []
    assert message(app, message_id).state == "cancelled"
    assert message(app, message_id).last_error == "The assessment had moved on before the mail was sent."


def test_a_mail_to_an_address_that_was_changed_is_not_sent(app, mail_server):
    message_id = queue_for_supplier(app, "invitation")
    with transaction(app) as session:
        session.query(Contact).one().email = "eva@leverantor.example"
    send_waiting(app, moment=at())
    assert mail_server.mails == []
    assert message(app, message_id).state == "cancelled"


@BOTH_DATABASES
def test_a_refused_recipient_marks_the_contact_and_tells_the_office(app, mail_server):
    mail_server.answers["lisa@leverantor.example"] = "550 5.1.1 No such user"
    message_id = queue_for_supplier(app, "invitation")
    send_waiting(app, moment=at())
    assert message(app, message_id).state == "failed"
    with reading(app) as session:
        assert session.query(Contact).one().bounced_at == NOW
        assert [event.name for event in session.query(Event)] == ["mail_bounced", "mail_sent"]
    assert [mail["To"].startswith("anna") for mail in mail_server.mails] == [True]


def test_a_server_that_is_away_delays_mails_and_they_leave_when_it_is_back(app, mailbox, mail_port):
    ids = [queue(app), queue(app), queue(app)]
    assert send_waiting(app, moment=at()) == {"server_away": 1}
    first = message(app, ids[0])
    assert (first.state, first.attempts, first.next_attempt_at) == ("queued", 1, NOW + timedelta(minutes=1))
    with running(mailbox, mail_port):
        assert send_waiting(app, moment=at(NOW + timedelta(minutes=2)))["sent"] == 3
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 3


def test_a_mail_is_tried_more_and_more_seldom_and_given_up_after_about_three_days(app):
    message_id, moment, waits = queue(app), NOW, []
    while message(app, message_id).state == "queued":
        send_waiting(app, moment=at(moment))
        row = message(app, message_id)
        waits.append((row.next_attempt_at - moment) // timedelta(minutes=1))
        moment = row.next_attempt_at
    assert waits[:6] == [1, 5, 15, 60, 240, 240]
    assert timedelta(days=2.5) < moment - NOW < timedelta(days=4)
    assert message(app, message_id).state == "failed"
    assert message(app, message_id).last_error == "The mail could not be delivered in three days."


def test_a_server_that_asks_for_patience_gets_it(app, mail_server):
    mail_server.data_answer = "451 4.7.1 Greylisted"
    message_id = queue(app)
    assert send_waiting(app, moment=at()) == {"delayed": 1}
    mail_server.data_answer = "250 OK"
    assert send_waiting(app, moment=at(NOW + timedelta(minutes=1)))["sent"] == 1
    assert message(app, message_id).attempts == 2


def test_a_mail_the_server_will_never_take_fails_without_blaming_the_address(app, mail_server):
    mail_server.data_answer = "554 5.6.0 Not like this"
    message_id = queue_for_supplier(app, "invitation")
    send_waiting(app, moment=at())
    assert message(app, message_id).state == "failed"
    with reading(app) as session:
        assert session.query(Contact).one().bounced_at is None


@BOTH_DATABASES
def test_a_mail_left_by_a_dead_sender_is_sent_again_and_marked(app, mail_server):
    message_id = queue(app)
    with transaction(app) as session:
        assert sending.claim_next(session, now=NOW) is not None
    assert send_waiting(app, moment=at()) == {}
    assert send_waiting(app, moment=at(NOW + sending.LEASE + timedelta(seconds=1)))["sent"] == 1
    assert message(app, message_id).uncertain
    assert len(mail_server.mails) == 1


def test_a_sender_whose_claim_ran_out_does_not_write_over_the_next_one(app):
    message_id = queue(app)
    with transaction(app) as session:
        first = sending.claim_next(session, now=NOW)
    later = NOW + sending.LEASE + timedelta(seconds=1)
    with transaction(app) as session:
        second = sending.claim_next(session, now=later)
    with transaction(app) as session:
        sending.mark_failed(session, first, "late")
        assert sending.mark_sent(session, second, now=later)
    assert message(app, message_id).state == "sent"


def test_a_mail_that_cannot_be_written_holds_up_no_other(app, mail_server):
    broken = queue(app, kind="no_such_kind")
    whole = queue(app)
    send_waiting(app, moment=at())
    assert message(app, broken).state == "queued"
    assert message(app, whole).state == "sent"
