"""Scoring (step 5): an item, which is one question of one assessment after routing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from compliance.scoring.words import Area, Criticality, ItemState, Verdict

SCORED_STATES = frozenset(
    {ItemState.ANSWERED, ItemState.DONT_KNOW, ItemState.UNANSWERED, ItemState.NA_PENDING},
)
CLAIMED_AWAY = frozenset({ItemState.NA_PENDING, ItemState.NA_ACCEPTED})
NOTHING, FULL = Fraction(0), Fraction(1)


class ImpossibleItemError(ValueError):
    """An item that the method does not allow; `field` is the one to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, asked once (or once per contract), with its answer and what is known of the proof.

    `credit` is 0..1, needed when answered and ignored otherwise. `evidence` is ignored when no
    evidence is expected. Raises ImpossibleItemError when the combination is not allowed.
    """

    id: str
    area: Area
    criticality: Criticality
    state: ItemState
    credit: Fraction | None = None
    expects_evidence: bool = False
    evidence: Verdict = Verdict.NONE
    remedied: bool = False
    judged_false: bool = False
    bonus: bool = False

    def __post_init__(self) -> None:
        for objection in objections(criticality=self.criticality, state=self.state, bonus=self.bonus):
            raise objection
        if self.state is ItemState.ANSWERED and not is_credit(self.credit):
            raise ImpossibleItemError("credit", "An answered item needs a credit from 0 to 1.")

    @property
    def counts(self) -> bool:
        """Whether the item can fire gates: it is neither hidden nor accepted as not applicable."""
        return self.state in SCORED_STATES

    @property
    def earned(self) -> Fraction:
        """The credit a of the method: what was answered, and nothing in every other state."""
        if self.state is ItemState.ANSWERED and self.credit is not None:
            return self.credit
        return NOTHING


def is_credit(credit: Fraction | None) -> bool:
    """Whether this is a credit at all: a number from 0 to 1."""
    return credit is not None and NOTHING <= credit <= FULL


def objections(
    *,
    criticality: Criticality | None,
    state: ItemState | None,
    bonus: bool,
) -> Iterator[ImpossibleItemError]:
    """What the method forbids; None stands for a word that could not be read."""
    if criticality is not Criticality.ZERO_TOLERANCE:
        return
    if state in CLAIMED_AWAY:
        yield ImpossibleItemError("state", "A zero-tolerance item can never be 'not applicable'.")
    if bonus:
        yield ImpossibleItemError("bonus", "A bonus item cannot be zero-tolerance.")


def criticality_of(question: Criticality, option: Criticality | None) -> Criticality:
    """The criticality of an item: the chosen option's own, when it carries one."""
    return question if option is None else option


def judged(item: Item, *, credit: Fraction | None = None, evidence: Verdict | None = None) -> Item:
    """The item after a person's judgement, which wins over the answer's credit and the machine's verdict."""
    return replace(
        item,
        credit=item.credit if credit is None else credit,
        evidence=item.evidence if evidence is None else evidence,
    )
