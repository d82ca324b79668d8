"""After submission: recommended actions with their day; the supplier accepts or says its own; staff see both."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.storage.models import Answer, ProposedAction
from compliance.workflow.submitting import Attestation, submit
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import build_company
from tests.integration.supplier.forms import Browser, Form
from tests.integration.workflow.renewal import VERSION_1
from tests.rows import build_staff

AHEAD = (clock.today() + timedelta(days=120)).isoformat()
OWN = "Vi anlitar en konsult"


@pytest.fixture
def company(rows):
    build_staff(rows())
    return build_company(questionnaires=VERSION_1)


@pytest.fixture
def submitted(company, rows):
    session = rows()
    answer_all(session, company)
    for question in ("ohs_policy", "induction"):
        session.query(Answer).filter_by(assessment_id=company.assessment.id, question_id=question).update(
            {"value": "no"}
        )
    session.expire_all()
    submit(session, company.assessment, Attestation(name="Kim", role="Vd"), by=company.user, now=clock.now())
    rows.commit()
    return company


def actions(rows):
    return {row.question_id: row for row in rows.query(ProposedAction)}


def fill(kim, company, replies, **pressed):
    """The page as it was sent, with some replies filled in."""
    form = Form(kim.get(f"{company.address}/actions").text, "/actions")
    for name, value in replies.items():
        form.fields.setlist(name, [value])
    return form, lambda: kim.send(form, pressed)


def test_the_result_and_the_receipt_lead_to_the_actions(kim, submitted):
    for page in ("/result", "/receipt", ""):
        assert f"{submitted.address}/actions" in kim.get(submitted.address + page).text
    page = kim.get(f"{submitted.address}/actions").text
    assert "Ni kan lämna och ändra besked" in page


def test_an_action_is_accepted_and_another_answered_with_own_words(kim, submitted, rows):
    policy, induction = actions(rows)["ohs_policy"], actions(rows)["induction"]
    replies = {
        f"action-{policy.id}:word": "accepted",
        f"action-{induction.id}:word": "own",
        f"action-{induction.id}:text": OWN,
        f"action-{induction.id}:day": AHEAD,
    }
    _, send = fill(kim, submitted, replies)
    assert send().status_code == 302
    rows.expire_all()
    assert (policy.reply, policy.promised_on) == ("accepted", policy.recommended_on)
    assert (induction.reply, induction.text, induction.promised_on.isoformat()) == ("own", OWN, AHEAD)
    assert OWN in kim.get(f"{submitted.address}/actions").text


def test_what_cannot_be_taken_is_told_at_its_field_and_kept_while_the_rest_is_saved(kim, submitted, rows):
    policy, induction = actions(rows)["ohs_policy"], actions(rows)["induction"]
    replies = {
        f"action-{policy.id}:word": "accepted",
        f"action-{induction.id}:text": OWN,
        f"action-{induction.id}:day": "snart",
    }
    _, send = fill(kim, submitted, replies)
    answer = send()
    assert answer.status_code == 422
    assert f'id="action-{induction.id}:day-error"' in answer.text
    assert 'value="snart"' in answer.text
    assert OWN in answer.text
    rows.expire_all()
    assert (policy.reply, induction.reply) == ("accepted", None)


def test_a_colleagues_reply_is_shown_beside_ones_own_and_nothing_is_lost(app, kim, submitted, rows):
    policy = actions(rows)["ohs_policy"]
    name = f"action-{policy.id}"
    _, late = fill(kim, submitted, {f"{name}:word": "own", f"{name}:text": OWN, f"{name}:day": AHEAD})
    _, first = fill(Browser(app).become(submitted.user), submitted, {f"{name}:word": "accepted"})
    first()
    answer = late()
    assert answer.status_code == 409
    assert OWN in answer.text
    rows.expire_all()
    assert policy.reply == "accepted"
    assert kim.send(Form(answer.text, "/actions")).status_code == 302
    rows.expire_all()
    assert (policy.reply, policy.text) == ("own", OWN)


def test_all_that_are_left_can_be_accepted_at_once(kim, submitted, rows):
    _, send = fill(kim, submitted, {}, accept_all="1")
    send()
    rows.expire_all()
    assert {row.reply for row in actions(rows).values()} == {"accepted"}


def test_replies_can_be_read_but_not_changed_once_the_round_is_closed(kim, submitted, rows):
    _, send = fill(kim, submitted, {}, accept_all="1")
    submitted.assessment.state = State.CLOSED
    rows.commit()
    assert send().status_code == 302
    rows.expire_all()
    assert {row.reply for row in actions(rows).values()} == {None}
    assert ":revision" not in kim.get(f"{submitted.address}/actions").text


@pytest.mark.parametrize(
    "fields",
    [{"word": "nonsense"}, {"word": "own", "text": "x" * 5000, "day": "2099-01-01"}, {"day": "9" * 999}],
)
def test_nonsense_is_refused_at_the_field(kim, submitted, rows, fields):
    policy = actions(rows)["ohs_policy"]
    _, send = fill(kim, submitted, {f"action-{policy.id}:{name}": value for name, value in fields.items()})
    assert send().status_code == 422
    rows.expire_all()
    assert policy.reply is None


def test_before_submission_there_are_none(kim, company):
    assert kim.get(f"{company.address}/actions").status_code == 200


def test_staff_see_the_proposals_on_the_assessment(app, kim, submitted, rows):
    policy = actions(rows)["ohs_policy"]
    name = f"action-{policy.id}"
    fill(kim, submitted, {f"{name}:word": "own", f"{name}:text": OWN, f"{name}:day": AHEAD})[1]()
    anna = build_staff(rows())
    rows.commit()
    page = Browser(app).become(anna).get(f"/assessments/{submitted.assessment.id}").text
    assert OWN in page
    assert AHEAD in page
