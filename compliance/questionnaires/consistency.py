"""Step 2, questionnaires: rules about what does not fit together, as data (`vocabulary/consistency.yaml`)."""

from decimal import Decimal
from functools import cache
from typing import Self

from pydantic import Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from compliance.questionnaires.conditions import Condition
from compliance.questionnaires.vocabulary import HERE
from compliance.questionnaires.words import Frozen, Text
from compliance.questionnaires.yaml_source import read_yaml


class Quantity(Frozen):
    """A number that was answered, or the numbers in one column of a table."""

    question: str
    column: str | None = None


class Rows(Frozen):
    """A table that has rows."""

    question: str


class Comparison(Frozen):
    """A number beside another: it should lie between `least` and `most` for each unit of `per`."""

    number: Quantity
    per: Quantity
    least: Decimal | None = None
    most: Decimal | None = None


class Inconsistency(Frozen):
    """What does not fit together: it does not when every part that is given holds. `questions` are those to look at."""

    id: str
    when: Condition | None = None
    documents: tuple[str, ...] = ()
    rows: Rows | None = None
    compare: Comparison | None = None
    text: Text
    questions: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.documents or self.rows or self.compare:
            return self
        raise PydanticCustomError("inconsistency_shape", "Give at least one of documents, rows, compare")


@cache
def inconsistencies() -> tuple[Inconsistency, ...]:
    """The rules shipped with the program, read once. Raises ValidationError when the file is unusable."""
    source = read_yaml((HERE / "consistency.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Inconsistency, ...]).validate_python(source.data)
