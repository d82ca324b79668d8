"""Step 2, questionnaires: the registry of question types. A new type is a class, two partials, a sample."""

from collections.abc import Mapping
from types import MappingProxyType

from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value
from compliance.questionnaires.question_types.choices import ManyOf, OneOf, YesPartlyNo
from compliance.questionnaires.question_types.dates import Day
from compliance.questionnaires.question_types.numbers import Number
from compliance.questionnaires.question_types.problems import BadTableError, BadValueError
from compliance.questionnaires.question_types.rows import posted_rows
from compliance.questionnaires.question_types.tables import Table
from compliance.questionnaires.question_types.texts import FreeText
from compliance.questionnaires.question_types.uploads import Upload

__all__ = [
    "QUESTION_TYPES",
    "BadTableError",
    "BadValueError",
    "QuestionType",
    "Value",
    "posted_rows",
    "type_of",
]

QUESTION_TYPES: Mapping[str, QuestionType] = MappingProxyType({
    kind.name: kind
    for kind in (YesPartlyNo(), OneOf(), ManyOf(), Number(), Day(), FreeText(), Upload(), Table())
})  # fmt: skip


def type_of(question: Question) -> QuestionType:
    """The type that handles a question's answers."""
    return QUESTION_TYPES[question.type]
