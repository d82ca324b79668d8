"""Step 4, evidence: from when and until when a document holds, chosen among its labelled dates."""

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.evidence.dated import Dated, find_dated
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page

ISSUED_ORDER = (
    "reissued",
    "issued",
    "registered",
    "decided",
    "valid_from",
    "adopted",
    "revised",
    "published",
    "dated",
    "first_issued",
)
LABELLED = 0.7  # certainty of a date with a label
LONGEST_VALIDITY = 5.2  # years; management-system certificates run three, some permits five
LATE_IN_CYCLE = 0.5  # years before the end: a date there is the next certification's, not this one's


def valid_until(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The last day of validity, alternatives after it; contradictions and implausible spans carry a warning.

    Due dates of surveillance and re-certification and the previous cycle's expiry are told apart by their labels.
    """
    dated = find_dated(pages)
    candidates = _by_certainty(one for one in dated if one.role in ("valid_until", "validity"))
    values = {one.value for one in candidates if one.certainty >= LABELLED}
    start = max((one.value for one in _issued(dated) if one.role != "first_issued"), default="")
    candidates.sort(key=lambda one: bool(start) and one.value < start)
    facts = []
    for one in _one_each(candidates):
        fact = to_fact("valid_until", one)
        if len(values) > 1:
            fact = fact.warned("several_dates", 0.8)
        facts.append(_against_start(fact, start))
    return tuple(facts)


def issued_on(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The day this issue of a certificate was made; the first issue's day is an alternative."""
    dated = find_dated(pages)
    found = _issued(dated)
    return tuple(to_fact("issued_on", one) for one in _one_each(found))


def _issued(dated: Sequence[Dated]) -> list[Dated]:
    end = max((one.value for one in dated if one.role == "valid_until"), default="")
    found = [one for one in dated if one.role in ISSUED_ORDER and not _is_next(one, end)]
    return sorted(
        found, key=lambda one: (ISSUED_ORDER.index(one.role), -one.certainty, one.partial, one.page)
    )


def _is_next(one: Dated, end: str) -> bool:
    """A 'recertification date' near or after the end is when the next certification is due."""
    return one.role == "reissued" and bool(end) and years_between(one.value, end) < LATE_IN_CYCLE


def _against_start(fact: Fact, start: str) -> Fact:
    if not start:
        return fact
    years = years_between(start, fact.value)
    if years < 0:
        return fact.warned("before_issued", 0.5)
    return fact.warned("far_ahead", 0.6) if years > LONGEST_VALIDITY else fact


def years_between(start: str, end: str) -> float:
    """Years from one ISO date to another; shortened dates count from their first day."""
    first, last = (date.fromisoformat((value + "-01-01")[:10]) for value in (start, end))
    return (last - first).days / 365.25


def _by_certainty(found: Iterable[Dated]) -> list[Dated]:
    return sorted(found, key=lambda one: (-one.certainty, one.partial, one.page))


def _one_each(found: Iterable[Dated]) -> list[Dated]:
    """The first of each value; 'October 2022' goes where the full day is known."""
    kept: list[Dated] = []
    for one in found:
        if not any(other.value.startswith(one.value) for other in kept):
            kept.append(one)
    return kept[:4]


def to_fact(field: str, one: Dated) -> Fact:
    """A dated place as a fact, with the warnings its reading deserves."""
    fact = Fact(field, one.value, one.page, one.box, one.quote, round(one.certainty, 3), one.source)
    if one.ambiguous:
        fact = fact.warned("ambiguous_date", 0.7)
    if one.how == "none" and one.role == "unlabelled":
        fact = fact.warned("unlabelled")
    return fact.warned("partial_date") if one.partial else fact
