"""Step 2, questionnaires: how long answering takes, told before anybody begins."""

from collections.abc import Iterable
from decimal import Decimal
from math import ceil

from compliance.questionnaires.model import Question, Questionnaire, Scope

STEP = 5
"""Minutes are told in steps of five: more would pretend to know."""


def most_minutes(questionnaires: Iterable[Questionnaire], contracts: int) -> int:
    """Minutes for every question, asked once per contract where the question says so, rounded up to five.

    Most companies are asked fewer, and looking up documents comes on top.
    """
    total = sum((_minutes(q, contracts) for each in questionnaires for q in each.questions), Decimal(0))
    return ceil(total / STEP) * STEP


def _minutes(question: Question, contracts: int) -> Decimal:
    return question.minutes * (contracts if question.scope is Scope.CONTRACT else 1)
