"""Asking for secrecy: about one answer, with a reason, promised by nobody, kept with what was sent in."""

import pytest

from compliance.extensions import db
from compliance.storage.models import Event, SecrecyRequest
from compliance.workflow.marking import marks_of
from tests.conftest import BOTH_DATABASES

TEXT = "social_responsible_role"
WISH = {"covers": "both", "reason": "Kunden framgår och det skulle skada oss."}


def address(company, question=TEXT):
    return f"{company.address}/answers/{question}/secrecy"


@BOTH_DATABASES
def test_a_wish_is_kept_with_its_reason_and_shown_at_the_check(kim, company, rows):
    assert kim.post(address(company), WISH).status_code == 302
    wish = rows.query(SecrecyRequest).one()
    assert (wish.question_id, wish.covers, wish.reason) == (TEXT, WISH["covers"], WISH["reason"])
    assert WISH["reason"] in kim.get(f"{company.address}/check").text


@BOTH_DATABASES
def test_a_wish_can_be_changed_and_taken_back(kim, company, rows):
    kim.post(address(company), WISH)
    kim.post(address(company), WISH | {"covers": "answer"})
    assert rows.query(SecrecyRequest).one().covers == "answer"
    kim.post(address(company), {"take_back": "1"})
    assert rows.query(SecrecyRequest).count() == 0


@pytest.mark.parametrize(
    "bad", [{"reason": ""}, {"reason": "x" * 2001}, {"covers": "allt"}, {"covers": ""}, {"reason": "   "}]
)
def test_a_wish_without_what_it_needs_is_refused_and_what_was_typed_is_kept(kim, company, rows, bad):
    answer = kim.post(address(company), WISH | bad)
    assert answer.status_code == 422
    assert rows.query(SecrecyRequest).count() == 0
    assert bad.get("reason") is not None or WISH["reason"] in answer.text


def test_the_page_promises_nothing(kim, company):
    page = kim.get(address(company), headers={"Accept-Language": "en"}).text
    assert "cannot promise" in page or "kan inte lova" in page


def test_there_is_no_wish_about_a_question_that_is_not_asked(kim, company):
    assert kim.get(address(company, "finns_inte")).status_code == 404
    assert kim.post(address(company, "finns_inte"), WISH).status_code == 404


def test_a_snapshot_keeps_the_wish_and_who_answered(kim, company, rows):
    kim.save(company.address, TEXT, value="VD")
    kim.post(address(company), WISH)
    marks = marks_of(db.session(), company.assessment)[TEXT, None]
    assert marks["secrecy"] == WISH
    assert marks["saved_by"] == company.user.id
    assert "paper" not in marks


def test_the_log_holds_neither_reason_nor_answer(kim, company, rows):
    kim.post(address(company), WISH)
    event = rows.query(Event).filter_by(name="secrecy_asked_for").one()
    assert event.draft
    assert WISH["reason"] not in str(event.payload)
