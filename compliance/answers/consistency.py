"""Step 3, answers: what does not fit together across questionnaires, tables and documents."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal, InvalidOperation

from compliance.answers.journey import Conflict, Journey
from compliance.answers.routing import Item, Risk
from compliance.questionnaires.conditions import Absent, Actual, Situation, evaluate
from compliance.questionnaires.consistency import Comparison, Inconsistency, Quantity, Rows
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.rows import cells_of
from compliance.questionnaires.question_types.tables import NONE

NO_THRESHOLDS: dict[str, Decimal] = {}


def conflicts_in(
    journey: Journey, rules: Iterable[Inconsistency], kinds: Collection[str], *, risk: Risk = "unknown"
) -> tuple[Conflict, ...]:
    """The rules that fire, each with the asked questions to look at. `kinds` are those of the documents given."""
    situation = Situation(lambda source, name: _actual(journey, source, name, risk), NO_THRESHOLDS)
    return tuple(
        Conflict(rule.text, tuple(item for item in journey.items if item.key[0] in rule.questions))
        for rule in rules
        if _fires(rule, journey, kinds, situation)
    )


def _fires(rule: Inconsistency, journey: Journey, kinds: Collection[str], situation: Situation) -> bool:
    if not any(item.key[0] in rule.questions for item in journey.items):
        return False
    if rule.when is not None and evaluate(rule.when, situation).verdict is not True:
        return False
    if rule.documents and not set(rule.documents) & set(kinds):
        return False
    if rule.rows is not None and not _has_rows(rule.rows, journey):
        return False
    return rule.compare is None or _is_outside(rule.compare, journey)


def _actual(journey: Journey, source: str, name: str, risk: Risk) -> Actual:
    if source == "risk":
        return risk
    item = next((item for item in journey.items if item.key[0] == name), None)
    value = item.answer.value if item and item.answer else None
    return type_of(item.question).actual(value) if item and value is not None else Absent.UNANSWERED


def _has_rows(rows: Rows, journey: Journey) -> bool:
    """Also when the table is no longer asked: what was filled in is kept."""
    everything = (*journey.items, *journey.hidden)
    return any(list(_rows(item)) for item in everything if item.key[0] == rows.question)


def _is_outside(comparison: Comparison, journey: Journey) -> bool:
    per = next(_numbers(comparison.per, journey), None)
    if per is None:
        return False
    least, most = comparison.least, comparison.most
    return any(
        (most is not None and number > most * per) or (least is not None and number < least * per)
        for number in _numbers(comparison.number, journey)
    )


def _numbers(quantity: Quantity, journey: Journey) -> Iterator[Decimal]:
    for item in journey.items:
        if item.key[0] != quantity.question or item.answer is None or item.answer.value is None:
            continue
        if quantity.column is not None:
            yield from (number for row in _rows(item) if (number := _number(row.get(quantity.column))))
        elif isinstance(actual := type_of(item.question).actual(item.answer.value), Decimal):
            yield actual


def _rows(item: Item) -> Iterator[dict[str, str]]:
    value = item.answer.value if item.answer and item.question.table else None
    texts = (value,) if isinstance(value, str) else value or ()
    yield from (dict(cells_of(text)) for text in texts if text != NONE)


def _number(cell: str | None) -> Decimal | None:
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        return None
