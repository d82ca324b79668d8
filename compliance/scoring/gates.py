"""Scoring (step 5): which gates fire, because of which items."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.scoring.items import FULL, Item
from compliance.scoring.method import Method
from compliance.scoring.words import Area, Criticality, Gate, ItemState, Verdict

OPEN = frozenset({ItemState.UNANSWERED, ItemState.DONT_KNOW})


@dataclass(frozen=True, slots=True)
class FiredGate:
    """A gate that fired; `items` are the ids of those that fired it, `areas` those it caps."""

    gate: Gate
    items: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()


def item_gates(items: Sequence[Item], method: Method) -> tuple[FiredGate, ...]:
    """The gates that items fire by themselves (G1 G2 G3 G4 G7 G8), also in areas without numbers."""
    counting = [item for item in items if item.counts]
    regular = [item for item in counting if not item.bonus]
    majors = [item for item in regular if counts_as_failed_major(item)]
    fired = (
        _fired(Gate.ZERO_TOLERANCE_FAILED, filter(fails_zero_tolerance, regular)),
        _fired(Gate.ZERO_TOLERANCE_OPEN, filter(leaves_zero_tolerance_open, regular)),
        _fired(Gate.MAJOR_FAILED, majors, at_least=method.gates.failed_major.at_least),
        _failed_in_area(majors, method.gates.failed_majors_in_area.at_least),
        _fired(Gate.DOCUMENT_EXPIRED, (one for one in counting if rests_on_expired_document(one, method))),
        _fired(Gate.ANSWER_JUDGED_FALSE, (one for one in counting if one.judged_false)),
    )
    return tuple(gate for gate in fired if gate)


def _fired(gate: Gate, items: Iterable[Item], *, at_least: int = 1) -> FiredGate | None:
    ids = tuple(item.id for item in items)
    return FiredGate(gate, ids) if len(ids) >= at_least else None


def _failed_in_area(majors: Iterable[Item], at_least: int) -> FiredGate | None:
    by_area: defaultdict[Area, list[str]] = defaultdict(list)
    for item in majors:
        by_area[item.area].append(item.id)
    areas = tuple(area for area in Area if len(by_area[area]) >= at_least)
    ids = tuple(id_ for area in areas for id_ in by_area[area])
    return FiredGate(Gate.MAJORS_FAILED_IN_AREA, ids, areas) if areas else None


def breaks_zero_tolerance(item: Item) -> bool:
    """A zero-tolerance item that is answered with anything less than full credit."""
    answered = item.state is ItemState.ANSWERED
    return item.criticality is Criticality.ZERO_TOLERANCE and answered and item.earned < FULL


def fails_zero_tolerance(item: Item) -> bool:
    """G1: broken, and no person has found the failure remedied."""
    return breaks_zero_tolerance(item) and not item.remedied


def leaves_zero_tolerance_open(item: Item) -> bool:
    """G2: a zero-tolerance item without an answer, or answered with "don't know"."""
    return item.criticality is Criticality.ZERO_TOLERANCE and item.state in OPEN


def counts_as_failed_major(item: Item) -> bool:
    """G3 and G4: a major item without any credit, or a remedied zero-tolerance failure."""
    if item.criticality is Criticality.MAJOR:
        return item.earned == 0
    return breaks_zero_tolerance(item) and item.remedied


def rests_on_expired_document(item: Item, method: Method) -> bool:
    """G7: whatever the credit, bonus items included; items without weight never."""
    expired = item.expects_evidence and item.evidence is Verdict.EXPIRED
    return expired and method.weights[item.criticality] > 0


def in_order(fired: Iterable[FiredGate]) -> tuple[FiredGate, ...]:
    """The gates in the order in which they are listed: G1 to G8."""
    return tuple(sorted(fired, key=lambda one: one.gate))


def codes(fired: Iterable[FiredGate]) -> frozenset[Gate]:
    """Which gates fired, without the reasons."""
    return frozenset(one.gate for one in fired)


def capped_areas(fired: Iterable[FiredGate]) -> Iterator[Area]:
    """The areas whose own band a gate caps (G4)."""
    for one in fired:
        yield from one.areas
