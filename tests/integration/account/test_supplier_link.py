"""The supplier's link: looking never signs in, pressing does, and a link that does not work says kindly why."""

import logging

import pytest
from sqlalchemy import select

from compliance.assessments import State
from compliance.storage.models import AccessLink, Assessment, Event, Message, User
from compliance.web.links import masked_address
from compliance.workflow.linking import revoke_links
from tests.conftest import BOTH_DATABASES
from tests.rows import NOW, build_contact, build_supplier
from tests.visitors import Visitor, open_link, staff_with_password, supplier_user

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def kim(rows):
    company = build_supplier(rows, name="Exempel Måleri AB (påhittat)")
    return build_contact(rows, company, email="kim@maleri.example", name="Kim Målare", locale="en")


def assessments(rows):
    rows.rollback()
    return list(rows.scalars(select(Assessment)))


def mails(rows):
    rows.rollback()
    return [(m.kind, m.recipient) for m in rows.scalars(select(Message).order_by(Message.id))]


def is_in(visitor):
    return visitor.get("/supplier").status_code in {200, 302}


def test_looking_at_a_link_tells_what_it_is_for_and_changes_nothing(visitor, kim, rows):
    token = open_link(kim)
    for _ in range(3):
        page = visitor.get(f"/link/{token}")
        assert page.status_code == 200
    for told in ("Exempel Måleri AB (påhittat)", "Kim Målare", "Exempelavtal", "1 April 2026", "no password"):
        assert told in page.text
    assert visitor.get("/supplier").status_code == 401
    assert rows.scalars(select(AccessLink.last_used_at)).all() == [None]
    assert assessments(rows)[0].opened_at is None


@BOTH_DATABASES
def test_pressing_the_button_signs_in_for_thirty_days(visitor, kim, rows):
    token = open_link(kim)
    response = visitor.post(f"/link/{token}")
    assert response.location.endswith(f"/assessments/{assessments(rows)[0].id}")
    assert any("Expires" in cookie for cookie in response.headers.getlist("Set-Cookie"))
    assert is_in(visitor)
    assert visitor.get("/").location == "/supplier"
    assert assessments(rows)[0].opened_at is not None
    assert rows.scalars(select(Event.name)).all() == ["link_opened"]


def test_a_link_goes_on_working_and_makes_one_user(app, kim, rows):
    token = open_link(kim)
    for _ in range(2):
        assert Visitor(app).post(f"/link/{token}").status_code == 302
    rows.rollback()
    assert rows.scalars(select(User.contact_id)).all() == [kim.id]
    assert rows.scalars(select(Event.name)).all() == ["link_opened"]


def test_the_button_works_over_https_although_no_referer_is_sent(visitor, kim):
    token = open_link(kim)
    page = visitor.get(f"/link/{token}", base_url="https://test.example")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    response = visitor.post(f"/link/{token}", base_url="https://test.example")
    assert response.status_code == 302


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SENT_BACK, State.DECLINED])
def test_a_link_works_until_the_round_closes(visitor, kim, state):
    token = open_link(kim, state=state)
    assert visitor.get(f"/link/{token}").status_code == 200
    assert visitor.post(f"/link/{token}").status_code == 302


@pytest.mark.parametrize("state", [State.CLOSED, State.CANCELLED])
def test_a_closed_round_says_so_and_whom_to_ask(visitor, kim, rows, state):
    token = open_link(kim, state=state)
    for response in (
        visitor.get(f"/link/{token}"),
        visitor.post(f"/link/{token}"),
        visitor.post(f"/link/{token}/fresh"),
    ):
        assert response.status_code == 410
        assert "This round is closed" in response.text
        assert "mailto:inkop@exempelbostader.example" in response.text
    assert mails(rows) == []
    assert visitor.get("/supplier").status_code == 401


def test_a_revoked_link_offers_a_new_one_to_the_registered_address_only(visitor, kim, rows):
    token = open_link(kim)
    revoke_links(rows(), kim, now=NOW)
    page = visitor.get(f"/link/{token}")
    assert page.status_code == 410
    assert "k…@maleri.example" in page.text
    assert "kim@maleri.example" not in page.text
    assert visitor.post(f"/link/{token}").status_code == 410
    assert visitor.get("/supplier").status_code == 401
    assert visitor.post(f"/link/{token}/fresh").location == "/account/link/sent"
    assert mails(rows) == [("fresh_link", "kim@maleri.example")]


