"""Scoring (step 5): from exact fractions to the numbers that are shown."""

from decimal import Decimal
from fractions import Fraction
from math import floor

SCORE_DECIMALS = 1
POINTS_DECIMALS = 2
HALF = Fraction(1, 2)


def half_up(value: Fraction, decimals: int) -> Decimal:
    """`value` (never negative here) with so many decimals, halves rounded upwards."""
    return Decimal(floor(value * 10**decimals + HALF)).scaleb(-decimals)


def shown_score(value: Fraction) -> Decimal:
    """A score of 0..100 as it is shown and as bands read it: one decimal."""
    return half_up(value, SCORE_DECIMALS)


def shown_points(value: Fraction) -> Decimal:
    """Lost points as they are shown: two decimals."""
    return half_up(value, POINTS_DECIMALS)
