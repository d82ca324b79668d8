"""A kept journey is the journey that would have been planned, whoever answered before and whatever was answered."""

from dataclasses import replace

import pytest

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import journey_after, plan_journey
from compliance.answers.kept_journeys import MOST, KeptJourneys
from compliance.answers.routing import Round
from compliance.answers.values import GivenAnswer
from compliance.questionnaires import catalogue
from tests.unit.questionnaires.definition_cases import TODAY


@pytest.fixture(scope="module")
def round_():
    return Round(
        questionnaires=catalogue.with_profiles({one.key: one.version for one in catalogue.current_areas()}),
        on=TODAY,
    )


def said(question, n):
    """An answer of some kind to any question: a choice, or that it is not known."""
    if question.options and n % 3:
        code = question.options[n % len(question.options)].code
        return GivenAnswer(question.id, value=(code,) if question.type == "many_of" else code, comment=str(n))
    return GivenAnswer(question.id, state="dont_know")


def test_every_single_answer_leads_to_the_journey_that_planning_anew_gives(round_):
    kept, answers = KeptJourneys(), AnswerSet()
    questions = [question for one in round_.questionnaires for question in one.questions]
    for n, question in enumerate([*questions, *questions]):
        answers = answers.with_answer(said(question, n))
        assert kept.plan(round_, answers, {}) == plan_journey(round_, answers, {})
    for question in questions[::7]:
        answers = answers.without(question.id)
        assert kept.plan(round_, answers, {}) == plan_journey(round_, answers, {})


def test_a_question_that_others_hang_on_is_never_changed_by_itself(round_):
    empty = plan_journey(round_, AnswerSet(), {})
    profile = round_.questionnaires[0].questions[0]
    answers = AnswerSet([said(profile, 1)])
    assert journey_after(empty, answers, [(profile.id, None)]) is None


def test_somebody_else_with_other_answers_is_given_nothing_that_was_kept(round_):
    kept, question = KeptJourneys(), round_.questionnaires[-1].questions[0]
    mine, theirs = (
        AnswerSet([GivenAnswer(question.id, state="dont_know", comment=text)]) for text in ("Mitt", "Ert")
    )
    kept.plan(round_, mine, {})
    journey = kept.plan(round_, theirs, {})
    assert "Mitt" not in repr([item.answer for item in (*journey.items, *journey.hidden)])
    assert kept.plan(replace(round_, inherent_risk="high"), mine, {}).items[0].round.inherent_risk == "high"


def test_only_the_last_few_are_kept(round_):
    kept, question = KeptJourneys(), round_.questionnaires[0].questions[0]
    for n in range(MOST + 3):
        kept.plan(round_, AnswerSet([GivenAnswer(question.id, state="dont_know", comment=str(n))]), {})
    assert len(kept._kept) == MOST
