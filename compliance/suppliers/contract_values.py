"""Step 1, suppliers: what cannot be true of a contract's other values, said where the mistake is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from compliance.suppliers.contract_checks import day_refusals
from compliance.suppliers.refusals import Refusal
from compliance.suppliers.register_words import words

CPV = re.compile(r"[0-9]{8}(-[0-9])?")
LARGEST_VALUE = 10**12
MOST_TIERS = 9
OF_LISTS = ("procedure", "threshold", "priority")
DAYS = ("follow_up_on", "startup_planned_on", "startup_held_on")


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


BAD_CPV = N_("A CPV code is eight digits, and perhaps a hyphen and a check digit: 45442100-8.")
NEGATIVE_VALUE = N_("The value cannot be less than 0.")
TOO_LARGE = N_("The value is larger than can be right. Write it in whole kronor.")
YEAR_ABOVE_TOTAL = N_("The value a year is larger than the total value. Check both.")
TIERS_OUTSIDE = N_("The number of tiers must lie between 0 and %(most)s. 0 means no subcontractors.")
NOT_ON_LIST = N_("Choose from the list.")


def detail_refusals(values: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """Everything that is wrong with a contract's values besides its terms; a value that is not there is right."""
    return (
        *_cpv_refusals(values.get("cpv") or ""),
        *_money_refusals(values),
        *_tier_refusals(values.get("max_tiers")),
        *_list_refusals(values),
        *(refusal for name in DAYS for refusal in day_refusals(name, values.get(name))),
    )


def _cpv_refusals(cpv: str) -> Iterator[Refusal]:
    if cpv and not CPV.fullmatch(cpv):
        yield Refusal("cpv", BAD_CPV)


def _money_refusals(values: Mapping[str, Any]) -> Iterator[Refusal]:
    total, annual = values.get("value_sek"), values.get("value_annual_sek")
    for name, value in (("value_sek", total), ("value_annual_sek", annual)):
        if value is not None and value < 0:
            yield Refusal(name, NEGATIVE_VALUE)
        elif value is not None and value > LARGEST_VALUE:
            yield Refusal(name, TOO_LARGE)
    if total is not None and annual is not None and 0 <= total < annual:
        yield Refusal("value_annual_sek", YEAR_ABOVE_TOTAL)


def _tier_refusals(tiers: int | None) -> Iterator[Refusal]:
    if tiers is not None and not 0 <= tiers <= MOST_TIERS:
        yield Refusal("max_tiers", TIERS_OUTSIDE, {"most": MOST_TIERS})


def _list_refusals(values: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in OF_LISTS:
        if values.get(name) and values[name] not in words(name):
            yield Refusal(name, NOT_ON_LIST)
    if not set(values.get("agreed_terms") or ()) <= set(words("agreed_terms")):
        yield Refusal("agreed_terms", NOT_ON_LIST)
