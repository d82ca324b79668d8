"""Scoring (step 5): declared and supported numbers of each area, and overall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from compliance.scoring.items import FULL, NOTHING, Item
from compliance.scoring.method import Method
from compliance.scoring.words import Area, ItemState

TOP = Fraction(100)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item with its weight w, credit a, evidence factor e and the products w*a and w*a*e."""

    item: Item
    weight: Fraction
    credit: Fraction
    factor: Fraction
    claimed: Fraction
    proven: Fraction

    @property
    def scored(self) -> bool:
        """Whether the item stands in its area's denominator."""
        return self.weight > 0 and self.item.counts and not self.item.bonus


@dataclass(frozen=True, slots=True)
class Numbers:
    """Exact scores from 0 to 100: what is claimed, and what of it is supported by proof."""

    declared: Fraction
    supported: Fraction


@dataclass(frozen=True, slots=True)
class AreaBasis:
    """What an area's result rests on; `numbers` is None when the scored items are too few."""

    area: Area
    scored_items: int
    total_weight: Fraction
    numbers: Numbers | None


def weigh(items: Iterable[Item], method: Method) -> tuple[Weighed, ...]:
    """Every item with w, a and e, in input order."""
    return tuple(weigh_one(item, method) for item in items)


def weigh_one(item: Item, method: Method) -> Weighed:
    """One item with w, a and e; the evidence factor acts only where a credit needs proof."""
    needs_proof = item.expects_evidence and item.earned > 0
    factor = method.evidence_factors[item.evidence] if needs_proof else FULL
    weight = method.weights[item.criticality]
    claimed = weight * item.earned
    return Weighed(item, weight, item.earned, factor, claimed, claimed * factor)


def area_bases(weighed: Sequence[Weighed], method: Method) -> tuple[AreaBasis, ...]:
    """The numbers of every area, in the order of `Area`."""
    return tuple(_basis(area, weighed, method) for area in Area)


def _basis(area: Area, weighed: Sequence[Weighed], method: Method) -> AreaBasis:
    mine = [one for one in weighed if one.item.area is area]
    scored = [one for one in mine if one.scored]
    # A bonus lifts the numerator only. Unanswered ones have no credit, hidden ones neither.
    earning = [one for one in mine if one.credit and (one.scored or one.item.bonus)]
    total = sum((one.weight for one in scored), NOTHING)
    if len(scored) < method.minimum_items:
        return AreaBasis(area, len(scored), total, None)
    declared = sum((one.claimed for one in earning), NOTHING)
    supported = sum((one.proven for one in earning), NOTHING)
    numbers = Numbers(min(TOP, TOP * declared / total), min(TOP, TOP * supported / total))
    return AreaBasis(area, len(scored), total, numbers)


def overall(bases: Iterable[AreaBasis], method: Method) -> Numbers | None:
    """The weighted mean of the areas that have numbers; None when none has."""
    known = [(method.area_weights[basis.area], basis.numbers) for basis in bases if basis.numbers]
    if not known:
        return None
    total = sum((weight for weight, _ in known), NOTHING)
    return Numbers(
        declared=sum((weight * numbers.declared for weight, numbers in known), NOTHING) / total,
        supported=sum((weight * numbers.supported for weight, numbers in known), NOTHING) / total,
    )


def if_claims_accepted(weighed: Iterable[Weighed], method: Method) -> Numbers | None:
    """The overall numbers if every pending "not applicable" were accepted. Shown, never used for the band."""
    others = [one for one in weighed if one.item.state is not ItemState.NA_PENDING]
    return overall(area_bases(others, method), method)
