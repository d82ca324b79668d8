"""Wrong person, more time, no longer delivering: one small form each, a receipt, and the buyer is told."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.storage.models import Event, Message, SupplierRequest
from compliance.workflow.handling import Granting, grant, refuse
from tests.rows import build_staff

NEXT_MONTH = (clock.today() + timedelta(days=200)).isoformat()
ASKED = [
    ("other_person", {"name": "Robin Ny", "email": "robin@leverantor.example", "phone": ""}),
    ("more_time", {"due_on": NEXT_MONTH, "reason": "Semester"}),
    ("no_longer_delivers", {"reason": "Avtalet är uppsagt sedan mars."}),
]


@pytest.mark.parametrize(("kind", "fields"), ASKED)
def test_a_request_reaches_the_buyer_and_is_receipted(kim, company, rows, kind, fields):
    assert kim.get(f"{company.address}/ask/{kind}").status_code == 200
    answer = kim.post(f"{company.address}/ask/{kind}", fields)
    assert answer.location == f"{company.address}/asked/{kind}"
    request = rows.query(SupplierRequest).one()
    assert (request.kind, request.details) == (kind, fields)
    page = kim.get(answer.location).text
    assert all(value in page for value in fields.values())
    mail = rows.query(Message).filter_by(kind="request_received").one()
    assert mail.params == {"kind": kind, "request": request.id}
    event = rows.query(Event).filter_by(name="request_made").one()
    assert event.payload == {"request": request.id, "kind": kind}


def test_asking_the_same_twice_is_asking_once(kim, company, rows):
    for _ in range(2):
        kim.post(f"{company.address}/ask/more_time", {"due_on": NEXT_MONTH, "reason": "Semester"})
    assert rows.query(SupplierRequest).count() == 1
    assert rows.query(Message).filter_by(kind="request_received").count() == 1


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("other_person", {"name": "Robin", "email": "robin", "phone": ""}, "email"),
        ("other_person", {"name": " ", "email": "robin@x.example", "phone": ""}, "name"),
        ("more_time", {"due_on": "2026-02-30", "reason": "Semester"}, "due_on"),
        ("more_time", {"due_on": "2020-01-01", "reason": "Semester"}, "due_on"),
        ("more_time", {"due_on": "2999-01-01", "reason": "Semester"}, "due_on"),
        ("no_longer_delivers", {"reason": "x" * 3000}, "reason"),
    ],
)
def test_a_form_that_is_wrong_says_so_at_the_field_and_keeps_the_rest(
    kim, company, rows, kind, fields, field
):
    answer = kim.post(f"{company.address}/ask/{kind}", fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert all(value in answer.text for value in fields.values() if value.strip())
    assert rows.query(SupplierRequest).count() == 0


def test_who_no_longer_delivers_cannot_go_on_until_answered(kim, company):
    kim.post(f"{company.address}/ask/no_longer_delivers", {"reason": "Avtalet är uppsagt."})
    assert company.assessment.state == State.DECLINED
    assert kim.save(company.address, "employees_in_sweden", value="8").status_code == 410
    assert kim.get(company.address).status_code == 200


def test_another_companys_round_cannot_be_asked_about(kim, other_company):
    for kind, fields in ASKED:
        assert kim.post(f"{other_company.address}/ask/{kind}", fields).status_code == 404
    assert kim.get(f"{other_company.address}/asked/more_time").status_code == 404


def test_there_is_no_other_kind_of_request(kim, company):
    assert kim.get(f"{company.address}/ask/money").status_code == 404


def test_no_longer_delivering_can_be_taken_back_until_it_is_answered(kim, company, rows):
    kim.post(f"{company.address}/ask/no_longer_delivers", {"reason": "Fel avtal."})
    assert "/delivers-after-all" in kim.get(company.address).text
    assert "/delivers-after-all" in kim.get(f"{company.address}/asked/no_longer_delivers").text
    assert kim.post(f"{company.address}/delivers-after-all").location == company.address
    assert company.assessment.state == State.ANSWERING
    request = rows.query(SupplierRequest).one()
    assert (request.handled_at is None, request.granted) == (False, None)
    assert rows.query(Event).filter_by(name="request_taken_back").one().payload["request"] == request.id
    assert kim.save(company.address, "employees_in_sweden", value="8").status_code == 200
    kim.get("/language/en")
    assert "You have taken this back." in kim.get(f"{company.address}/asked/no_longer_delivers").text
    kim.post(f"{company.address}/ask/no_longer_delivers", {"reason": "Fel avtal."})
    assert company.assessment.state == State.DECLINED


@pytest.mark.parametrize("answer", [grant, refuse])
def test_what_a_procurer_has_answered_cannot_be_taken_back(kim, company, rows, answer):
    kim.post(f"{company.address}/ask/no_longer_delivers", {"reason": "Fel avtal."})
    request, anna = rows.query(SupplierRequest).one(), build_staff(rows)
    granting = (Granting(),) if answer is grant else ()
    answer(rows(), request, *granting, by=anna, now=clock.now())
    before = company.assessment.state
    assert kim.post(f"{company.address}/delivers-after-all").status_code == 302
    assert company.assessment.state == before
    assert request.granted is not None


def test_a_round_about_which_nothing_was_asked_is_left_as_it_is(kim, company, rows):
    kim.post(f"{company.address}/ask/more_time", {"due_on": NEXT_MONTH, "reason": "Semester"})
    kim.post(f"{company.address}/delivers-after-all")
    assert company.assessment.state == State.INVITED
    assert rows.query(SupplierRequest).one().handled_at is None
