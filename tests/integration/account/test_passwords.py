"""Forgotten, new and changed passwords: our own mails, no stored token, other sessions ended."""

import json
from datetime import timedelta

import pytest
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from compliance.storage.models import Event, Message
from tests.rows import build_staff
from tests.visitors import PASSWORD, Visitor, staff_with_password, supplier_user

NEW = "fyra gröna moln i rad"


@pytest.fixture
def anna(rows):
    return staff_with_password(email="anna@exempelbostader.example", locale="en")


@pytest.fixture
def reset_page(app, anna):
    """The page behind the link that a mail would hold."""
    with app.test_request_context():
        return f"/account/reset/{generate_reset_password_token(anna)}"


def messages(rows):
    rows.rollback()
    return list(rows.scalars(select(Message).order_by(Message.id)))


@pytest.mark.parametrize(
    ("email", "kinds"),
    [
        ("anna@exempelbostader.example", ["password_reset"]),
        ("ANNA@exempelbostader.example", ["password_reset"]),
        ("borta@exempelbostader.example", []),  # deactivated
        ("ingen@exempelbostader.example", []),
        ("inte en adress", []),
    ],
)
def test_the_answer_is_the_same_whether_or_not_there_is_an_account(visitor, anna, rows, email, kinds):
    build_staff(rows, email="borta@exempelbostader.example", active=False)
    response = visitor.post("/account/reset", {"email": email}, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert f"If there is an account for {email}" in response.text
    assert [m.kind for m in messages(rows)] == kinds


def test_the_mail_waits_in_the_outbox_and_no_token_is_kept(visitor, anna, rows, monkeypatch):
    made = []
    monkeypatch.setattr(
        "flask_security.recoverable.generate_reset_password_token",
        lambda user: made.append("token-" + user.fs_uniquifier) or made[-1],
    )
    visitor.post("/account/reset", {"email": anna.email})
    (message,) = messages(rows)
    assert made
    assert (message.recipient, message.locale, message.user_id) == (anna.email, "en", anna.id)
    kept = json.dumps({c.key: str(getattr(message, c.key)) for c in Message.__table__.columns})
    assert made[0] not in kept
    assert message.params == {}


def test_asking_again_at_once_writes_no_second_mail(visitor, anna, rows):
    for _ in range(3):
        visitor.post("/account/reset", {"email": anna.email})
    assert len(messages(rows)) <= 2  # two only when five minutes happen to end between them


def test_a_link_is_looked_at_without_being_used_up(visitor, reset_page):
    for _ in range(2):
        response = visitor.get(reset_page)
        assert response.status_code == 200
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_new_password_ends_every_other_session_and_is_told(app, visitor, anna, reset_page, rows):
    elsewhere = Visitor(app)
    elsewhere.sign_in(anna.email)
    assert elsewhere.is_signed_in()
    response = visitor.post(reset_page, {"password": NEW, "password_confirm": NEW})
    assert response.location == "/account/sign-in"
    assert not elsewhere.is_signed_in()
    assert [m.kind for m in messages(rows)] == ["password_changed"]
    assert rows.scalar(select(Event.name).where(Event.case == "office")) == "password_changed"
    assert visitor.sign_in(anna.email, NEW).location == "/desk"
    assert elsewhere.sign_in(anna.email, PASSWORD).location is None


def test_a_link_works_once(visitor, reset_page):
    visitor.post(reset_page, {"password": NEW, "password_confirm": NEW})
    again = visitor.post(reset_page, {"password": PASSWORD, "password_confirm": PASSWORD})
    assert again.location == "/account/reset"
    assert visitor.get(reset_page).location == "/account/reset"


def test_an_old_link_says_so_and_offers_a_new_one(app, visitor, reset_page):
    app.config["SECURITY_RESET_PASSWORD_WITHIN"] = timedelta(seconds=-1)
    visitor.get("/language/en")
    assert visitor.get(reset_page).location == "/account/reset"
    assert "The link is too old" in visitor.get("/account/reset").text


def test_a_deactivated_persons_link_is_dead(visitor, anna, reset_page, rows):
    from compliance.workflow.staffing import deactivate_staff
    from tests.rows import NOW

    deactivate_staff(rows(), anna, actor=build_staff(rows, "administrator"), now=NOW)
    assert visitor.post(reset_page, {"password": NEW, "password_confirm": NEW}).location == "/account/reset"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("kort", "kort", "It must have at least 12 characters"),
        (NEW, NEW + "!", "The two passwords are not the same"),
        ("", "", "Write a password."),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(visitor, reset_page, rows, first, second, told):
    visitor.get("/language/en")
    page = visitor.post(reset_page, {"password": first, "password_confirm": second}).text
    assert told in page
    assert 'class="field has-error"' in page
    assert messages(rows) == []


def test_changing_the_password_keeps_this_session_and_ends_the_others(app, visitor, anna, rows):
    here, elsewhere = visitor, Visitor(app)
    here.sign_in(anna.email)
    elsewhere.sign_in(anna.email)
    fields = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    assert here.post("/account/password", fields).location == "/account"
    assert here.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert [m.kind for m in messages(rows)] == ["password_changed"]


def test_changing_the_password_asks_for_the_present_one(visitor, anna, rows):
    visitor.sign_in(anna.email)
    visitor.get("/language/en")
    fields = {"password": "något annat här", "new_password": NEW, "new_password_confirm": NEW}
    assert "This is not your present password" in visitor.post("/account/password", fields).text
    assert messages(rows) == []


def test_a_supplier_has_no_password_to_change(visitor, rows):
    visitor.become(supplier_user())
    assert visitor.get("/account/password").status_code == 403


def test_nothing_is_committed_when_the_request_fails_afterwards(app, visitor, anna, reset_page, rows):
    """Flask-Security commits in its views; a later failure must still leave nothing behind."""

    @app.after_request
    def fail(response):
        response.status_code = 500
        return response

    before = anna.password
    visitor.post(reset_page, {"password": NEW, "password_confirm": NEW})
    rows.rollback()
    assert anna.password == before
    assert messages(rows) == []
