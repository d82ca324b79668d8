"""Step 3, answers: what was answered last time, as it meets a new round: to be confirmed, or asked afresh and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import Journey, plan_journey
from compliance.answers.routing import Answers, Documents, Item
from compliance.answers.values import GivenAnswer, Key
from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.uploads import Upload

Proof = Literal["fits", "expired", "refused"]
"""What an answer's expected proof is worth today: nothing against it, out of date, or found not to support it."""


class Afresh(StrEnum):
    """Why a question is asked again although it was answered last time, the weightiest first."""

    CHANGED = "changed"
    CLAIMED = "claimed"
    NOT_KNOWN = "not_known"
    FAILED = "failed"
    PROMISED = "promised"
    PROOF_REFUSED = "proof_refused"
    PROOF_EXPIRED = "proof_expired"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """One answer of the earlier round, judged `on` the day it was sent in. `question` is as it was asked then.

    `changed`: the question means something else now. `failed`: the answer failed then, or was found false.
    `promised`: the supplier said that it would do something about it. `documents`: those that hold today.
    """

    given: GivenAnswer
    question: Question
    on: date
    changed: bool = False
    failed: bool = False
    promised: bool = False
    proof: Proof = "fits"
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """One answer of the earlier round as it meets this one: to be confirmed, unless `afresh` says why not."""

    last: LastTime
    afresh: Afresh | None

    @property
    def confirmable(self) -> bool:
        """Whether one act may make it this round's answer."""
        return self.afresh is None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a renewal is likely to take: answers to confirm, questions to answer, minutes for both."""

    to_confirm: int
    to_answer: int
    minutes: Decimal

    @property
    def mostly_confirming(self) -> bool:
        """Whether more is to be confirmed than answered."""
        return self.to_confirm > self.to_answer


def meet(last: LastTime, question: Question, *, on: date) -> Remembered:
    """An answer of last time beside the question as it is asked now, on a day."""
    return Remembered(last, next(_reasons(last, question, on), None))


def _reasons(last: LastTime, question: Question, on: date) -> Iterator[Afresh]:
    if last.changed:
        yield Afresh.CHANGED
    if last.given.state == "na_claimed":
        yield Afresh.CLAIMED
    if last.given.state == "dont_know":
        yield Afresh.NOT_KNOWN
    if last.failed:
        yield Afresh.FAILED
    if last.promised:
        yield Afresh.PROMISED
    if last.proof == "refused":
        yield Afresh.PROOF_REFUSED
    if last.proof == "expired":
        yield Afresh.PROOF_EXPIRED
    yield from _of_the_value(last, question, on)


def _of_the_value(last: LastTime, question: Question, on: date) -> Iterator[Afresh]:
    """An answer that the question would not take, or that time has made worthless, such as a policy's old date."""
    if question.type == Upload.name:
        if not last.documents:
            yield Afresh.PROOF_EXPIRED
        return
    value = type_of(question).revive(last.given.value, question, on=on)
    if value is None or not type_of(question).complete(value, question):
        yield Afresh.CHANGED
    elif type_of(question).credit(value, question, on=on) == 0 and _was_worth_something(last):
        yield Afresh.OUTDATED


def _was_worth_something(last: LastTime) -> bool:
    value = last.given.value
    return bool(value is not None and type_of(last.question).credit(value, last.question, on=last.on))


def confirmable(remembered: Mapping[Key, Remembered]) -> frozenset[Key]:
    """The questions that only need confirming."""
    return frozenset(key for key, one in remembered.items() if one.confirmable)


def as_answered(item: Item, remembered: Remembered) -> Item:
    """The question as it was asked and answered last time, to be shown."""
    last = remembered.last
    return Item(
        round=item.round,
        questionnaire=item.questionnaire,
        section=item.section,
        question=last.question,
        contract=item.contract,
        outcome=item.outcome,
        answer=last.given,
        proof_rule=item.proof_rule,
        documents=last.documents,
    )


def forecast(
    journey: Journey, answers: Answers, documents: Documents, remembered: Mapping[Key, Remembered]
) -> Forecast:
    """What is likely to be left of a round, if what was true last time about the company still is.

    Questions that hang on an answer nobody has confirmed yet are counted as that answer has it.
    """
    earlier = {key: one.last for key, one in remembered.items()}
    likely = AnswerSet([*(one.given for one in earlier.values()), *answers.values()])
    papers = {key: one.documents for key, one in earlier.items()} | dict(documents)
    done = {item.key for item in journey.items if item.answered}
    left = [one for one in plan_journey(journey.items[0].round, likely, papers).items if one.key not in done]
    to_confirm = sum(item.key in item.round.confirmable for item in left)
    minutes = sum((item.minutes for item in left), Decimal(0))
    return Forecast(to_confirm=to_confirm, to_answer=len(left) - to_confirm, minutes=minutes)
