"""Step 3, answers: the seam to scoring: each question after routing as one plain row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from compliance.answers.journey import Journey
from compliance.answers.routing import Item
from compliance.questionnaires.model import Criticality
from compliance.questionnaires.question_types import type_of

RowState = Literal["answered", "dont_know", "unanswered", "na_pending", "hidden"]


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One item as SCORING.md names it, before evidence verdicts and people's judgements are added.

    `criticality` is the one after the answer, `credit` 0..1 only when answered and scored.
    """

    id: str
    question_id: str
    contract_id: int | None
    area: str
    criticality: str
    state: RowState
    credit: Decimal | None
    expects_evidence: bool
    bonus: bool


def scored_rows(journey: Journey, on: date) -> tuple[ScoredRow, ...]:
    """The rows of every question that has an area, asked ones first; dates are judged on a day."""
    return tuple(_rows((*journey.items, *journey.hidden), on))


def _rows(items: tuple[Item, ...], on: date) -> Iterator[ScoredRow]:
    for item in items:
        if item.questionnaire.area is None:
            continue
        yield ScoredRow(
            id=item.id,
            question_id=item.key[0],
            contract_id=item.key[1],
            area=item.questionnaire.area.value,
            criticality=_criticality(item).value,
            state=_state(item),
            credit=_credit(item, on),
            expects_evidence=item.asked and item.proof_rule == "expected",
            bonus=item.question.bonus,
        )


def _state(item: Item) -> RowState:
    if not item.asked:
        return "hidden"
    if item.answer is None:
        return "unanswered"
    return "na_pending" if item.answer.state == "na_claimed" else item.answer.state


def _credit(item: Item, on: date) -> Decimal | None:
    if _state(item) != "answered" or item.answer is None or item.answer.value is None:
        return None
    return type_of(item.question).credit(item.answer.value, item.question, on=on)


def _criticality(item: Item) -> Criticality:
    """An option's own criticality counts only while the question is asked."""
    if _state(item) != "answered" or item.answer is None or item.answer.value is None:
        return item.question.criticality
    return type_of(item.question).criticality(item.answer.value, item.question)
