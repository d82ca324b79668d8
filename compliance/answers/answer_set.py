"""Step 3, answers: all answers of one assessment, immutable."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.answers.values import GivenAnswer, Key


class AnswerSet(Mapping[Key, GivenAnswer]):
    """Answers by (question, contract). Answers to hidden questions are kept here; routing leaves them out."""

    __slots__ = ("_answers",)

    def __init__(self, answers: Iterable[GivenAnswer] = ()) -> None:
        self._answers = {answer.key: answer for answer in answers}

    def __getitem__(self, key: Key) -> GivenAnswer:
        return self._answers[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """The answer to a question, or the default: asked hundreds of times for a page."""
        return self._answers.get(key, default)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def __eq__(self, other: object) -> bool:
        """Two sets are the same when they hold the same answers."""
        return self._answers == (other._answers if isinstance(other, AnswerSet) else other)

    def __hash__(self) -> int:
        """By the answers, in whatever order they came."""
        return hash(frozenset(self._answers.values()))

    def differing(self, other: "AnswerSet") -> frozenset[Key]:
        """The questions that the two sets answer differently, or that only one of them answers."""
        return frozenset(key for key in {*self, *other} if self.get(key) != other.get(key))

    def with_answer(self, answer: GivenAnswer) -> "AnswerSet":
        """A set with one answer added or replaced."""
        return AnswerSet([*self._answers.values(), answer])

    def without(self, question_id: str, contract_id: int | None = None) -> "AnswerSet":
        """A set in which one question is unanswered."""
        key = (question_id, contract_id)
        return AnswerSet(answer for answer in self._answers.values() if answer.key != key)