def test_where_no_mail_can_go_nothing_is_promised(visitor, kim, rows):
    token = open_link(kim)
    kim.active = False
    page = visitor.get(f"/link/{token}").text
    assert "cannot mail a new link" in page
    assert "/fresh" not in page


def test_an_unknown_link_is_explained(visitor):
    response = visitor.get("/link/inte-en-riktig-nyckel", headers=ENGLISH)
    assert response.status_code == 404
    assert "We do not recognise this link" in response.text
    assert visitor.post("/link/inte-en-riktig-nyckel").status_code == 404


def test_a_stranger_on_a_supplier_page_is_told_how_to_come_in(visitor):
    response = visitor.get("/supplier", headers=ENGLISH)
    assert response.status_code == 401
    assert "Open the link in your mail" in response.text
    assert "/account/link" in response.text


@BOTH_DATABASES
@pytest.mark.parametrize(
    ("email", "sent"),
    [
        ("kim@maleri.example", True),
        (" KIM@Maleri.example", True),
        ("annan@maleri.example", False),
    ],
)
def test_a_lost_link_is_answered_alike_for_everybody(visitor, kim, rows, email, sent):
    open_link(kim)
    open_link(kim, state=State.CLOSED)
    assert visitor.post("/account/link", {"email": email}).location == "/account/link/sent"
    assert mails(rows) == ([("fresh_link", "kim@maleri.example")] if sent else [])


def test_a_lost_link_is_not_sent_to_somebody_who_no_longer_answers(visitor, kim, rows):
    open_link(kim)
    kim.active = False
    visitor.post("/account/link", {"email": kim.email})
    assert mails(rows) == []


def test_what_is_no_address_is_refused_and_kept(visitor):
    visitor.get("/language/en")
    page = visitor.post("/account/link", {"email": "kim hos maleri"}).text
    assert "This does not look like an e-mail address" in page
    assert 'value="kim hos maleri"' in page


def test_a_contact_who_no_longer_answers_is_out_at_once(visitor, kim, rows):
    visitor.post(f"/link/{open_link(kim)}")
    assert is_in(visitor)
    kim.active = False
    assert visitor.get("/supplier").status_code == 401
    assert visitor.get("/desk").status_code == 403
    assert visitor.get("/").status_code == 200


def test_revoking_ends_the_open_sessions_of_a_contact(visitor, kim, rows):
    visitor.post(f"/link/{open_link(kim)}")
    revoke_links(rows(), kim, now=NOW)
    assert visitor.get("/supplier").status_code == 401


def test_following_a_link_ends_a_staff_session(visitor, kim, rows):
    visitor.become(staff_with_password())
    assert visitor.is_signed_in()
    visitor.post(f"/link/{open_link(kim)}")
    assert visitor.get("/account").status_code == 403
    assert is_in(visitor)


def test_following_another_companys_link_changes_company(visitor, kim, rows):
    visitor.become(supplier_user())
    visitor.post(f"/link/{open_link(kim)}")
    with visitor.client.session_transaction() as session:
        signed_in = session["_user_id"]
    rows.rollback()
    assert rows.scalar(select(User).where(User.fs_uniquifier == signed_in)).contact_id == kim.id


def test_the_token_is_in_no_log_and_no_title(visitor, kim, rows, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    token = open_link(kim)
    pages = [
        visitor.get(f"/link/{token}"),
        visitor.post(f"/link/{token}"),
        visitor.post(f"/link/{token}/fresh"),
    ]
    written = caplog.text + "".join(capsys.readouterr())
    assert token not in written
    assert token not in pages[0].text.split("</title>")[0]
    assert all(page.headers["Referrer-Policy"] == "no-referrer" for page in pages)
    assert rows.scalars(select(AccessLink.token_hash)).all() != [token]


def test_a_masked_address_keeps_its_first_letter_and_domain():
    assert masked_address("anna@bygg.example") == "a…@bygg.example"
