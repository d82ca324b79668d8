"""Step 2, questionnaires: checks of what answers are worth."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from compliance.questionnaires.mistakes import Flaw
from compliance.questionnaires.model import Criticality, Question, Questionnaire, TableRule
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.surroundings import QuestionCheck, Surroundings
from compliance.questionnaires.value_rules import DateStep, NumberStep


def _worth(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    credits_ = _credits(question)
    if not question.scored:
        if any(credit is not None for credit in credits_):
            yield Flaw((), "credit_on_info")
        return
    given = [credit for credit in credits_ if credit is not None]
    if not any(given):
        yield Flaw((), "unscored", {"criticality": question.criticality.value})
        return
    kind = type_of(question)
    best = sum(given) if kind.multiple and kind.credited_by == "options" else max(given)
    if best < 1:
        yield Flaw((), "no_full_credit")
    if (
        kind.credited_by == "options"
        and not kind.multiple
        and min(given) == 1
        and len(given) == len(credits_)
    ):
        yield Flaw((), "always_full")


def _credits(question: Question) -> Sequence[Decimal | None]:
    match type_of(question).credited_by:
        case "options":
            return [option.credit for option in question.options]
        case "steps":
            numbers = question.number.steps if question.number else ()
            days = question.date.steps if question.date else ()
            return [step.credit for step in numbers] + [step.credit for step in days]
        case "rows":
            return _row_credits(question.table)
        case _:
            return [question.credit_when_answered]


def _row_credits(table: TableRule | None) -> Sequence[Decimal | None]:
    credit = table.credit if table else None
    if table is None or credit is None:
        return []
    column = table.column(credit.column)
    if credit.by == "options" and column:
        return [option.credit for option in column.options]
    return [Decimal(1)]


def _option_credit(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    if not question.scored or not any(option.credit for option in question.options):
        return
    for o, option in enumerate(question.options):
        if option.credit is None:
            yield Flaw(("options", o), "credit_missing", {"code": option.code})


def _unwanted_credit(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    kind = type_of(question)
    if question.credit_when_answered is not None and kind.credited_by != "answering":
        field = "credit_when_answered"
        yield Flaw((field,), "unwanted", {"field": field, "type": kind.name})


def _steps(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    if question.number:
        steps = question.number.steps
        for s, step in enumerate(steps):
            if (step.at_least is None) == (step.at_most is None):
                yield Flaw(("number", "steps", s), "step_shape")
            elif any(_covers(earlier, step) for earlier in steps[:s]):
                yield Flaw(("number", "steps", s), "unreachable_step")
    dated: tuple[DateStep, ...] = question.date.steps if question.date else ()
    for s, later in enumerate(dated):
        if any(earlier.within_months >= later.within_months for earlier in dated[:s]):
            yield Flaw(("date", "steps", s), "unreachable_step")


def _covers(earlier: NumberStep, later: NumberStep) -> bool:
    if earlier.at_least is not None and later.at_least is not None:
        return earlier.at_least <= later.at_least
    return earlier.at_most is not None and later.at_most is not None and earlier.at_most >= later.at_most


def _gravity(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    """SCORING.md, Items: a zero-tolerance item is neither N/A nor bonus, also when an option makes it one."""
    del around
    grave = Criticality.ZERO_TOLERANCE in {
        question.criticality,
        *(option.criticality for option in question.options),
    }
    if grave and question.na_allowed:
        yield Flaw(("na_allowed",), "zero_tolerance_na")
    if grave and question.bonus:
        yield Flaw(("bonus",), "zero_tolerance_bonus")
    if question.bonus and not question.scored:
        yield Flaw(("bonus",), "bonus_on_info")
    if model.area is None and question.scored:
        yield Flaw(("criticality",), "profile_scored")


QUESTION_CREDIT_CHECKS: tuple[QuestionCheck, ...] = (
    _worth,
    _option_credit,
    _unwanted_credit,
    _steps,
    _gravity,
)
