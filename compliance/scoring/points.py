"""Scoring (step 5): how many points of its area each scored item loses, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from compliance.scoring.areas import TOP, AreaBasis, Weighed
from compliance.scoring.items import FULL
from compliance.scoring.rounding import shown_points
from compliance.scoring.words import Area


@dataclass(frozen=True, slots=True)
class LostPoints:
    """Points of its area that an item loses: in all, by the answer, by the proof. None without numbers.

    The three are rounded each by itself, so the parts need not add up to the whole.
    """

    id: str
    area: Area
    lost: Decimal | None
    lost_answer: Decimal | None
    lost_proof: Decimal | None


def lost_points(weighed: Iterable[Weighed], bases: Iterable[AreaBasis]) -> tuple[LostPoints, ...]:
    """The losses of the scored items, in input order."""
    basis_of = {basis.area: basis for basis in bases}
    return tuple(_loss(one, basis_of[one.item.area]) for one in weighed if one.scored)


def _loss(one: Weighed, basis: AreaBasis) -> LostPoints:
    if basis.numbers is None:
        return LostPoints(one.item.id, one.item.area, None, None, None)
    ceiling = TOP * one.weight / basis.total_weight
    parts = (
        ceiling * (FULL - one.credit * one.factor),
        ceiling * (FULL - one.credit),
        ceiling * one.credit * (FULL - one.factor),
    )
    return LostPoints(one.item.id, one.item.area, *map(shown_points, parts))
