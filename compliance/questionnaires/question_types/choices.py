"""Step 2, questionnaires: answers chosen from options: yes/partly/no, one of, many of."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compliance.questionnaires.model import Criticality, Option, Question
from compliance.questionnaires.question_types.base import QuestionType, Value, only_one
from compliance.questionnaires.question_types.problems import BadValueError


def chosen(value: Value, question: Question) -> tuple[Option, ...]:
    """The chosen options in the order of the definition."""
    codes = (value,) if isinstance(value, str) else value
    return tuple(option for option in question.options if option.code in codes)


class OneOf(QuestionType):
    """Exactly one option; kept as its code."""

    name = "one_of"
    least_options = 2
    credited_by = "options"
    operators = frozenset({"is", "is_not", "any_of", "none_of", "answered"})

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The chosen code."""
        del on
        code = only_one(posted)
        if not code:
            return None
        if question.option(code) is None:
            raise BadValueError("unknown_option")
        return code

    def show(self, value: Value, question: Question, language: str) -> str:
        """The labels of what was chosen."""
        return ", ".join(option.label.to(language) for option in chosen(value, question))

    def credit(self, value: Value, question: Question, *, on: date) -> Decimal | None:
        """The credits of the chosen options together, at most 1."""
        del on
        if not question.scored:
            return None
        total = sum((option.credit or Decimal(0) for option in chosen(value, question)), Decimal(0))
        return min(total, Decimal(1))

    def criticality(self, value: Value, question: Question) -> Criticality:
        """The highest criticality that a chosen option carries, else the question's."""
        own = [option.criticality for option in chosen(value, question) if option.criticality]
        return max(own, key=list(Criticality).index) if own else question.criticality

    def needs_comment(self, value: Value, question: Question) -> bool:
        """Whether a chosen option asks for an explanation."""
        return any(option.needs_comment for option in chosen(value, question))


class YesPartlyNo(OneOf):
    """Yes, partly or no; the options need not be written in the definition."""

    name = "yes_partly_no"


class ManyOf(OneOf):
    """Any number of options; kept as their codes in the order of the definition."""

    name = "many_of"
    operators = frozenset({"any_of", "none_of", "answered"})
    multiple = True

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The chosen codes, in the order of the definition and each once."""
        del on
        codes = {text.strip() for text in posted if text.strip()}
        if not codes:
            return None
        if any(question.option(code) is None for code in codes):
            raise BadValueError("unknown_option")
        options = chosen(tuple(codes), question)
        alone = next((option for option in options if option.exclusive), None)
        if alone and len(options) > 1:
            raise BadValueError("exclusive_option", option=alone.label)
        return tuple(option.code for option in options)
