"""Step 3, answers: one answer as a supplier gave it, and the contract it may be about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from compliance.questionnaires.question_types import Value

AnswerState = Literal["answered", "dont_know", "na_claimed"]
Key = tuple[str, int | None]
"""What an answer is found by: the question's id, and the contract for questions asked per contract."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to one question. `value` is what the question type keeps, only when the state is `answered`.

    `na_reason` says why the supplier holds that the question does not apply.
    """

    question_id: str
    contract_id: int | None = None
    state: AnswerState = "answered"
    value: Value | None = None
    comment: str = ""
    na_reason: str = ""

    def __post_init__(self) -> None:
        """Only what was answered has a value; a list, as JSON gives it back, becomes a tuple."""
        if self.state != "answered":
            object.__setattr__(self, "value", None)
        elif isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))

    @property
    def key(self) -> Key:
        """What the answer is found by."""
        return self.question_id, self.contract_id


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What routing needs to know about a contract; `facts` are codes in `vocabulary/contract_facts.yaml`."""

    id: int
    number: str
    title: str
    facts: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))


def item_id(question_id: str, contract_id: int | None) -> str:
    """The name of one question of one assessment: `question` or `question@contract`."""
    return question_id if contract_id is None else f"{question_id}@{contract_id}"
