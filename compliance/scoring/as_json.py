"""Scoring (step 5): a scorecard as the JSON that other programs read."""

from decimal import Decimal

from compliance.scoring.points import LostPoints
from compliance.scoring.rating import AreaResult, ShownNumbers
from compliance.scoring.scorecard import Scorecard


def as_json(card: Scorecard) -> dict[str, object]:
    """The scorecard as plain dicts, lists and numbers, keys in the order of the method's page."""
    return {
        "state": card.state.value,
        "band": card.band,
        **_pair(card.numbers),
        "shown": _number(card.shown),
        "if_accepted": _pair(card.if_accepted) if card.if_accepted else None,
        "areas": {area.area.value: _area(area) for area in card.areas},
        "gates": [fired.gate.value for fired in card.gates],
        "inherent_risk": card.inherent_risk.value,
        "residual_risk": card.residual_risk,
        "reassess_months": card.reassess_months,
        "points": [_loss(loss) for loss in card.points],
        "method": card.method,
    }


def _number(value: Decimal | None) -> float | None:
    # With one or two decimals the nearest float prints as exactly those decimals.
    return None if value is None else float(value)


def _pair(numbers: ShownNumbers | None) -> dict[str, object]:
    if numbers is None:
        return {"declared": None, "supported": None}
    return {"declared": _number(numbers.declared), "supported": _number(numbers.supported)}


def _area(result: AreaResult) -> dict[str, object]:
    return {"state": result.state.value, "band": result.band, **_pair(result.numbers)}


def _loss(loss: LostPoints) -> dict[str, object]:
    return {
        "id": loss.id,
        "area": loss.area.value,
        "lost": _number(loss.lost),
        "lost_answer": _number(loss.lost_answer),
        "lost_proof": _number(loss.lost_proof),
    }
