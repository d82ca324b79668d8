"""What to look at again before sending in: answers that do not fit together, documents that say something else."""

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.answers.consistency import conflicts_in
from compliance.answers.journey import Conflict, Journey
from compliance.answers.routing import Item
from compliance.questionnaires.consistency import inconsistencies
from compliance.storage.models import Assessment, Document
from compliance.web.supplier.proof_view import Shelf
from compliance.web.supplier.question_view import shelf_of

WORTH_A_LOOK = frozenset({"attention", "bad"})


@dataclass(frozen=True)
class Doubt:
    """A document that does not show what the answer needs, and why."""

    item: Item
    document: Document
    reasons: tuple[str, ...]


def conflicts_of(plan: Journey, shelf: Shelf) -> tuple[Conflict, ...]:
    """Answers that cannot all be right, whether a questionnaire says so or the rules across them."""
    given = {int(reference) for item in plan.items for reference in item.documents}
    kinds = {document.kind for number, document in shelf.documents.items() if number in given}
    return (
        *plan.contradictions,
        *conflicts_in(plan, inconsistencies(), {kind for kind in kinds if kind}),
    )


def doubts_of(plan: Journey, shelf: Shelf) -> list[Doubt]:
    """Documents that have expired, name another company, or say something else than the answer."""
    return [doubt for item in plan.items if item.documents for doubt in _doubts(item, shelf)]


def look_again(assessment: Assessment, plan: Journey) -> dict[str, object]:
    """Both, for the page that checks the answers."""
    shelf = shelf_of(assessment)
    return {"conflicts": conflicts_of(plan, shelf), "doubts": doubts_of(plan, shelf)}


def _doubts(item: Item, shelf: Shelf) -> Iterator[Doubt]:
    for given in shelf.proof(item).given:
        reasons = tuple(text for tone, text in given.findings if tone in WORTH_A_LOOK)
        if reasons:
            yield Doubt(item, given.document, reasons)
