"""Step 3, answers: which questions a supplier is asked, for which contract, why, and what proof is expected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from compliance.answers.reasons import reasons_for
from compliance.answers.values import ContractFacts, GivenAnswer, Key, item_id
from compliance.questionnaires.catalogue import in_order
from compliance.questionnaires.conditions import (
    Absent,
    Actual,
    Condition,
    Outcome,
    Situation,
    Verdict,
    evaluate,
)
from compliance.questionnaires.model import Question, Questionnaire, Scope, Section
from compliance.questionnaires.question_types import QuestionType, type_of
from compliance.questionnaires.vocabulary import Vocabulary, vocabulary
from compliance.questionnaires.words import Text

Risk = Literal["low", "medium", "high", "unknown"]
Expected = Literal["expected", "on_request", "none"]
Answers = Mapping[Key, GivenAnswer]
Documents = Mapping[Key, Sequence[str]]
"""The documents given for each question: their references."""
CONFIRM_MINUTES = Decimal("0.1")
"""What it takes to read one's own answer of last time and see that it still is true."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one assessment asks: its questionnaires in their versions, contracts, risk, and the day it is judged.

    `confirmable` are the questions whose answer of last time only needs confirming.
    """

    questionnaires: tuple[Questionnaire, ...]
    on: date
    contracts: tuple[ContractFacts, ...] = ()
    inherent_risk: Risk = "unknown"
    vocabulary: Vocabulary = field(default_factory=vocabulary)
    confirmable: frozenset[Key] = frozenset()

    def question(self, question_id: str) -> Question:
        """A question of any of the questionnaires. Raises KeyError when there is none by that id."""
        for questionnaire in self.questionnaires:
            if question := questionnaire.question(question_id):
                return question
        raise KeyError(question_id)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of one assessment after routing.

    `answer` is the answer that counts (never one that the question would not take); `documents` those given.
    `proof_rule` is what size and risk say about proof, whatever the answer.
    """

    round: Round
    questionnaire: Questionnaire
    section: Section
    question: Question
    contract: ContractFacts | None
    outcome: Outcome
    answer: GivenAnswer | None
    proof_rule: Expected
    proof_worthless: bool = False
    documents: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`question`, or `question@contract`."""
        return item_id(*self.key)

    @property
    def key(self) -> Key:
        """What answers and documents of this item are found by."""
        return self.question.id, self.contract.id if self.contract else None

    @property
    def kind(self) -> QuestionType:
        """What its type can do with an answer."""
        return type_of(self.question)

    @property
    def verdict(self) -> Verdict:
        """Whether the question is asked; None while that is not known yet."""
        return self.outcome.verdict

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why it is asked or not, in words."""
        return reasons_for(self.outcome, self.question, self.round.question, self.round.vocabulary)

    @property
    def asked(self) -> bool:
        """Whether the supplier is asked."""
        return self.verdict is True

    @property
    def answered(self) -> bool:
        """Whether it has been answered in any way, "don't know" and "does not apply" included."""
        return self.answer is not None

    @property
    def confirmable(self) -> bool:
        """Whether it is unanswered and the answer of last time only needs confirming."""
        return self.answer is None and self.key in self.round.confirmable

    @property
    def minutes(self) -> Decimal:
        """What it takes to answer, with the document where one is expected, or to confirm the answer of last time."""
        if self.key in self.round.confirmable:
            return CONFIRM_MINUTES
        proof = (
            self.question.evidence.minutes if self.question.evidence and self.evidence == "expected" else 0
        )
        return self.question.minutes + proof

    @property
    def evidence(self) -> Expected:
        """What proof to ask for: what the rule says, and none for an answer that is worth nothing."""
        return "none" if self.proof_worthless else self.proof_rule

    @property
    def comment_missing(self) -> bool:
        """Whether the answer asks for an explanation and has none."""
        value = self.answer.value if self.answer else None
        if value is None or self.answer is None or self.answer.comment.strip():
            return False
        return type_of(self.question).needs_comment(value, self.question)

    @property
    def proof_missing(self) -> bool:
        """Whether a document is expected with this answer and none has been given."""
        return self.answered and self.evidence == "expected" and not self.documents


NO_DOCUMENTS: Documents = MappingProxyType({})


def route(round_: Round, answers: Answers, documents: Documents = NO_DOCUMENTS) -> tuple[Item, ...]:
    """Every question of every questionnaire in the order of the form, asked or hidden, each with its reasons."""
    walk = _Walk(round_, answers, documents)
    return tuple(walk.items())


def answered_anew(item: Item, answers: Answers) -> Item:
    """The same item with the answer that now counts. Right only where no rule looks at the question."""
    walk = _Walk(item.round, answers, {item.key: item.documents})
    answer = walk.answer(item.question, item.key, item.documents)
    return replace(item, answer=answer, proof_worthless=not walk.worth_proving(item.question, answer))


