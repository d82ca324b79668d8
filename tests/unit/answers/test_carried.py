"""Answers of last time: which only need confirming, and why each other question is asked again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compliance.answers.answer_set import AnswerSet
from compliance.answers.carried import Afresh, LastTime, confirmable, forecast, meet
from compliance.answers.journey import plan_journey
from compliance.answers.routing import CONFIRM_MINUTES, NO_DOCUMENTS, Round
from compliance.answers.values import GivenAnswer
from compliance.questionnaires.catalogue import current
from tests.unit.answers.journey_cases import TODAY, sample

THEN = date(2025, 11, 23)


def question(name):
    return sample(name).questions[0]


def last(name, value, **more):
    asked = question(name)
    given = GivenAnswer(asked.id, value=value) if isinstance(value, str | tuple) else value(asked.id)
    return LastTime(**{"given": given, "question": asked, "on": THEN} | more)


def said(state, **more):
    return lambda name: GivenAnswer(name, state=state, **more)


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (last("yes_partly_no", "yes"), None),
        (last("yes_partly_no", "partly"), None),
        (last("yes_partly_no", "yes", changed=True), Afresh.CHANGED),
        (last("yes_partly_no", "yes", failed=True), Afresh.FAILED),
        (last("yes_partly_no", "partly", promised=True), Afresh.PROMISED),
        (last("yes_partly_no", "yes", proof="expired"), Afresh.PROOF_EXPIRED),
        (last("yes_partly_no", "yes", proof="refused"), Afresh.PROOF_REFUSED),
        (last("yes_partly_no", said("dont_know")), Afresh.NOT_KNOWN),
        (last("yes_partly_no", said("na_claimed", na_reason="Aldrig")), Afresh.CLAIMED),
        (last("yes_partly_no", "no", changed=True, failed=True), Afresh.CHANGED),
        (last("yes_partly_no", "no such option"), Afresh.CHANGED),
        (last("upload", ("12",), documents=("12",)), None),
        (last("upload", ("12",)), Afresh.PROOF_EXPIRED),
    ],
)
def test_an_answer_is_carried_unless_something_speaks_against_it(before, why):
    met = meet(before, before.question, on=TODAY)
    assert (met.afresh, met.confirmable) == (why, why is None)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-06-01", None), ("2025-10-01", None), ("2023-01-01", None)],
)
def test_a_date_that_was_worthless_then_is_no_news_now(day, why):
    before = last("date", day)
    assert meet(replace(before, on=TODAY), before.question, on=TODAY).afresh is why


def test_a_date_that_has_grown_too_old_since_is_asked_afresh():
    asked = question("date")
    longest = max(step.within_months for step in asked.date.steps)
    day = THEN.replace(year=THEN.year - longest // 12)
    before = last("date", day.isoformat())
    assert meet(before, asked, on=THEN).afresh is None
    assert meet(before, asked, on=date(2029, 1, 1)).afresh is Afresh.OUTDATED


def renewal(remembered):
    forms = (sample("proof"), current("company_profile"))
    return Round(forms, TODAY, inherent_risk="medium", confirmable=confirmable(remembered))


def remembered(**answers):
    questions = {q.id: q for form in (sample("proof"), current("company_profile")) for q in form.questions}
    lasts = {
        (name, None): LastTime(
            given=GivenAnswer(name, value=value),
            question=questions[name],
            on=THEN,
            failed=name in {"extra", "unscored_one"},
        )
        for name, value in answers.items()
    }
    return {key: meet(one, one.question, on=TODAY) for key, one in lasts.items()}


def test_what_only_needs_confirming_takes_a_moment_and_is_not_yet_answered():
    memory = remembered(shown="yes", unscored_one="no")
    way = plan_journey(renewal(memory), AnswerSet(), NO_DOCUMENTS)
    page = way.section("sample_proof.only")
    assert [item.id for item in page.confirmable] == ["shown"]
    assert page.progress.answered == 0
    assert way.item("shown").minutes == CONFIRM_MINUTES
    assert way.item("unscored_one").minutes == Decimal("0.5")


def test_the_forecast_counts_what_hangs_on_answers_that_nobody_has_confirmed_yet():
    memory = remembered(shown="yes", extra="no", employees_in_sweden="30", outside_eea="no")
    way = plan_journey(renewal(memory), AnswerSet(), NO_DOCUMENTS)
    likely = forecast(way, AnswerSet(), NO_DOCUMENTS, memory)
    assert likely.to_confirm == 3
    assert likely.to_answer >= len(way.items) - 3
    given = AnswerSet([GivenAnswer("shown", value="yes")])
    after = plan_journey(renewal(memory), given, NO_DOCUMENTS)
    assert forecast(after, given, NO_DOCUMENTS, memory).to_confirm == 2
