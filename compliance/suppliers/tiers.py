"""Step 1, suppliers: the tiers below a contract, and what an entry in the list of subcontractors must be."""

from collections.abc import Iterator
from datetime import date

from compliance.suppliers.contract_checks import day_refusals
from compliance.suppliers.refusals import Refusal

DEEPEST = 9


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


TIER_OUTSIDE = N_("The tier must lie between 1 and %(most)s. 1 is hired by the supplier itself.")
NOT_THE_TIER_ABOVE = N_("That company is in tier %(tier)s, so this one must be in tier %(next)s.")
ENDS_BEFORE = N_("The last day is before the first day.")


def is_above_limit(tier: int, max_tiers: int | None) -> bool:
    """Whether a tier is deeper than the contract allows; without a limit none is."""
    return max_tiers is not None and tier > max_tiers


def entry_refusals(
    tier: int, tier_of_employer: int | None, starts_on: date | None, ends_on: date | None
) -> Iterator[Refusal]:
    """What is wrong with an entry; `tier_of_employer` is that of the subcontractor that hired it, if any."""
    if not 1 <= tier <= DEEPEST:
        yield Refusal("tier", TIER_OUTSIDE, {"most": DEEPEST})
    elif tier_of_employer is not None and tier != tier_of_employer + 1:
        yield Refusal("tier", NOT_THE_TIER_ABOVE, {"tier": tier_of_employer, "next": tier_of_employer + 1})
    yield from day_refusals("starts_on", starts_on)
    yield from day_refusals("ends_on", ends_on)
    if starts_on and ends_on and ends_on < starts_on:
        yield Refusal("ends_on", ENDS_BEFORE)


def is_on_site(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Whether a subcontractor works on the contract on a day; an open end has not come."""
    return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)
