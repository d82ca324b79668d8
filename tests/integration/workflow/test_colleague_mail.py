"""Mails to colleagues: what they say, when they remind, and that staff see nothing of them."""

import pytest

from compliance.assessments import State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.storage.models import Event, Message
from compliance.storage.queries.messages import find_messages
from compliance.workflow.composing import compose
from compliance.workflow.inviting import Colleague, Share, invite_colleague, remind_colleagues
from compliance.workflow.linking import send_fresh_links_to
from compliance.workflow.sending import claim_next, mark_bounced
from tests.rows import NOW, build_assessment, build_contact, build_staff, build_supplier_user

SAM = Colleague(name="Sam Exempel", email="sam@leverantor.example")


@pytest.fixture
def rows(app):
    with app.app_context():
        build_staff(db.session)
        yield db.session()


@pytest.fixture
def kim(rows):
    return build_supplier_user(rows)


@pytest.fixture
def round_(rows, kim):
    asked = {form.key: form.version for form in catalogue.current_areas()}
    return build_assessment(rows, kim.contact, state=State.ANSWERING, questionnaires=asked)


def ask(rows, round_, kim, **values):
    wanted = {"note": "Kan du ta <den>?", "remind": False} | values
    return invite_colleague(rows, round_, SAM, Share("round"), by=kim, now=NOW, **wanted)


def colleagues_mails(rows):
    return [one for one in rows.query(Message) if one.kind.startswith("colleague_")]


def test_the_mail_has_the_inviters_words_and_a_link_of_its_own(rows, round_, kim):
    ask(rows, round_, kim)
    mail = compose(rows, colleagues_mails(rows)[0], now=NOW)
    assert kim.name in mail["Subject"]
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Kan du ta <den>?" in text
    assert "Kan du ta &lt;den&gt;?" in html
    assert "/link/" in text


@pytest.mark.parametrize(("remind", "mails"), [(True, 2), (False, 1)])
def test_a_colleague_is_reminded_only_when_the_inviter_wished_it(rows, round_, kim, remind, mails):
    ask(rows, round_, kim, remind=remind)
    remind_colleagues(rows, round_, occasion="first", now=NOW)
    remind_colleagues(rows, round_, occasion="first", now=NOW)
    assert len(colleagues_mails(rows)) == mails


def test_a_lost_link_is_sent_anew_to_the_colleagues_address(rows, round_, kim):
    ask(rows, round_, kim)
    send_fresh_links_to(rows, SAM.email.upper(), now=NOW)
    assert [one.recipient for one in colleagues_mails(rows)] == [SAM.email] * 2


def test_staff_see_no_mail_to_a_colleague(rows, round_, kim):
    ask(rows, round_, kim)
    assert find_messages(rows, assessment_id=round_.id).rows == []


def test_a_bounce_is_the_suppliers_own_affair(rows, round_, kim):
    invitation = ask(rows, round_, kim)
    mark_bounced(rows, claim_next(rows, now=NOW), now=NOW)
    assert invitation.contact.bounced_at is not None
    assert rows.query(Message).filter_by(kind="mail_bounced").count() == 0
    assert rows.query(Event).filter_by(name="mail_bounced").one().draft


def test_the_contact_and_a_colleague_may_share_an_address_at_different_companies(rows, round_, kim):
    elsewhere = build_contact(rows, email=SAM.email)
    ask(rows, round_, kim)
    assert not elsewhere.is_colleague
