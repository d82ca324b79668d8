"""A supplier is invited to one round at a time, and the round can be steered until it is submitted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from compliance import clock
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, DueRow, Event, Message, SupplierRequest
from compliance.suppliers.calendar import is_working_day
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.suppliers_side import GIVEN_TEXT, answer_everything, attach
from tests.rows import build_contact, build_contract, build_supplier

AREAS = ["human_rights", "working_conditions", "work_environment"]


@pytest.fixture
def supplier(rows):
    row = build_supplier(rows)
    build_contact(rows, row)
    build_contract(rows, row)
    rows.commit()
    return row


def invitation(supplier, **values):
    return {
        "contact": str(supplier.contacts[0].id),
        "contracts": [str(contract.id) for contract in supplier.contracts],
        "questionnaires": AREAS,
        "inherent_risk": "high",
        "due_on": (clock.today() + timedelta(days=30)).isoformat(),
        **values,
    }


@BOTH_DATABASES
def test_an_invitation_starts_a_round_with_the_present_versions_and_one_mail(desk, rows, supplier):
    page = desk.post(f"/suppliers/{supplier.id}/invite", invitation(supplier)).location
    round_ = rows.scalars(select(Assessment)).one()
    assert page == f"/assessments/{round_.id}"
    assert round_.questionnaires == {form.key: form.version for form in catalogue.released()}
    assert (round_.state, round_.inherent_risk) == ("invited", "high")
    assert [mail.kind for mail in rows.scalars(select(Message))] == ["invitation"]
    assert rows.scalars(select(DueRow).where(DueRow.source == f"assessment:{round_.id}")).all()
    text = desk.get(page).text
    assert "The supplier was invited to answer by" in text
    assert "The link has not been opened yet." in text


def test_the_form_offers_what_is_usual(desk, supplier):
    text = desk.get(f"/suppliers/{supplier.id}/invite").text
    assert text.count("checked") == 5
    assert "questions, at most" in text
    due_on = text.split('id="due_on"')[1].split('value="')[1][:10]
    assert due_on >= (clock.today() + timedelta(days=30)).isoformat()
    assert is_working_day(type(clock.today()).fromisoformat(due_on))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due_on": "2020-01-01"}, "Choose a day from today"),
        ({"due_on": "soon"}, "a day that exists"),
        ({"contracts": []}, "Choose at least one contract"),
        ({"questionnaires": []}, "Choose at least one questionnaire"),
        ({"questionnaires": ["no_such_thing"]}, "Choose from the list"),
        ({"contact": "999"}, "Choose one"),
    ],
)
def test_an_invitation_that_cannot_be_right_is_refused(desk, rows, supplier, change, words):
    answer = desk.post(f"/suppliers/{supplier.id}/invite", invitation(supplier, **change))
    assert answer.status_code == 422
    assert words in answer.text
    assert rows.scalars(select(Assessment)).all() == []


def test_a_second_round_at_the_same_time_is_refused_with_a_way_to_the_first(desk, rows, invited):
    answer = desk.post(f"/suppliers/{invited.supplier_id}/invite", invitation(invited.supplier))
    assert answer.status_code == 422
    assert f'href="/assessments/{invited.id}"' in answer.text
    assert len(rows.scalars(select(Assessment)).all()) == 1


def test_before_submission_staff_see_the_share_and_nothing_of_the_answers(desk, rows, invited):
    answer_everything(rows(), invited, now=clock.now())
    attach(rows(), invited, "whatever", now=clock.now(), name="hemligt.pdf", facts={"holder": "Hemligt AB"})
    invited.state, invited.answered_share = "answering", 40
    rows.commit()
    pages = [f"/assessments/{invited.id}", f"/suppliers/{invited.supplier_id}", "/assessments", "/desk"]
    texts = [desk.get(page).text for page in pages]
    assert "Share answered, per cent" in texts[0]
    for text in texts:
        for secret in (GIVEN_TEXT, "hemligt.pdf", "Hemligt AB"):
            assert secret not in text
    assert desk.get(f"/assessments/{invited.id}/answers/human_rights").status_code == 404
    assert desk.get("/documents/1").status_code == 404


def test_another_last_day_is_told_to_the_supplier_and_moves_the_reminders(desk, rows, invited):
    later = clock.today() + timedelta(days=60)
    desk.post(f"/assessments/{invited.id}/due-day", {"due_on": later.isoformat()})
    rows.expire_all()
    assert invited.due_on == later
    assert [mail.kind for mail in rows.scalars(select(Message))] == ["due_day_changed"]
    assert rows.scalars(select(Event.payload).where(Event.name == "due_day_changed")).one()["after"] == str(
        later
    )
    past = desk.post(f"/assessments/{invited.id}/due-day", {"due_on": "2020-01-01"})
    assert past.status_code == 422


def test_a_cancelled_round_tells_the_supplier_and_makes_room_for_another(desk, rows, invited):
    desk.post(f"/assessments/{invited.id}/cancel")
    rows.expire_all()
    assert invited.state == "cancelled"
    assert [mail.kind for mail in rows.scalars(select(Message))] == ["round_cancelled"]
    assert (
        desk.post(f"/suppliers/{invited.supplier_id}/invite", invitation(invited.supplier)).status_code == 302
    )
    again = desk.post(f"/assessments/{invited.id}/cancel", follow_redirects=True)
    assert "can no longer be cancelled" in again.text


def test_the_invitation_can_be_sent_again(desk, rows, invited):
    desk.post(f"/assessments/{invited.id}/resend")
    desk.post(f"/assessments/{invited.id}/resend")
    assert [mail.kind for mail in rows.scalars(select(Message))] == ["invitation"]


def ask(rows, round_, kind, **details):
    request = SupplierRequest(assessment_id=round_.id, kind=kind, details=details, created_at=clock.now())
    rows.add(request)
    rows.commit()
    return request


def test_more_time_is_granted_with_one_press(desk, rows, invited):
    wanted = (clock.today() + timedelta(days=50)).isoformat()
    request = ask(rows, invited, "more_time", due_on=wanted, reason="Semester")
    assert f'value="{wanted}"' in desk.get(f"/requests/{request.id}").text
    desk.post(f"/requests/{request.id}/grant", {"due_on": wanted})
    rows.expire_all()
    assert (request.granted, str(invited.due_on)) == (True, wanted)
    again = desk.post(f"/requests/{request.id}/refuse", follow_redirects=True)
    assert "Somebody else has answered this request already." in again.text
    assert "Semester" not in desk.get("/desk").text


def test_another_person_takes_over_with_a_link_of_its_own(desk, rows, invited):
    request = ask(rows, invited, "other_person", name="Lo Ny", email="lo@maleri.example", phone="")
    desk.post(
        f"/requests/{request.id}/grant",
        {"contact_name": "Lo Ny", "email": "lo@maleri.example", "locale": "sv"},
    )
    rows.expire_all()
    assert invited.contact.email == "lo@maleri.example"
    sent = {(mail.kind, mail.recipient) for mail in rows.scalars(select(Message))}
    assert sent == {("contact_changed", "kim@maleri.example"), ("invitation", "lo@maleri.example")}


@pytest.mark.parametrize(("answer", "state"), [("grant", "cancelled"), ("refuse", "answering")])
def test_a_supplier_that_no_longer_delivers_is_let_go_or_asked_again(desk, rows, invited, answer, state):
    invited.state = "declined"
    request = ask(rows, invited, "no_longer_delivers", reason="Avslutat")
    desk.post(f"/requests/{request.id}/{answer}")
    rows.expire_all()
    assert invited.state == state


def test_a_grant_that_cannot_be_done_leaves_the_request_open(desk, rows, invited):
    request = ask(rows, invited, "more_time", due_on="2020-01-01", reason="")
    answer = desk.post(f"/requests/{request.id}/grant", {"due_on": "2020-01-01"})
    rows.expire_all()
    assert answer.status_code == 422
    assert request.handled_at is None
