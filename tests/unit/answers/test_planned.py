"""A journey that is planned from another one is the journey that would have been planned anew."""

from dataclasses import replace

import pytest

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import journey_after, plan_journey
from compliance.answers.planned import plan
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
    answers = AnswerSet()
    planned = plan(round_, answers, {})
    questions = [question for one in round_.questionnaires for question in one.questions]
    for n, question in enumerate([*questions, *questions]):
        answers = answers.with_answer(said(question, n))
        planned = planned.again(round_, answers, {})
        assert planned.journey == plan_journey(round_, answers, {})
    for question in questions[::7]:
        answers = answers.without(question.id)
        planned = planned.again(round_, answers, {})
        assert planned.journey == plan_journey(round_, answers, {})


def test_a_question_that_others_hang_on_is_never_changed_by_itself(round_):
    empty = plan_journey(round_, AnswerSet(), {})
    profile = round_.questionnaires[0].questions[0]
    answers = AnswerSet([said(profile, 1)])
    assert journey_after(empty, answers, [(profile.id, None)]) is None


def test_another_round_or_other_documents_are_planned_anew(round_):
    question = round_.questionnaires[-1].questions[0]
    answers = AnswerSet([GivenAnswer(question.id, state="dont_know", comment="Mitt")])
    planned = plan(round_, answers, {})
    other, given = replace(round_, inherent_risk="high"), {(question.id, None): ("7",)}
    assert planned.again(other, answers, {}).journey == plan_journey(other, answers, {})
    assert planned.again(round_, answers, given).journey == plan_journey(round_, answers, given)
    assert planned.again(round_, AnswerSet(), {}).journey == plan_journey(round_, AnswerSet(), {})
