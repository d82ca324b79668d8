"""Step 6, reviews: triggers from what a document says about tax, insurance and the company: T15 and T16."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from compliance.reviews.due_items import DueItem
from compliance.reviews.ladders import at_once
from compliance.reviews.parameters import Finding, Parameters

TAX_AND_INSURANCE = "T15"
COMPANY_CHANGED = "T16"

Facts = Mapping[str, Iterable[str]]
"""The values of each field of a document that were read without a doubt."""


def document_findings(
    subject: str, kind: str, facts: Facts, known_on: date, rules: Parameters
) -> tuple[DueItem, ...]:
    """T15 and T16: F-tax not approved, money owed, insurance that ran out; bankruptcy and the like.

    Of each trigger only the most serious is told. `known_on` is the day the document came; insurance is told of on
    the day after its last.
    """
    items: dict[str, DueItem] = {}
    for finding in rules.document_findings:
        found = _found(finding, kind, facts)
        if found is None or finding.trigger in items:
            continue
        day = max(known_on, _after(found)) if finding.lapsed else known_on
        params = {"cause": finding.cause}
        if finding.lapsed:
            params["valid_until"] = found
        (items[finding.trigger],) = at_once((finding.trigger, subject), day, finding.severity, params)
    return tuple(items.values())


def _found(finding: Finding, kind: str, facts: Facts) -> str | None:
    if finding.kind and finding.kind != kind:
        return None
    values = [value.casefold().strip() for value in facts.get(finding.field, ())]
    if finding.lapsed:
        return min((value for value in values if _is_day(value)), default=None)
    return next((value for value in values if _says(finding, value)), None)


def _says(finding: Finding, value: str) -> bool:
    if finding.owed:
        number = value.split(" ", maxsplit=1)[0].replace(",", ".")
        return number.replace(".", "", 1).isdigit() and float(number) > 0
    return value.startswith(finding.values)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _after(day: str) -> date:
    return date.fromisoformat(day) + timedelta(days=1)
