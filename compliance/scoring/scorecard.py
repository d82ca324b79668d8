"""Scoring (step 5): items in, an immutable scorecard out; one engine for page, preview and command."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compliance.scoring.areas import area_bases, if_claims_accepted, weigh
from compliance.scoring.gates import FiredGate
from compliance.scoring.items import Item
from compliance.scoring.method import Method
from compliance.scoring.points import LostPoints, lost_points
from compliance.scoring.rating import AreaResult, ShownNumbers, rate, shown_numbers
from compliance.scoring.risk import reassess_months, residual_risk
from compliance.scoring.words import Band, CaseState, InherentRisk, ResidualRisk


class DoubledItemError(ValueError):
    """Two items of one case have the same id."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole result with its method's version. `shown` is the one score to print beside the band."""

    state: CaseState
    band: Band | None
    numbers: ShownNumbers | None
    shown: Decimal | None
    if_accepted: ShownNumbers | None
    areas: tuple[AreaResult, ...]
    gates: tuple[FiredGate, ...]
    inherent_risk: InherentRisk
    residual_risk: ResidualRisk | None
    reassess_months: int | None
    points: tuple[LostPoints, ...]
    method: str


def score(items: Sequence[Item], inherent_risk: InherentRisk, method: Method) -> Scorecard:
    """The scorecard of one case. Pure: the same items give the same card. Raises DoubledItemError."""
    _refuse_doubled(items)
    weighed = weigh(items, method)
    rating = rate(weighed, method)
    residual = residual_risk(inherent_risk, rating.band, method)
    return Scorecard(
        state=rating.state,
        band=rating.band,
        numbers=rating.numbers,
        shown=rating.shown,
        if_accepted=shown_numbers(if_claims_accepted(weighed, method)),
        areas=rating.areas,
        gates=rating.gates,
        inherent_risk=inherent_risk,
        residual_risk=residual,
        reassess_months=reassess_months(residual, method),
        points=lost_points(weighed, area_bases(weighed, method)),
        method=method.version,
    )


def _refuse_doubled(items: Sequence[Item]) -> None:
    doubled = [id_ for id_, times in Counter(item.id for item in items).items() if times > 1]
    if doubled:
        raise DoubledItemError(f"These ids are used more than once: {', '.join(doubled)}.")
