"""Step 3, answers: all answers of one assessment, immutable."""

from collections.abc import Iterable, Iterator, Mapping

from compliance.answers.values import GivenAnswer, Key


class AnswerSet(Mapping[Key, GivenAnswer]):
    """Answers by (question, contract). Answers to hidden questions are kept here; routing leaves them out."""

    __slots__ = ("_answers",)

    def __init__(self, answers: Iterable[GivenAnswer] = ()) -> None:
        self._answers = {answer.key: answer for answer in answers}

    def __getitem__(self, key: Key) -> GivenAnswer:
        return self._answers[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def with_answer(self, answer: GivenAnswer) -> "AnswerSet":
        """A set with one answer added or replaced."""
        return AnswerSet([*self._answers.values(), answer])

    def without(self, question_id: str, contract_id: int | None = None) -> "AnswerSet":
        """A set in which one question is unanswered."""
        key = (question_id, contract_id)
        return AnswerSet(answer for answer in self._answers.values() if answer.key != key)
