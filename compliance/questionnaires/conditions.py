"""Step 2, questionnaires: "ask this when", a closed table of operators on profile, contract, risk, answers.

Three-valued: a comparison whose input is not answered yet is undetermined, and so is a join that hangs on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from compliance.questionnaires.words import Frozen

Scalar = StrictBool | Decimal | str


class Absent(Enum):
    """Why an input has no value: not answered yet, or not applicable, or the answer is not known."""

    UNANSWERED = "unanswered"
    NOT_GIVEN = "not_given"


Actual = bool | Decimal | str | frozenset[str] | Absent


class ParameterRef(Frozen):
    """A named, dated threshold instead of a number, see `vocabulary/parameters.yaml`."""

    parameter: str


class Condition(Frozen):
    """Either a join (`all`, `any`, `none`) of conditions, or one comparison: one subject and one operator."""

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    none: tuple["Condition", ...] | None = None
    profile: str | None = None
    answer: str | None = None
    contract: str | None = None
    risk: Literal["inherent"] | None = None
    is_: Scalar | None = Field(default=None, alias="is")
    is_not: Scalar | None = None
    any_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    at_least: Decimal | ParameterRef | None = None
    at_most: Decimal | ParameterRef | None = None
    answered: StrictBool | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        joins, subjects, operators = self._given(JOINS), self._given(SUBJECTS), self._given(OPERATOR_NAMES)
        comparison = len(subjects) == 1 and len(operators) == 1 and not joins
        join = len(joins) == 1 and not subjects and not operators
        if not (comparison or join):
            raise PydanticCustomError("condition_shape", CONDITION_SHAPE)
        return self

    def _given(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if getattr(self, name) is not None]

    @cached_property
    def subject(self) -> tuple[str, str]:
        """What a comparison looks at: (profile | answer | contract | risk, name)."""
        source = self._given(SUBJECTS)[0]
        return source, getattr(self, source)

    @cached_property
    def operator(self) -> str:
        """The operator of a comparison, as it is written in a definition."""
        return self._given(OPERATOR_NAMES)[0].rstrip("_")

    @cached_property
    def target(self) -> Scalar | tuple[str, ...] | ParameterRef:
        """What a comparison compares with."""
        target: Scalar | tuple[str, ...] | ParameterRef = getattr(self, self._given(OPERATOR_NAMES)[0])
        return target

    @cached_property
    def parts(self) -> tuple["Condition", ...] | None:
        """The joined conditions, or None for a comparison."""
        return next((part for part in (self.all, self.any, self.none) if part is not None), None)

    def comparisons(self) -> Iterable["Condition"]:
        """Every comparison inside, in the order written."""
        if self.parts is None:
            yield self
        for part in self.parts or ():
            yield from part.comparisons()


JOINS = ("all", "any", "none")
SUBJECTS = ("profile", "answer", "contract", "risk")
OPERATOR_NAMES = ("is_", "is_not", "any_of", "none_of", "at_least", "at_most", "answered")
CONDITION_SHAPE = (
    "Write either one of all, any, none with a list of conditions, or exactly one of "
    "profile, answer, contract, risk together with exactly one operator"
)

Verdict = bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison that decided an outcome: what was looked at, what it was, what it was held against."""

    comparison: Condition
    actual: Actual
    target: Actual | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """True, False or None (undetermined), and the comparisons that made it so."""

    verdict: Verdict
    because: tuple[Finding, ...] = ()


ALWAYS = Outcome(True)  # noqa: FBT003 - the verdict is the value


@dataclass(frozen=True, slots=True)
class Situation:
    """What conditions are held against: a look-up by (source, name), and the thresholds of a day."""

    look_up: Callable[[str, str], Actual]
    parameters: Mapping[str, Decimal]


def evaluate(condition: Condition | None, situation: Situation) -> Outcome:
    """Whether a condition holds; no condition always holds. Raises KeyError for an unknown parameter."""
    if condition is None:
        return ALWAYS
    if condition.parts is None:
        return _compare(condition, situation)
    outcomes = [evaluate(part, situation) for part in condition.parts]
    if condition.all is not None:
        return _join(outcomes, decisive=False)
    joined = _join(outcomes, decisive=True)
    if condition.any is not None or joined.verdict is None:
        return joined
    return Outcome(not joined.verdict, joined.because)


def _join(outcomes: list[Outcome], *, decisive: bool) -> Outcome:
    """One decisive verdict settles it; else anything undetermined leaves it open; else the opposite holds."""
    present = {outcome.verdict for outcome in outcomes}
    verdict = decisive if decisive in present else None if None in present else not decisive
    return Outcome(verdict, tuple(f for o in outcomes if o.verdict is verdict for f in o.because))


def _compare(comparison: Condition, situation: Situation) -> Outcome:
    actual = situation.look_up(*comparison.subject)
    target = comparison.target
    if isinstance(target, ParameterRef):
        target = situation.parameters[target.parameter]
    finding = (Finding(comparison, actual, target),)
    if comparison.operator == "answered":
        return Outcome((not isinstance(actual, Absent)) is target, finding)
    if actual is Absent.UNANSWERED:
        return Outcome(None, finding)
    if actual is Absent.NOT_GIVEN:
        return Outcome(False, finding)  # noqa: FBT003 - the verdict is the value
    return Outcome(OPERATORS[comparison.operator](actual, target), finding)


def _codes(actual: object) -> frozenset[object]:
    return actual if isinstance(actual, frozenset) else frozenset((actual,))


def _at_least(actual: object, target: object) -> bool:
    return isinstance(actual, Decimal) and isinstance(target, Decimal) and actual >= target


def _at_most(actual: object, target: object) -> bool:
    return isinstance(actual, Decimal) and isinstance(target, Decimal) and actual <= target


def _meets(actual: object, target: object) -> bool:
    return isinstance(target, tuple) and not _codes(actual).isdisjoint(target)


OPERATORS: Mapping[str, Callable[[object, object], bool]] = {
    "is": lambda actual, target: _codes(actual) == frozenset((target,)),
    "is_not": lambda actual, target: _codes(actual) != frozenset((target,)),
    "any_of": _meets,
    "none_of": lambda actual, target: not _meets(actual, target),
    "at_least": _at_least,
    "at_most": _at_most,
}
"""The whole table; `answered` is settled before, since it is about the absence itself."""
