"""Previewing: who would stand where under another scoring method; nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from compliance.scoring import Method, score
from compliance.scoring.words import InherentRisk
from compliance.storage.models import Assessment, Scorecard
from compliance.workflow.snapshots import items_in

AT_ONCE = 100


@dataclass(frozen=True)
class Standing:
    """What a result shows: `supported` is a share in percent, None without numbers."""

    state: str
    band: str | None
    supported: float | None


@dataclass(frozen=True)
class Preview:
    """One supplier's newest result as it stands, and as it would be."""

    assessment: Assessment
    now: Standing
    then: Standing

    @property
    def changes_band(self) -> bool:
        """Whether the band would be another one (none is one of them)."""
        return self.now.band != self.then.band


def preview(session: Session, method: Method) -> Iterator[Preview]:
    """The newest scored round of every supplier under another method, by supplier.

    The same function as for stored results is given the same stored items, so a preview cannot differ from
    what a change of method would bring.
    """
    newest_round = (
        select(func.max(Assessment.id))
        .where(Assessment.score_state.is_not(None))
        .group_by(Assessment.supplier_id)
    )
    newest_card = select(func.max(Scorecard.id)).group_by(Scorecard.assessment_id)
    query = (
        select(Scorecard, Assessment)
        .join(Assessment, Assessment.id == Scorecard.assessment_id)
        .where(Scorecard.id.in_(newest_card), Assessment.id.in_(newest_round))
        .order_by(Assessment.supplier_id)
        .options(joinedload(Assessment.supplier))
        .execution_options(yield_per=AT_ONCE)
    )
    for card, assessment in session.execute(query):
        yield Preview(assessment, _stored(card), _under(card, method))


def _stored(card: Scorecard) -> Standing:
    result = card.result
    return Standing(result["state"], result["band"], result["supported"])


def _under(card: Scorecard, method: Method) -> Standing:
    result = score(list(items_in(card)), InherentRisk(card.inputs["inherent_risk"]), method)
    return Standing(result.state, result.band, float(result.numbers.supported) if result.numbers else None)
