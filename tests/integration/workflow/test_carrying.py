"""A renewal asks only what changed: what is confirmed in one act, what is asked afresh and why, what is recorded."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.answers.carried import Afresh
from compliance.assessments import NotAllowedNow, State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.questionnaires.versions import compare
from compliance.storage.models import AnswerDocument, Event, Scorecard
from compliance.workflow.answering import Content, journey_of, note_progress, save_answer
from compliance.workflow.carrying import confirm, forecast_of, last_round_of
from compliance.workflow.submitting import submit
from compliance.workflow.verifying import broken_links
from tests.conftest import BOTH_DATABASES
from tests.integration.workflow.renewal import ATTESTED, VERSION_2, answered_weeks_ago
from tests.rows import build_contract

AHEAD = (clock.today() + timedelta(days=90)).isoformat()
PASSED = (clock.today() - timedelta(days=30)).isoformat()


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session()


@pytest.fixture
def earlier(session):
    return answered_weeks_ago(session)


def test_a_first_round_renews_nothing(session, earlier):
    assert earlier.company.assessment.renews_id is None
    journey = journey_of(session, earlier.company.assessment, now=clock.now())
    assert forecast_of(session, earlier.company.assessment, journey) is None


@BOTH_DATABASES
def test_nothing_counts_before_it_is_confirmed_and_everything_after(session, earlier):
    renewal = earlier.renew()
    assert renewal.round.renews_id == renewal.earlier.id
    assert renewal.journey.progress.answered == 0
    done = renewal.confirm_all()
    assert len(done) > 40
    row = renewal.answer("employees_in_sweden")
    assert (row.value, row.confirmed_from_id, row.revision) == ("8", renewal.earlier.id, 1)
    assert renewal.round.answered_share == renewal.journey.progress.share > 80
    assert renewal.round.state == State.ANSWERING
    assert not list(broken_links(session))


def test_the_company_comes_first_because_other_questions_hang_on_it(earlier):
    renewal = earlier.renew()
    assert renewal.journey.undetermined
    assert renewal.journey.next_section.questionnaire.area is None
    first = renewal.journey.next_section
    assert first.confirmable == first.items


def test_one_act_is_one_event_which_says_what_and_from_where(session, earlier):
    renewal = earlier.renew()
    shown = [item.id for item in renewal.journey.next_section.items]
    confirm(session, renewal.round, shown, by=renewal.user, now=clock.now())
    event = session.query(Event).filter_by(name="answers_confirmed").one()
    assert event.draft
    assert event.payload["from"] == renewal.earlier.id
    assert [one["question"] for one in event.payload["answers"]] == shown
    assert {len(one["digest"]) for one in event.payload["answers"]} == {64}


def test_only_what_was_shown_is_confirmed(session, earlier):
    renewal = earlier.renew()
    done = confirm(session, renewal.round, ["employees_in_sweden"], by=renewal.user, now=clock.now())
    assert done.confirmed == ("employees_in_sweden",)
    assert renewal.answer("work_types") is None


def test_an_answer_given_in_the_meantime_stands(session, earlier):
    renewal = earlier.renew()
    item = renewal.journey.item("employees_in_sweden")
    said = Content(state="answered", value="9")
    save_answer(session, renewal.round, item, said, seen=0, by=renewal.user, now=clock.now())
    done = confirm(session, renewal.round, [item.id], by=renewal.user, now=clock.now())
    assert (done.confirmed, done.overtaken) == ((), (item.id,))
    assert renewal.answer("employees_in_sweden").value == "9"


def test_a_confirmed_answer_that_is_changed_is_no_longer_called_confirmed(session, earlier):
    renewal = earlier.renew()
    confirm(session, renewal.round, ["employees_in_sweden"], by=renewal.user, now=clock.now())
    item = renewal.journey.item("employees_in_sweden")
    said = Content(state="answered", value="9")
    save_answer(session, renewal.round, item, said, seen=1, by=renewal.user, now=clock.now())
    session.expire_all()
    row = renewal.answer("employees_in_sweden")
    assert (row.value, row.confirmed_from_id, row.revision) == ("9", None, 2)


@BOTH_DATABASES
def test_an_answer_that_was_confirmed_and_cleared_can_be_confirmed_again(session, earlier):
    renewal = earlier.renew()
    confirm(session, renewal.round, ["employees_in_sweden"], by=renewal.user, now=clock.now())
    item = renewal.journey.item("employees_in_sweden")
    save_answer(
        session, renewal.round, item, Content(state="cleared"), seen=1, by=renewal.user, now=clock.now()
    )
    confirm(session, renewal.round, ["employees_in_sweden"], by=renewal.user, now=clock.now())
    row = renewal.answer("employees_in_sweden")
    assert (row.value, row.confirmed_from_id, row.revision) == ("8", renewal.earlier.id, 3)


@pytest.mark.parametrize(
    ("question", "said", "why"),
    [
        ("ohs_policy", {"value": "no"}, Afresh.FAILED),
        ("ohs_policy", {"value": None, "state": "dont_know"}, Afresh.NOT_KNOWN),
        (
            "staff_register_kept",
            {"value": None, "state": "na_claimed", "na_reason": "Aldrig"},
            Afresh.CLAIMED,
        ),
        ("ohs_policy", {"value": "partly"}, None),
        ("ohs_policy", {"value": "yes"}, None),
        ("ohs_policy_date", {"value": "2019-01-01"}, Afresh.FAILED),
    ],
)
def test_what_failed_was_not_known_or_was_claimed_away_is_asked_afresh(earlier, question, said, why):
    earlier.say(question, **said)
    renewal = earlier.renew()
    assert renewal.why(question) is why
    assert (question in renewal.confirm_all()) is (why is None)


@pytest.mark.parametrize(
    ("until", "why", "kept"), [(AHEAD, None, True), (PASSED, Afresh.PROOF_EXPIRED, False)]
)
def test_documents_that_hold_are_kept_and_expired_proof_is_asked_afresh(earlier, until, why, kept):
    document = earlier.prove("f_tax", document_type="tax_registration", valid_until=until)
    renewal = earlier.renew()
    assert renewal.why("f_tax") is why
    renewal.confirm_all()
    uses = earlier.session.query(AnswerDocument).filter_by(assessment_id=renewal.round.id)
    assert [use.document_id for use in uses] == ([document.id] if kept else [])


def test_proof_that_a_person_refused_is_asked_afresh(earlier):
    document = earlier.prove("f_tax", document_type="tax_registration", valid_until=AHEAD)
    document.uses[0].judged = "none"
    assert earlier.renew().why("f_tax") is Afresh.PROOF_REFUSED


def test_contract_answers_follow_the_contracts_that_both_rounds_are_about(session, earlier):
    ours = earlier.company.contract
    renewal = earlier.renew(ours, build_contract(session, ours.supplier))
    done = renewal.confirm_all()
    about = {one.rpartition("@")[2] for one in done if "@" in one}
    assert about == {str(ours.id)}
    other = {item.contract.id for item in renewal.journey.items if item.contract and not item.answered}
    assert len(other) == 1
    assert ours.id not in other


def test_a_renewal_is_forecast_as_mostly_confirming(session, earlier):
    earlier.say("ohs_policy", "no")
    renewal = earlier.renew()
    likely = forecast_of(session, renewal.round, renewal.journey)
    assert likely.mostly_confirming
    assert likely.to_confirm > 40
    assert likely.minutes < 15
    renewal.confirm_all()
    left = forecast_of(session, renewal.round, renewal.journey)
    assert (left.to_confirm, left.to_answer) == (
        0,
        len(renewal.journey.items) - renewal.journey.progress.answered,
    )


def test_a_question_that_means_something_else_now_is_asked_afresh_and_one_only_reworded_is_not(earlier):
    renewal = earlier.renew(asked=VERSION_2)
    then, now = catalogue.get("work_environment", 1), catalogue.get("work_environment", 2)
    kept = {one.question: one.keeps_answer for one in compare(then, now) if one.kind in {"changed", "moved"}}
    last = last_round_of(renewal.session, renewal.round, renewal.journey).answers
    found = {name: last[name, None].afresh for name in kept if (name, None) in last}
    assert found
    assert {name for name, why in found.items() if why is Afresh.CHANGED} >= {
        name for name in found if not kept[name]
    }
    assert any(kept[name] and why is None for name, why in found.items())


def test_nothing_is_confirmed_once_the_answers_are_sent_in(session, earlier):
    renewal = earlier.renew()
    renewal.round.state = State.SUBMITTED
    session.flush()
    with pytest.raises(NotAllowedNow):
        confirm(session, renewal.round, ["employees_in_sweden"], by=renewal.user, now=clock.now())


def test_the_result_of_a_renewal_is_that_of_plain_answers_and_remembers_the_confirming(session, earlier):
    renewal = earlier.renew()
    renewal.confirm_all()
    for item in [one.item for one in renewal.journey.missing if one.lack == "unanswered"]:
        said = Content(state="dont_know")
        save_answer(session, renewal.round, item, said, seen=0, by=renewal.user, now=clock.now())
    note_progress(session, renewal.round, now=clock.now())
    submit(session, renewal.round, ATTESTED, by=renewal.user, now=clock.now())
    cards = session.query(Scorecard).order_by(Scorecard.id).all()
    assert cards[0].result["shown"] == cards[1].result["shown"]
    entries = {entry["id"]: entry for entry in cards[1].inputs["questions"]}
    assert (
        entries["employees_in_sweden"]["confirmed_from"]
        == clock.day_of(renewal.earlier.submitted_at).isoformat()
    )
    assert entries["employees_in_sweden"]["value"] == "8"
