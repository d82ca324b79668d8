"""Step 2, questionnaires: answers that are numbers, typed the Swedish or the English way."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compliance.questionnaires.conditions import Actual
from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value, only_one, single
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.value_rules import NumberRule, NumberStep

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
PLAIN = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
LONGEST = 40


class Number(QuestionType):
    """A number; kept as plain decimal text such as 1234.5."""

    name = "number"
    setting = "number"
    credited_by = "steps"
    operators = frozenset({"is", "is_not", "at_least", "at_most", "answered"})

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The number; a decimal comma and spaces between thousands are taken."""
        del on
        text = only_one(posted)
        rule = question.number or NumberRule()
        if not text:
            return None
        number = _read(_without_unit(text, rule))
        _hold_against(number, rule)
        return plain(number)

    def show(self, value: Value, question: Question, language: str) -> str:
        """The number with its unit, in the manner of the language."""
        rule = question.number or NumberRule()
        number = Decimal(single(value))
        shown = written(number, language) if rule.grouped else plain(number)
        return f"{shown} {rule.unit.to(language)}" if rule.unit else shown

    def credit(self, value: Value, question: Question, *, on: date) -> Decimal | None:
        """The credit of the first step that fits, else nothing."""
        del on
        if not question.scored:
            return None
        number = Decimal(single(value))
        steps = question.number.steps if question.number else ()
        return next((step.credit for step in steps if _fits(number, step)), Decimal(0))

    def actual(self, value: Value) -> Actual:
        """The number itself."""
        return Decimal(single(value))


def plain(number: Decimal) -> str:
    """A number as it is kept: no exponent, no needless zeros, no negative zero."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if Decimal(text) == 0 else text


def written(number: Decimal, language: str) -> str:
    """A number for people: 1 234,5 in Swedish (no-break space), 1,234.5 in English."""
    text = format(Decimal(plain(number)), ",f")
    return text if language == "en" else text.replace(",", "\u00a0").replace(".", ",")


def _without_unit(text: str, rule: NumberRule) -> str:
    units = [rule.unit.sv, rule.unit.en] if rule.unit else []
    unit = next((unit for unit in units if unit and text.casefold().endswith(unit.casefold())), "")
    return text[: len(text) - len(unit)].strip()


def _read(text: str) -> Decimal:
    spaced = SPACES.sub(" ", text).replace("\u2212", "-")
    if len(spaced) > LONGEST or not (GROUPED.fullmatch(spaced) or PLAIN.fullmatch(spaced)):
        raise BadValueError("not_a_number")
    return Decimal(spaced.replace(" ", "").replace(",", "."))


def _hold_against(number: Decimal, rule: NumberRule) -> None:
    exponent = Decimal(plain(number)).as_tuple().exponent
    if isinstance(exponent, int) and -exponent > rule.decimals:
        raise BadValueError("too_many_decimals" if rule.decimals else "not_whole", decimals=rule.decimals)
    if rule.min is not None and number < rule.min:
        raise BadValueError("number_too_small", min=rule.min)
    if rule.max is not None and number > rule.max:
        raise BadValueError("number_too_large", max=rule.max)


def _fits(number: Decimal, step: NumberStep) -> bool:
    if step.at_least is not None:
        return number >= step.at_least
    return step.at_most is not None and number <= step.at_most
