"""Scoring (step 5): from the shown supported score and the gates to a band."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from compliance.scoring.method import Method
from compliance.scoring.words import Band, CaseState, Gate

BANDS = tuple(Band)


def band_at(supported: Decimal, method: Method) -> Band:
    """The band of a shown supported score."""
    return next(band for band in BANDS if supported >= method.bands[band])


def at_most(band: Band, caps: Iterable[Band]) -> Band:
    """The band, or the lowest of the caps when that is worse."""
    return BANDS[max(BANDS.index(one) for one in (band, *caps))]


def overall_caps(state: CaseState, fired: Collection[Gate], method: Method) -> tuple[Band, ...]:
    """The caps on the overall band: G3, G4, and a provisional basis."""
    rules = method.gates
    caps = (
        (Gate.MAJOR_FAILED in fired, rules.failed_major.overall_at_most),
        (Gate.MAJORS_FAILED_IN_AREA in fired, rules.failed_majors_in_area.overall_at_most),
        (state is CaseState.PROVISIONAL, rules.provisional.overall_at_most),
    )
    return tuple(cap for applies, cap in caps if applies)


def held_by_weakest(band: Band, area_bands: Collection[Band], method: Method) -> Band:
    """The band after G5: not more than the allowed steps above the worst area band."""
    worst = max(map(BANDS.index, area_bands))
    highest = max(0, worst - method.gates.weakest_area.steps)
    return at_most(band, [BANDS[highest]])
