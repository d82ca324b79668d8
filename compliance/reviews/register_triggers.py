"""Step 6, reviews: triggers from the list of a contract's subcontractors: T12 and T13."""

from datetime import date

from compliance.reviews.due_items import DueItem
from compliance.reviews.ladders import ladder_items
from compliance.reviews.parameters import Parameters
from compliance.suppliers.tiers import is_above_limit

UNAPPROVED = "T12"
TIERS = "T13"
APPROVED = "approved"


def unapproved_subcontractor(
    subject: str, starts_on: date, approval: str, rules: Parameters
) -> tuple[DueItem, ...]:
    """T12: a subcontractor begins and is not approved, so it may not be on the site (LOU 17 kap. 7 §).

    `starts_on` is its first day, or the day it was put on the list when that is not known.
    """
    if approval == APPROVED:
        return ()
    params = {"starts_on": starts_on.isoformat(), "cause": approval}
    return ladder_items((UNAPPROVED, subject), starts_on, rules.unapproved_subcontractor, params)


def too_many_tiers(
    subject: str, listed_on: date, tiers: tuple[int, int | None], rules: Parameters
) -> tuple[DueItem, ...]:
    """T13: a subcontractor is deeper than the contract allows. `tiers` is its tier and the contract's limit."""
    tier, limit = tiers
    if not is_above_limit(tier, limit):
        return ()
    params = {"tier": str(tier), "limit": str(limit)}
    return ladder_items((TIERS, subject), listed_on, rules.too_many_tiers, params)
