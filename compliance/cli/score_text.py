"""Command line for scoring (step 5): a scorecard and its explanation as plain lines for people."""

from collections.abc import Iterator

from compliance.scoring import Explanation, Scorecard


def as_text(card: Scorecard, explanation: Explanation) -> str:
    """The result, the areas and the reasons, one thing a line."""
    return "\n".join([*_result(card, explanation), *_areas(card), *_reasons(explanation)])


def _result(card: Scorecard, explanation: Explanation) -> Iterator[str]:
    yield f"Band {card.band or '-'} ({card.state}). {explanation.state}"
    if card.numbers:
        yield f"Declared {card.numbers.declared}, supported {card.numbers.supported}"
    if card.shown is not None:
        yield f"Score shown {card.shown}"
    if card.residual_risk:
        yield f"Residual risk {card.residual_risk} (inherent {card.inherent_risk})"
        yield f"Assess again in {card.reassess_months} months"


def _areas(card: Scorecard) -> Iterator[str]:
    for area in card.areas:
        numbers = area.numbers
        told = f"declared {numbers.declared}, supported {numbers.supported}" if numbers else "no numbers"
        yield f"  {area.area}: band {area.band or '-'}, {told}"


def _reasons(explanation: Explanation) -> Iterator[str]:
    for reason in explanation.gates:
        yield f"{reason.gate}: {reason.sentence} {' '.join(reason.items)}".rstrip()
    for loss in explanation.top_losses:
        yield f"{loss.id} loses {loss.lost} points of {loss.area}"
    for proof in explanation.missing_proof:
        yield f"{proof.id}: {proof.sentence}"
    for way in explanation.improvements:
        yield f"To band {way.band}: {way.id}. {way.sentence}"
