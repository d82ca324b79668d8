"""Scoring (step 5): the trail that people read: why this score, and what would raise it (no HTML here)."""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.scoring.bands import BANDS
from compliance.scoring.gates import FiredGate
from compliance.scoring.improvements import Improvement, improvements
from compliance.scoring.items import Item
from compliance.scoring.method import Method
from compliance.scoring.points import LostPoints
from compliance.scoring.rounding import shown_score
from compliance.scoring.scorecard import Scorecard
from compliance.scoring.sentences import GATE_SENTENCES, PROOF_SENTENCES, STATE_SENTENCES, Sentence
from compliance.scoring.words import Area, Band, CaseState, Gate, Verdict


@dataclass(frozen=True, slots=True)
class GateReason:
    """A gate that fired: its code, the sentence for people, and the ids of the items that fired it."""

    gate: Gate
    sentence: Sentence
    items: tuple[str, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class MissingProof:
    """A claimed answer without valid proof, and what is wrong with the proof."""

    id: str
    area: Area
    verdict: Verdict
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a page needs to say why a case got its result."""

    state: Sentence
    top_losses: tuple[LostPoints, ...]
    gates: tuple[GateReason, ...]
    improvements: tuple[Improvement, ...]
    missing_proof: tuple[MissingProof, ...]


def explain(items: Sequence[Item], card: Scorecard, method: Method) -> Explanation:
    """The reasons behind `card`, which must be the scorecard of these items under this method."""
    return Explanation(
        state=Sentence(STATE_SENTENCES[card.state], _state_params(card.state, method)),
        top_losses=top_losses(card, limit=method.explanation.top_items),
        gates=tuple(_reason(fired, card, method) for fired in card.gates),
        improvements=improvements(items, method),
        missing_proof=missing_proof(items),
    )


def top_losses(card: Scorecard, *, limit: int) -> tuple[LostPoints, ...]:
    """The items that lose most points of their area, largest loss first, ties in input order."""
    losing = [(loss.lost, loss) for loss in card.points if loss.lost]
    return tuple(loss for _, loss in sorted(losing, key=lambda pair: -pair[0])[:limit])


def missing_proof(items: Sequence[Item]) -> tuple[MissingProof, ...]:
    """The answers that claim credit and lack valid proof, in input order (bonus items included)."""
    return tuple(
        MissingProof(item.id, item.area, item.evidence, Sentence(PROOF_SENTENCES[item.evidence]))
        for item in items
        if item.earned and item.expects_evidence and item.evidence in PROOF_SENTENCES
    )


def _reason(fired: FiredGate, card: Scorecard, method: Method) -> GateReason:
    params = {name: str(value) for name, value in _gate_params(fired.gate, card, method).items()}
    return GateReason(fired.gate, Sentence(GATE_SENTENCES[fired.gate], params), fired.items, fired.areas)


def _gate_params(gate: Gate, card: Scorecard, method: Method) -> dict[str, object]:
    rules = method.gates
    worst_band = {
        "band": rules.zero_tolerance.band,
        "shown": shown_score(rules.zero_tolerance.shown_at_most),
    }
    if gate is Gate.WEAKEST_AREA:
        return {"band": card.band, "weakest": worst_area_band(card)}
    if gate is Gate.CLAIMS_NOT_SUPPORTED and card.numbers:
        return {"gap": card.numbers.declared - card.numbers.supported}
    in_area = rules.failed_majors_in_area
    fixed: dict[Gate, dict[str, object]] = {
        Gate.ZERO_TOLERANCE_FAILED: {**worst_band},
        Gate.ANSWER_JUDGED_FALSE: {**worst_band},
        Gate.MAJOR_FAILED: {"band": rules.failed_major.overall_at_most},
        Gate.MAJORS_FAILED_IN_AREA: {
            "limit": in_area.at_least,
            "area_band": in_area.area_at_most,
            "band": in_area.overall_at_most,
        },
    }
    return fixed.get(gate, {})


def worst_area_band(card: Scorecard) -> Band | None:
    """The band that G5 measures by; None when no area has one."""
    bands = [area.band for area in card.areas if area.band]
    return max(bands, key=BANDS.index) if bands else None


def _state_params(state: CaseState, method: Method) -> dict[str, str]:
    known = {
        "minimum": str(method.minimum_items),
        "band": str(method.gates.provisional.overall_at_most),
    }
    return {
        CaseState.PROVISIONAL: known,
        CaseState.NOT_RATEABLE: {"minimum": known["minimum"]},
    }.get(state, {})