class _Walk:
    """One pass through the questions; a condition only looks back, so one pass is enough."""

    def __init__(self, round_: Round, answers: Answers, documents: Documents) -> None:
        self.round, self.answers, self.documents = round_, answers, documents
        self.thresholds = round_.vocabulary.thresholds(round_.on)
        self.routed: dict[Key, Item] = {}
        self.settled: dict[tuple[int, int | None], Outcome] = {}

    def items(self) -> Iterator[Item]:
        for questionnaire in in_order(self.round.questionnaires):
            for section in questionnaire.sections:
                for question in section.questions:
                    for contract in self._contracts(question):
                        item = self._item(questionnaire, section, question, contract)
                        self.routed[item.key] = item
                        yield item

    def _contracts(self, question: Question) -> Iterable[ContractFacts | None]:
        return self.round.contracts if question.scope is Scope.CONTRACT else (None,)

    def _item(
        self,
        questionnaire: Questionnaire,
        section: Section,
        question: Question,
        contract: ContractFacts | None,
    ) -> Item:
        situation = Situation(lambda source, name: self._look_up(source, name, contract), self.thresholds)
        outcome = self._outcome(questionnaire, question, situation, contract)
        key = (question.id, contract.id if contract else None)
        documents = tuple(self.documents.get(key, ()))
        answer = self.answer(question, key, documents)
        return Item(
            round=self.round,
            questionnaire=questionnaire,
            section=section,
            question=question,
            contract=contract,
            outcome=outcome,
            answer=answer,
            proof_rule=self._proof_rule(questionnaire, question, situation, contract),
            proof_worthless=not self.worth_proving(question, answer),
            documents=documents,
        )

    def _outcome(
        self,
        questionnaire: Questionnaire,
        question: Question,
        situation: Situation,
        contract: ContractFacts | None,
    ) -> Outcome:
        """What the question's own condition says; where it holds, whether the company is spared the question."""
        own = evaluate(question.when, situation)
        if own.verdict is False:
            return own
        for spared in questionnaire.leave_out:
            if question.criticality in spared.criticality:
                outcome = self._settled(spared.when, situation, contract)
                if outcome.verdict is True:
                    return Outcome(False, outcome.because)  # noqa: FBT003 - the verdict is the value
                if outcome.verdict is None and own.verdict is True:
                    return Outcome(None, outcome.because)
        return own

    def answer(self, question: Question, key: Key, documents: tuple[str, ...]) -> GivenAnswer | None:
        """The answer that counts: one the question takes; for uploads the documents themselves."""
        given = self.answers.get(key)
        if question.type == "upload" and documents:
            comment = given.comment if given else ""
            return GivenAnswer(*key, value=documents, comment=comment)
        if given is None or given.state == "answered":
            return given if given and self._takes(question, given) else None
        allowed = question.na_allowed if given.state == "na_claimed" else question.dont_know_allowed
        return given if allowed else None

    def _takes(self, question: Question, given: GivenAnswer) -> bool:
        if question.type == "upload":
            return False
        value = type_of(question).revive(given.value, question, on=self.round.on)
        return value is not None and type_of(question).complete(value, question)

    def _proof_rule(
        self,
        questionnaire: Questionnaire,
        question: Question,
        situation: Situation,
        contract: ContractFacts | None,
    ) -> Expected:
        if question.evidence is None:
            return "none"
        rule = self.round.vocabulary.expectations[question.evidence.expected].when
        outcome = (
            self._settled(rule, situation, contract) if questionnaire.area else evaluate(rule, situation)
        )
        return "expected" if outcome.verdict else "on_request"

    def _settled(self, condition: Condition, situation: Situation, contract: ContractFacts | None) -> Outcome:
        """What a rule says that many questions share: it looks only at the profile, which comes before them all."""
        key = (id(condition), contract.id if contract else None)
        if key not in self.settled:
            self.settled[key] = evaluate(condition, situation)
        return self.settled[key]

    def worth_proving(self, question: Question, answer: GivenAnswer | None) -> bool:
        """An answer worth nothing needs no proof, nor does a bonus before it is claimed."""
        if answer is None:
            return not question.bonus
        if answer.state != "answered" or answer.value is None:
            return False
        credit = type_of(question).credit(answer.value, question, on=self.round.on)
        return credit is None or credit > 0

    def _look_up(self, source: str, name: str, contract: ContractFacts | None) -> Actual:
        if source == "risk":
            return self.round.inherent_risk
        if source == "contract":
            about = (contract,) if contract else self.round.contracts
            return any(one.facts.get(name, False) for one in about)
        return earlier_answer(self.routed, name, contract)


def earlier_answer(routed: Mapping[Key, Item], name: str, contract: ContractFacts | None) -> Actual:
    """The answer for the same contract where the question is asked per contract, else the company's."""
    item = routed.get((name, contract.id if contract else None)) or routed.get((name, None))
    if item is None or item.verdict is None:
        return Absent.UNANSWERED
    if item.verdict is False:
        return Absent.NOT_GIVEN
    if item.answer is None:
        return Absent.UNANSWERED
    if item.answer.state != "answered" or item.answer.value is None:
        return Absent.NOT_GIVEN
    return type_of(item.question).actual(item.answer.value)
