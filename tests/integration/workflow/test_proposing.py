"""What fell short calls for an action; the supplier replies until the round is closed; no reply is ever lost."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import NotAllowedNow, State
from compliance.decisions.actions import Reply
from compliance.extensions import db
from compliance.storage.models import Event, ProposedAction
from compliance.storage.queries.actions import actions_of
from compliance.suppliers.calendar import is_working_day
from compliance.workflow.judging import judge_answer
from compliance.workflow.proposing import ReplyRefusedError, StaleReplyError, reply_to
from compliance.workflow.scoring import score_assessment
from compliance.workflow.verifying import broken_links
from compliance.workflow.weighing import AnswerWord
from tests.conftest import BOTH_DATABASES
from tests.integration.workflow.renewal import answered_weeks_ago

NOW = clock.now()
AHEAD = clock.today() + timedelta(days=100)
OWN = Reply(word="own", text="Vi anlitar en konsult.", day=AHEAD)
ACCEPTED = Reply(word="accepted")


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session()


@pytest.fixture
def earlier(session):
    earlier = answered_weeks_ago(session)
    earlier.say("ohs_policy", "no")
    earlier.say("safety_rounds", "0")
    earlier.send_in()
    return earlier


def action_about(session, question):
    return session.query(ProposedAction).filter_by(question_id=question).one()


@BOTH_DATABASES
def test_what_fell_short_gets_the_definitions_action_and_a_working_day(session, earlier):
    action = action_about(session, "ohs_policy")
    assert action.failed
    assert action.recommended["sv"]
    assert action.recommended["en"]
    assert is_working_day(action.recommended_on)
    assert action.recommended_on > clock.day_of(earlier.company.assessment.submitted_at)
    assert (action.reply, action.revision) == (None, 1)
    assert not session.query(ProposedAction).filter_by(question_id="induction").count()
    event = session.query(Event).filter_by(name="actions_recommended").one()
    assert action.id in event.payload["recommended"]


@BOTH_DATABASES
def test_a_recommendation_is_accepted_with_its_day(session, earlier):
    action = action_about(session, "ohs_policy")
    reply_to(session, action, ACCEPTED, seen=1, by=earlier.company.user, now=NOW)
    assert (action.reply, action.promised_on, action.revision) == ("accepted", action.recommended_on, 2)
    event = session.query(Event).filter_by(name="action_replied").one()
    assert (event.payload["question"], event.draft) == ("ohs_policy", False)
    assert not list(broken_links(session))


def test_the_supplier_says_its_own_action_and_day(session, earlier):
    action = action_about(session, "ohs_policy")
    reply_to(session, action, OWN, seen=1, by=earlier.company.user, now=NOW)
    assert (action.reply, action.text, action.promised_on) == ("own", OWN.text, AHEAD)
    assert OWN.text not in str(session.query(Event).filter_by(name="action_replied").one().payload)


@BOTH_DATABASES
def test_of_two_colleagues_the_second_is_told_what_the_first_said(session, earlier):
    action = action_about(session, "ohs_policy")
    reply_to(session, action, OWN, seen=1, by=earlier.company.user, now=NOW)
    with pytest.raises(StaleReplyError) as stale:
        reply_to(session, action, ACCEPTED, seen=1, by=earlier.company.user, now=NOW)
    assert stale.value.saved.text == OWN.text
    reply_to(session, action, ACCEPTED, seen=2, by=earlier.company.user, now=NOW)
    assert (action.reply, action.text) == ("accepted", "")


def test_saying_the_same_twice_is_saying_it_once(session, earlier):
    action = action_about(session, "ohs_policy")
    for _ in range(2):
        reply_to(session, action, OWN, seen=1, by=earlier.company.user, now=NOW)
    assert action.revision == 2
    assert session.query(Event).filter_by(name="action_replied").count() == 1


def test_a_reply_that_says_nothing_changes_nothing(session, earlier):
    action = action_about(session, "ohs_policy")
    with pytest.raises(ReplyRefusedError):
        reply_to(session, action, Reply(word="own"), seen=1, by=earlier.company.user, now=NOW)
    assert (action.reply, action.revision) == (None, 1)


@pytest.mark.parametrize(("state", "taken"), [(State.SENT_BACK, True), (State.CLOSED, False)])
def test_replies_are_taken_until_the_round_is_closed(session, earlier, state, taken):
    earlier.company.assessment.state = state
    session.flush()
    action = action_about(session, "ohs_policy")
    if taken:
        assert reply_to(session, action, ACCEPTED, seen=1, by=earlier.company.user, now=NOW).reply
    else:
        with pytest.raises(NotAllowedNow):
            reply_to(session, action, ACCEPTED, seen=1, by=earlier.company.user, now=NOW)


def test_an_action_lapses_when_the_answer_no_longer_falls_short_and_comes_back_with_its_reply(
    session, earlier
):
    round_, action = earlier.company.assessment, action_about(session, "ohs_policy")
    reply_to(session, action, OWN, seen=1, by=earlier.company.user, now=NOW)
    for value, stands in (("yes", False), ("no", True)):
        earlier.say("ohs_policy", value)
        session.expire_all()
        score_assessment(session, round_, now=NOW)
        assert (action in actions_of(session, round_.id)) is stands
        assert action.text == OWN.text


def test_a_failure_that_a_person_found_put_right_calls_for_nothing(session, earlier):
    round_ = earlier.company.assessment
    judge_answer(session, round_, ("ohs_policy", None), AnswerWord.REMEDIED, actor="system", now=NOW)
    assert "ohs_policy" not in {one.question_id for one in actions_of(session, round_.id)}


def test_what_was_promised_is_asked_afresh_next_time(session, earlier):
    earlier_round = earlier.company.assessment
    earlier.say("ohs_policy", "partly")
    session.expire_all()
    score_assessment(session, earlier_round, now=NOW)
    action = action_about(session, "ohs_policy")
    assert not action.failed
    reply_to(session, action, ACCEPTED, seen=1, by=earlier.company.user, now=NOW)
    assert earlier.renew().why("ohs_policy") == "promised"
