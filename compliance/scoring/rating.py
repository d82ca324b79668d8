"""Scoring (step 5): from weighed items to state, areas, gates and band: everything that is a judgement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from compliance.scoring.areas import AreaBasis, Numbers, Weighed, area_bases, overall
from compliance.scoring.bands import at_most, band_at, held_by_weakest, overall_caps
from compliance.scoring.gates import FiredGate, capped_areas, codes, in_order, item_gates
from compliance.scoring.method import Method
from compliance.scoring.rounding import shown_score
from compliance.scoring.words import Area, AreaState, Band, CaseState, Gate

WORST_BAND_GATES = frozenset({Gate.ZERO_TOLERANCE_FAILED, Gate.ANSWER_JUDGED_FALSE})
BANDED_STATES = frozenset({CaseState.RATED, CaseState.PROVISIONAL})


@dataclass(frozen=True, slots=True)
class ShownNumbers:
    """Declared and supported as shown: 0.0 to 100.0, one decimal, halves up."""

    declared: Decimal
    supported: Decimal


@dataclass(frozen=True, slots=True)
class AreaResult:
    """The result of one area; numbers and band are None on an insufficient basis."""

    area: Area
    state: AreaState
    band: Band | None
    numbers: ShownNumbers | None


@dataclass(frozen=True, slots=True)
class Rating:
    """How a case stands. `shown` is the one score to print beside the band."""

    state: CaseState
    band: Band | None
    shown: Decimal | None
    numbers: ShownNumbers | None
    areas: tuple[AreaResult, ...]
    gates: tuple[FiredGate, ...]


@dataclass(frozen=True, slots=True)
class _Placing:
    band: Band | None = None
    shown: Decimal | None = None
    held_by_weakest: bool = False


def rate(weighed: Sequence[Weighed], method: Method) -> Rating:
    """State, areas, gates and band of these items."""
    bases = area_bases(weighed, method)
    fired = item_gates([one.item for one in weighed], method)
    areas = tuple(_area_result(basis, fired, method) for basis in bases)
    numbers = shown_numbers(overall(bases, method))
    state = _state(bases, codes(fired))
    placing = _place(numbers, areas, codes(fired), state, method=method)
    weakest = (FiredGate(Gate.WEAKEST_AREA),) if placing.held_by_weakest else ()
    gates = in_order((*fired, *weakest, *_unsupported(numbers, method)))
    return Rating(state, placing.band, placing.shown, numbers, areas, gates)


def shown_numbers(numbers: Numbers | None) -> ShownNumbers | None:
    """Exact numbers as they are shown."""
    if numbers is None:
        return None
    return ShownNumbers(shown_score(numbers.declared), shown_score(numbers.supported))


def _area_result(basis: AreaBasis, fired: Collection[FiredGate], method: Method) -> AreaResult:
    numbers = shown_numbers(basis.numbers)
    if numbers is None:
        return AreaResult(basis.area, AreaState.INSUFFICIENT_BASIS, None, None)
    capped = basis.area in capped_areas(fired)
    caps = [method.gates.failed_majors_in_area.area_at_most] if capped else []
    band = at_most(band_at(numbers.supported, method), caps)
    return AreaResult(basis.area, AreaState.RATED, band, numbers)


def _state(bases: Collection[AreaBasis], fired: frozenset[Gate]) -> CaseState:
    """The first state that applies, in the order of the method."""
    if WORST_BAND_GATES & fired:
        return CaseState.RATED
    if not any(basis.numbers for basis in bases):
        return CaseState.NOT_RATEABLE
    if Gate.ZERO_TOLERANCE_OPEN in fired:
        return CaseState.INCOMPLETE
    if any(basis.scored_items and not basis.numbers for basis in bases):
        return CaseState.PROVISIONAL
    return CaseState.RATED


def _place(
    numbers: ShownNumbers | None,
    areas: Collection[AreaResult],
    fired: frozenset[Gate],
    state: CaseState,
    *,
    method: Method,
) -> _Placing:
    rule = method.gates.zero_tolerance
    if WORST_BAND_GATES & fired:
        ceiling = shown_score(rule.shown_at_most)
        return _Placing(rule.band, min(numbers.supported, ceiling) if numbers else None)
    if numbers is None or state not in BANDED_STATES:
        return _Placing()
    capped = at_most(band_at(numbers.supported, method), overall_caps(state, fired, method))
    band = held_by_weakest(capped, [area.band for area in areas if area.band], method)
    return _Placing(band, numbers.supported, held_by_weakest=band is not capped)


def _unsupported(numbers: ShownNumbers | None, method: Method) -> tuple[FiredGate, ...]:
    """G6, from the shown numbers of the whole case."""
    if numbers is None:
        return ()
    gap = numbers.declared - numbers.supported
    wide = gap > method.gates.unsupported_claims.gap_above
    return (FiredGate(Gate.CLAIMS_NOT_SUPPORTED),) if wide else ()
