"""Rounds and answers for tests, in a few words."""

from datetime import date
from functools import cache
from pathlib import Path

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import plan_journey
from compliance.answers.routing import Round
from compliance.answers.values import ContractFacts, GivenAnswer
from compliance.questionnaires.catalogue import get
from compliance.questionnaires.loader import load
from compliance.questionnaires.surroundings import Surroundings

SAMPLES = Path(__file__).parents[2] / "definitions"
TODAY = date(2026, 11, 23)
PAINTING = ContractFacts(1, "K-1", "Målning", {"special_labour_terms": True})
STAIRS = ContractFacts(2, "K-2", "Trapphus")


@cache
def sample(name):
    return load(SAMPLES / f"{name}.yaml", Surroundings(profile=get("company_profile", 1)))


def answers(**given):
    """Answers by question; `question_at_1` is about contract 1."""
    return AnswerSet(_answer(name, value) for name, value in given.items())


def _answer(name, value):
    question, _, contract = name.partition("_at_")
    key = (question, int(contract) if contract else None)
    if isinstance(value, GivenAnswer):
        return value
    return (
        GivenAnswer(*key, state=value)
        if value in {"dont_know", "na_claimed"}
        else GivenAnswer(*key, value=value)
    )


def journey(name, given=None, *, size=None, documents=None, contracts=(), risk="medium"):
    forms = (sample(name), get("company_profile", 1))
    round_ = Round(forms, TODAY, contracts=contracts, inherent_risk=risk)
    given = given or answers()
    if size is not None:
        given = given.with_answer(GivenAnswer("employees_in_sweden", value=str(size)))
    return plan_journey(round_, given, documents or {})


def asked_in(name, *args, **kwargs):
    """The ids asked in a sample, its profile left out."""
    way = journey(name, *args, **kwargs)
    return [item.id for item in way.items if item.questionnaire.area]
