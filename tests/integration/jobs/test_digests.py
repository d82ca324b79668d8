"""Staff who want their mails gathered get one in the morning, with what still holds; nothing critical waits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.jobs.mailing import send_waiting
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Contract, DueRow, Message, Review, User
from compliance.workflow.flagging import flag_contracts
from compliance.workflow.posting import Draft, post_to_user
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_contract, build_staff

TUESDAY_SIX = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
ADDRESS = "anna@exempelbostader.example"


@pytest.fixture
def reader(app):
    """A procurer who wants mails daily; gives the id."""
    with transaction(app) as session:
        user = build_staff(session, email=ADDRESS, mail_pace="daily", locale="en")
        build_contract(session, owner_id=user.id, number="A-1")
        build_contract(session, owner_id=user.id, number="A-2")
        return user.id


def draft(key, **values):
    return Draft(
        **{"kind": "mail_bounced", "key": key, "why": "Because.", "params": {"kind": "invitation"}} | values
    )


def post(app, user_id, *drafts, now=NOW):
    with transaction(app) as session:
        for one in drafts:
            post_to_user(session, session.get_one(User, user_id), one, now=now)


def morning(app, moment=TUESDAY_SIX):
    do_due_rows(app, now=moment)
    return send_waiting(app, moment=lambda: moment)


def open_review(app, *, severity="normal"):
    """A review of the first contract with a reason far ahead."""
    with transaction(app) as session:
        contract = session.query(Contract).order_by(Contract.id).first()
        [item] = low_reason(severity)
        [review] = flag_contracts(session, [contract], [item], now=NOW, by_hand=True)
        return review.id


def low_reason(severity):
    from compliance.reviews.due_items import DueItem, Ladder

    ladder = Ladder("T1", "contract-1", date(2026, 12, 31), "procurer")
    return [
        DueItem(
            kind="T1", key=ladder.key("6-months"), due_on=date(2026, 6, 30), audience="procurer",
            opens_review=True, severity=severity,
            params={"deadline": "2026-12-31", "decide_by": "2026-06-30"},
        )
    ]  # fmt: skip


@BOTH_DATABASES
def test_what_can_wait_comes_as_one_mail_in_the_morning(app, mail_server, reader):
    post(app, reader, draft("one", may_wait=True), draft("two", may_wait=True))
    assert send_waiting(app, moment=lambda: NOW) == {}
    assert morning(app)["sent"] == 1
    [mail] = mail_server.to(ADDRESS)
    assert mail["Subject"] == "2 things to look at"
    with reading(app) as session:
        assert {(one.state, one.sent_at) for one in session.query(Message)} == {("sent", TUESDAY_SIX)}


@BOTH_DATABASES
def test_a_morning_that_is_caught_up_twice_sends_one_digest(app, mail_server, reader):
    post(app, reader, draft("one", may_wait=True))
    post(app, reader, draft("two", may_wait=True), now=NOW + timedelta(days=1))
    wednesday = TUESDAY_SIX + timedelta(days=1)
    morning(app, wednesday)
    morning(app, wednesday)
    assert len(mail_server.to(ADDRESS)) == 1
    with reading(app) as session:
        assert {row.outcome for row in session.query(DueRow).filter_by(kind="digest")} == {
            "done",
            "cancelled",
        }


def test_what_is_critical_or_cannot_wait_goes_at_once(app, mail_server, reader):
    open_review(app, severity="critical")
    post(app, reader, draft("late", may_wait=True, due_on=NOW.date()), draft("never waits"))
    assert send_waiting(app, moment=lambda: NOW)["sent"] == 3


def test_a_review_closed_meanwhile_is_left_out_and_says_so(app, mail_server, reader):
    review_id = open_review(app)
    post(app, reader, draft("one", may_wait=True))
    with transaction(app) as session:
        session.get_one(Review, review_id).closed_at = NOW
    morning(app)
    assert mail_server.to(ADDRESS)[0]["Subject"] == "1 thing to look at"
    with reading(app) as session:
        left_out = session.query(Message).filter_by(kind="review_opened").one()
        assert (left_out.state, left_out.last_error) == (
            "cancelled", "The review was closed before the mail was sent.",
        )  # fmt: skip


def test_a_digest_in_which_nothing_holds_is_not_sent(app, mail_server, reader):
    review_id = open_review(app)
    with transaction(app) as session:
        session.get_one(Review, review_id).closed_at = NOW
    assert morning(app)["withdrawn"] == 1
    assert mail_server.mails == []


def test_a_digest_says_each_subject_with_reasons_and_link(app, mail_server, reader):
    open_review(app)
    morning(app)
    text = mail_server.to(ADDRESS)[0].get_body(("plain",)).get_content()
    assert "A-1" in text
    assert "31 December 2026" in text
    assert "https://kollen.exempelbostader.example/" in text


def test_a_server_that_refuses_a_digest_fails_all_that_is_in_it(app, mail_server, reader):
    post(app, reader, draft("one", may_wait=True))
    mail_server.answers[ADDRESS] = "550 no such user"
    morning(app)
    with reading(app) as session:
        assert {one.state for one in session.query(Message)} == {"failed"}
