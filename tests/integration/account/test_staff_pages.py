"""The administrator's pages: staff come, change and go, and somebody can always administer."""

import pytest
from sqlalchemy import select

from compliance.storage.models import Event, Message, User
from tests.conftest import BOTH_DATABASES
from tests.rows import build_staff
from tests.visitors import Visitor, supplier_user

NEW = {"name": "Bo Läsare", "email": "bo@exempelbostader.example", "roles": ["reader"], "locale": "en"}


@pytest.fixture
def ada(rows):
    return build_staff(rows, "administrator", name="Ada Admin", email="ada@exempelbostader.example")


@pytest.fixture
def visitor(app, ada, rows):
    rows.commit()
    visitor = Visitor(app).become(ada)
    visitor.get("/language/en")
    return visitor


def office(rows):
    rows.rollback()
    query = select(Event).where(Event.case == "office").order_by(Event.sequence)
    return [(e.name, e.actor, e.payload) for e in rows.scalars(query)]


def fields_of(user, **changes):
    roles = [role.name for role in user.roles]
    return {"name": user.name, "email": user.email, "roles": roles, "locale": user.locale, **changes}


@BOTH_DATABASES
def test_a_new_person_gets_a_mail_and_no_password(visitor, ada, rows):
    assert visitor.post("/admin/staff/new", NEW).location == "/admin/staff"
    user = rows.scalar(select(User).where(User.email == NEW["email"]))
    assert (user.name, user.locale, user.password, user.active) == ("Bo Läsare", "en", None, True)
    assert [role.name for role in user.roles] == ["reader"]
    message = rows.scalar(select(Message))
    assert (message.kind, message.recipient, message.locale) == ("staff_welcome", NEW["email"], "en")
    assert office(rows) == [("staff_added", f"user:{ada.id}", {"user": user.id, "roles": ["reader"]})]
    assert "Bo Läsare" in visitor.get("/admin/staff").text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "  "}, "Fill this in."),
        ({"email": "bo"}, "This does not look like an e-mail address"),
        ({"email": "ADA@exempelbostader.example"}, "Another user has this e-mail address."),
        ({"roles": []}, "Choose at least one role."),
        ({"locale": "xx"}, "Choose one."),
        ({"name": "x" * 121}, "Write at most 120 characters."),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_nothing_typed_is_lost(visitor, rows, change, told):
    page = visitor.post("/admin/staff/new", NEW | change)
    assert page.status_code == 200
    assert page.text.count(told) == 2  # at the top and at the field
    assert (NEW | change)["name"].strip() in page.text
    assert len(rows.scalars(select(User)).all()) == 1


def test_changes_are_stored_and_recorded_without_names(visitor, ada, rows):
    user = build_staff(rows, "reader", name="Bo")
    visitor.post(f"/admin/staff/{user.id}", fields_of(user, name="Bo Ek", roles=["reader", "procurer"]))
    payload = {"user": user.id, "fields": ["name", "roles"], "roles": ["procurer", "reader"]}
    assert office(rows) == [("staff_changed", f"user:{ada.id}", payload)]
    assert user.name == "Bo Ek"


def test_saving_without_a_change_records_nothing(visitor, rows):
    user = build_staff(rows, "reader")
    visitor.post(f"/admin/staff/{user.id}", fields_of(user))
    assert office(rows) == []


def test_a_role_that_is_taken_away_is_gone_at_once(app, visitor, rows):
    user = build_staff(rows, "administrator")
    other = Visitor(app).become(user)
    assert other.get("/admin/staff").status_code == 200
    visitor.post(f"/admin/staff/{user.id}", fields_of(user, roles=["reader"]))
    assert other.get("/admin/staff").status_code == 403


def test_deactivating_ends_the_sessions_and_reactivating_lets_in_again(app, visitor, rows):
    user = build_staff(rows, "reader")
    other = Visitor(app).become(user)
    assert other.is_signed_in()
    visitor.post(f"/admin/staff/{user.id}/deactivate")
    assert not other.is_signed_in()
    rows.rollback()
    assert user.active is False
    visitor.post(f"/admin/staff/{user.id}/reactivate")
    rows.rollback()
    assert user.active is True
    assert not other.is_signed_in()  # the old session stays ended
    assert [name for name, *_ in office(rows)] == ["staff_deactivated", "staff_reactivated"]


def test_nobody_deactivates_themselves(visitor, ada, rows):
    build_staff(rows, "administrator")
    visitor.post(f"/admin/staff/{ada.id}/deactivate")
    assert "You cannot deactivate yourself" in visitor.get(f"/admin/staff/{ada.id}").text
    rows.rollback()
    assert ada.active is True


@BOTH_DATABASES
def test_the_last_active_administrator_keeps_the_role(visitor, ada, rows):
    build_staff(rows, "administrator", active=False)
    page = visitor.post(f"/admin/staff/{ada.id}", fields_of(ada, roles=["reader"])).text
    assert "This is the only active administrator" in page
    rows.rollback()
    assert [role.name for role in ada.roles] == ["administrator"]


def test_a_new_address_ends_sessions_and_moves_the_welcome(app, visitor, rows):
    visitor.post("/admin/staff/new", NEW)
    user = rows.scalar(select(User).where(User.email == NEW["email"]))
    visitor.post(f"/admin/staff/{user.id}", NEW | {"email": "bo.ek@exempelbostader.example"})
    rows.rollback()
    sent = [(m.recipient, m.state) for m in rows.scalars(select(Message).order_by(Message.id))]
    assert sent == [(NEW["email"], "cancelled"), ("bo.ek@exempelbostader.example", "queued")]


def test_the_welcome_can_be_sent_again_until_there_is_a_password(visitor, rows):
    user = build_staff(rows, "reader")
    visitor.post(f"/admin/staff/{user.id}/welcome")
    user.password = "x"
    visitor.post(f"/admin/staff/{user.id}/welcome")
    rows.rollback()
    assert [m.kind for m in rows.scalars(select(Message))] == ["staff_welcome"]


def test_a_suppliers_user_is_no_staff_member(visitor, rows):
    user = supplier_user()
    assert visitor.get(f"/admin/staff/{user.id}").status_code == 404
    assert visitor.post(f"/admin/staff/{user.id}/deactivate").status_code == 404
    assert visitor.get("/admin/staff/99999").status_code == 404


def test_the_log_tells_who_did_what_and_pages_backwards(visitor, ada, rows):
    from compliance.clock import now
    from compliance.workflow.staffing import StaffDetails, add_staff

    for n in range(52):
        details = StaffDetails(
            name=f"Person {n}", email=f"p{n}@exempelbostader.example", roles=frozenset({"reader"})
        )
        add_staff(rows(), details, actor=ada if n else None, now=now())
    first = visitor.get("/admin/events").text
    assert "Person 51 was added" in first
    assert "Ada Admin" in first
    assert "Person 1 was added" not in first
    second = visitor.get("/admin/events?before=3").text
    assert "Person 1 was added" in second
    assert "The system" in second


def test_staff_change_their_own_name_language_and_pace_of_mails(visitor, ada, rows):
    new = {"name": "Ada Ny", "locale": "sv", "mail_pace": "weekly"}
    assert visitor.post("/account", new).location == "/account"
    rows.rollback()
    assert (ada.name, ada.locale, ada.mail_pace) == ("Ada Ny", "sv", "weekly")
    assert '<html lang="sv">' in visitor.get("/account").text
    assert [name for name, *_ in office(rows)] == ["staff_changed"]
