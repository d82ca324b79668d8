"""Step 3, answers: what must hold for a question to be asked, in words, told before anybody has answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal

from compliance.answers.routing import Item, Round, earlier_answer
from compliance.answers.values import Key
from compliance.questionnaires.conditions import Actual, Condition, ParameterRef, Situation, evaluate
from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.numbers import written
from compliance.questionnaires.words import Text

NEGATED = {
    "is": "is_not",
    "is_not": "is",
    "any_of": "none_of",
    "none_of": "any_of",
    "at_least": "less_than",
    "at_most": "more_than",
    "answered": "not_answered",
}

Join = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class AskedIf:
    """The conditions of a question that are still open: all of them must hold, or any one of them."""

    join: Join
    parts: tuple[Text, ...]


def asked_if(item: Item, routed: Iterable[Item]) -> AskedIf | None:
    """What decides whether an undetermined question is asked; None for one that is asked or not already.

    `routed` is everything that `route` gave. What is known (answers given, our risk, facts of the contract) is left
    out of the sentence.
    """
    if item.verdict is not None:
        return None
    told = _Told(item, {one.key: one for one in routed})
    spared = [
        one.when for one in item.questionnaire.leave_out if item.question.criticality in one.criticality
    ]
    own = [told.open_part(item.question.when, negated=False)] if item.question.when else []
    parts = [part for part in (*own, *(told.open_part(one, negated=True) for one in spared)) if part]
    whole = parts[0] if len(parts) == 1 else AskedIf("all", tuple(told.in_one(part) for part in parts))
    return whole if whole.parts else None


class _Told:
    """One item's conditions put into words, without what is settled."""

    def __init__(self, item: Item, routed: Mapping[Key, Item]) -> None:
        self.round: Round = item.round
        self.item, self.routed = item, routed
        self.words = item.round.vocabulary.wording["conditions"]
        self.situation = Situation(self._look_up, self.round.vocabulary.thresholds(self.round.on))

    def open_part(self, condition: Condition, *, negated: bool) -> AskedIf | None:
        """The open comparisons of a condition, joined; None when it is settled. "None of" is turned inside out."""
        if evaluate(condition, self.situation).verdict is not None:
            return None
        if condition.parts is None:
            return AskedIf("all", (self._comparison(condition, negated=negated),))
        inner_negated = negated != (condition.none is not None)
        join: Join = "all" if (condition.any is None) != negated else "any"
        found = (self.open_part(part, negated=inner_negated) for part in condition.parts)
        parts = [part for part in found if part]
        if len(parts) == 1:
            return parts[0]
        return AskedIf(join, tuple(self.in_one(part) for part in parts))

    def in_one(self, part: AskedIf) -> Text:
        """Several conditions as one clause."""
        between = self.words["or" if part.join == "any" else "and"]
        return reduce(lambda a, b: Text(sv=a.sv + between.sv + b.sv, en=a.en + between.en + b.en), part.parts)

    def _comparison(self, condition: Condition, *, negated: bool) -> Text:
        source, name = condition.subject
        operator = condition.operator
        if source == "contract":
            return self.round.vocabulary.contract_facts[name]
        if operator == "answered" and condition.answered is False:
            negated = not negated
        word = NEGATED[operator] if negated else operator
        question = self.round.question(name)
        return self.words[word].filled(name=question.name, target=self._target(condition, question))

    def _target(self, condition: Condition, question: Question) -> Text:
        target = condition.target
        if isinstance(target, ParameterRef):
            target = self.situation.parameters[target.parameter]
        if isinstance(target, Decimal):
            return Text(sv=written(target, "sv"), en=written(target, "en"))
        if isinstance(target, tuple):
            quoted = (self.words["choice"].filled(label=_shown(code, question)) for code in target)
            return self.in_one(AskedIf("any", tuple(quoted)))
        return _shown(str(target), question)

    def _look_up(self, source: str, name: str) -> Actual:
        if source == "risk":
            return self.round.inherent_risk
        contract = self.item.contract
        if source == "contract":
            about = (contract,) if contract else self.round.contracts
            return any(one.facts.get(name, False) for one in about)
        return earlier_answer(self.routed, name, contract)


def _shown(code: str, question: Question) -> Text:
    kind = type_of(question)
    value = (code,) if kind.multiple else code
    return Text(sv=kind.show(value, question, "sv"), en=kind.show(value, question, "en"))
