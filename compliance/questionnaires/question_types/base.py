"""Step 2, questionnaires: what every question type can do with an answer."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from compliance.questionnaires.conditions import Actual
from compliance.questionnaires.model import Criticality, Question
from compliance.questionnaires.question_types.problems import BadValueError

Value = str | tuple[str, ...]
"""What an answer is kept as. JSON turns the tuple into a list; `revive` turns it back."""


class QuestionType(ABC):
    """One way of asking: how what was posted becomes a value, and how the value is shown and worth."""

    name: ClassVar[str]
    setting: ClassVar[str | None] = None
    """The block of settings in a definition that this type reads."""
    least_options: ClassVar[int] = 0
    """How many options a definition must give; 0 means that the type has none."""
    credited_by: ClassVar[Literal["options", "steps", "answering", "rows"]] = "answering"
    operators: ClassVar[frozenset[str]] = frozenset({"answered"})
    """The operators of `conditions` that make sense on an answer of this type."""
    multiple: ClassVar[bool] = False
    """Whether the value is several texts."""

    @abstractmethod
    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The value in what was posted, None when nothing was given. Raises BadValueError."""

    def show(self, value: Value, question: Question, language: str) -> str:
        """The value in words."""
        del question, language
        return single(value)

    def credit(self, value: Value, question: Question, *, on: date) -> Decimal | None:
        """What the answer is worth, 0..1, judged on a day; None when the question is not scored."""
        del value, on
        return question.credit_when_answered if question.scored else None

    def criticality(self, value: Value, question: Question) -> Criticality:
        """The criticality after the answer: an option may carry its own."""
        del value
        return question.criticality

    def needs_comment(self, value: Value, question: Question) -> bool:
        """Whether this answer asks for an explanation."""
        del value, question
        return False

    def complete(self, value: Value, question: Question) -> bool:
        """Whether the value answers the question; one that does not is kept, to be filled in further."""
        del value, question
        return True

    def actual(self, value: Value) -> Actual:
        """The value as conditions compare it."""
        return value if isinstance(value, str) else frozenset(value)

    def from_json(self, raw: Any, question: Question, *, on: date) -> Value | None:
        """The value in JSON written by a person: a text, number, list or null. Raises BadValueError."""
        items = raw if isinstance(raw, list | tuple) else [raw]
        return self.parse([str(item) for item in items if item is not None], question, on=on)

    def revive(self, stored: Any, question: Question, *, on: date) -> Value | None:
        """A stored value, or None when the question as it now stands would not take it."""
        try:
            value = self.from_json(stored, question, on=on)
        except BadValueError:
            return None
        kept = tuple(stored) if isinstance(stored, list) else stored
        return value if value == kept else None


def single(value: Value) -> str:
    """A value that is one text."""
    return value if isinstance(value, str) else ", ".join(value)


def only_one(posted: Sequence[str]) -> str:
    """The one text that was posted, stripped; empty when nothing was. Raises BadValueError."""
    given = [text.strip() for text in posted if text.strip()]
    if len(given) > 1:
        raise BadValueError("too_many_values")
    return given[0] if given else ""
