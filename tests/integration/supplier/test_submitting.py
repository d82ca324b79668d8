"""Sending in: once, with a receipt; what is missing is told; afterwards the answers are locked but readable."""

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.storage.models import Event, EventChain, Message, Scorecard
from compliance.workflow.answering import journey_of
from compliance.workflow.verifying import broken_links
from tests.integration.supplier.answering import answer_all

ATTESTED = {"name": "Kim Kontakt", "role": "Vd", "confirmed": "y"}


@pytest.fixture
def answered(company, rows):
    answer_all(rows(), company)
    rows.commit()
    return company


def test_missing_answers_are_listed_with_links_and_nothing_can_be_sent(kim, company, rows):
    page = kim.get(f"{company.address}/check").text
    assert 'name="confirmed"' not in page
    assert f"{company.address}/sections/company_profile.size_and_work#q-employees_in_sweden" in page
    assert kim.post(f"{company.address}/check", ATTESTED).status_code == 422
    assert rows.query(Scorecard).count() == 0


def test_the_box_must_be_ticked_and_what_was_typed_is_kept(kim, answered):
    answer = kim.post(f"{answered.address}/check", {"name": "Kim", "role": "Platschef"})
    assert answer.status_code == 422
    assert 'value="Platschef"' in answer.text
    assert answered.assessment.state == State.ANSWERING


def test_answers_are_sent_in_scored_receipted_and_told(kim, answered, rows):
    answer = kim.post(f"{answered.address}/check", ATTESTED)
    assert answer.location == f"{answered.address}/receipt"
    round_ = answered.assessment
    assert (round_.state, round_.answered_share, round_.attested_role) == (State.SUBMITTED, 100, "Vd")
    assert round_.supplier.profile["employees_in_sweden"] == "8"
    assert rows.query(Scorecard).one().assessment_id == round_.id
    event = rows.query(Event).filter_by(name="submitted").one()
    assert not event.draft
    assert event.hash in kim.get(answer.location).text
    assert {"receipt", "answers_submitted"} <= {kind for (kind,) in rows.query(Message.kind)}
    assert not list(broken_links(rows()))


def test_sending_in_twice_is_sending_in_once(kim, answered, rows):
    for _ in range(2):
        assert kim.post(f"{answered.address}/check", ATTESTED).location.endswith("/receipt")
    assert rows.query(Event).filter_by(name="submitted").count() == 1
    assert rows.query(Scorecard).count() == 1
    assert rows.query(Message).filter_by(kind="receipt").count() == 1


def test_what_was_sent_in_is_locked_and_readable(kim, answered):
    kim.post(f"{answered.address}/check", ATTESTED)
    assert kim.save(answered.address, "ohs_policy", revision=1, value="no").status_code == 410
    section = f"{answered.address}/sections/company_profile.risks"
    assert kim.get(section).location == f"{answered.address}/answers"
    assert kim.post(section, {"hazards:present": "1"}).location == answered.address
    copy = kim.get(f"{answered.address}/answers").text
    assert "Kim Kontakt, Vd" in copy
    assert "Bygg, måleri" in copy


def test_the_supplier_sees_its_result_with_the_reasons(kim, answered):
    assert "resultat" in kim.get(f"{answered.address}/result").text
    kim.post(f"{answered.address}/check", ATTESTED)
    page = kim.get(f"{answered.address}/result").text
    assert "av 100" in page
    assert kim.get(answered.address).status_code == 200


def test_answers_sent_back_can_be_changed_and_sent_in_again(kim, answered, rows):
    kim.post(f"{answered.address}/check", ATTESTED)
    answered.assessment.state = State.SENT_BACK
    answered.assessment.sent_back_note = "Skicka in policyn."
    assert "Skicka in policyn." in kim.get(answered.address).text
    assert kim.save(answered.address, "bank_pay", revision=1, value="no").status_code == 200
    kim.post(f"{answered.address}/check", ATTESTED)
    assert rows.query(Scorecard).count() == 2
    assert rows.query(Message).filter_by(kind="receipt").count() == 2


def test_missing_proof_is_told_but_does_not_stop(kim, answered, rows):
    lacks = {one.lack for one in journey_of(rows(), answered.assessment, now=clock.now()).missing}
    assert lacks == {"proof"}
    page = kim.get(f"{answered.address}/check").text
    assert "dokument saknas" in page
    assert 'name="confirmed"' in page


def test_answers_that_do_not_fit_together_are_shown(kim, company):
    for question, value in (
        ("employees_in_sweden", "0"),
        ("workforce", "apprentices"),
        ("subcontracting", "none"),
    ):
        kim.save(company.address, question, value=value)
    assert "stämma med varandra" in kim.get(f"{company.address}/check").text


def test_an_interrupted_submission_leaves_nothing(kim, answered, rows, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr("compliance.workflow.submitting.score_assessment", fail)
    monkeypatch.setattr("compliance.web.errors.log.error", lambda *args, **kwargs: None)
    assert kim.post(f"{answered.address}/check", ATTESTED).status_code == 500
    rows.expire_all()
    assert answered.assessment.state == State.ANSWERING
    assert rows.query(Event).filter_by(name="submitted").count() == 0
    assert rows.query(EventChain).filter_by(case=f"assessment:{answered.assessment.id}").count() == 0
