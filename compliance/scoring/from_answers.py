"""Scoring (step 5): a question as it was asked and answered, with what its proof is worth, becomes an item."""

from fractions import Fraction

from compliance.answers.scored import ScoredRow
from compliance.scoring.items import NOTHING, Item
from compliance.scoring.words import Area, Criticality, ItemState, Verdict


def item_from(row: ScoredRow, evidence: Verdict = Verdict.NONE, *, na_accepted: bool = False) -> Item:
    """The item of one row. `na_accepted` is a person's yes to a claim that the question does not apply."""
    state = ItemState(row.state)
    if na_accepted and state is ItemState.NA_PENDING:
        state = ItemState.NA_ACCEPTED
    return Item(
        id=row.id,
        area=Area(row.area),
        criticality=Criticality(row.criticality),
        state=state,
        credit=NOTHING if row.credit is None else Fraction(row.credit),  # what is not scored earns nothing
        expects_evidence=row.expects_evidence,
        evidence=evidence,
        bonus=row.bonus,
    )
