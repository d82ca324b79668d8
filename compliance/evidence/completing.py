"""Step 4, evidence: what a document of its kind must say, and two readings of one document made into one."""

from collections.abc import Sequence

from compliance.evidence.facts import Fact
from compliance.evidence.kinds import CERTIFICATE
from compliance.evidence.validity import LONGEST_VALIDITY, years_between

MUST_SAY = frozenset({"holder", "standard", "certificate_number", "issuer", "valid_until"})  # a certificate
ANY_SAYS = frozenset({"holder", "issued_on"})
DATES = frozenset({"issued_on", "valid_until"})
DIFFER = 0.7
NO_KIND = "other"


def is_certificate(facts: Sequence[Fact]) -> bool:
    """Was the document found to be a certificate?"""
    return any(fact.field == "document_type" and fact.value == CERTIFICATE for fact in facts)


def lacks(facts: Sequence[Fact]) -> bool:
    """Is something not found that a document of this kind says, or the day of issue one of an earlier issue?"""
    return not _answered(facts) >= (MUST_SAY if is_certificate(facts) else ANY_SAYS) or _issued_long_ago(
        facts
    )


def completed(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The fuller reading, with the fields that only the other one has; where dates differ a person compares.

    The day of an earlier issue gives way to that of the present one.
    """
    base, more = sorted((one, other), key=_fullness, reverse=True)
    if _issued_long_ago(base) and not _issued_long_ago(more) and "issued_on" in _answered(more):
        base = tuple(fact for fact in base if fact.field != "issued_on")
    found = _answered(base)
    both = (*base, *(fact for fact in more if fact.field not in found))
    return tuple(fact.warned("read_from_picture", DIFFER) if _differs(fact, more) else fact for fact in both)


def _differs(fact: Fact, other: Sequence[Fact]) -> bool:
    """Does the other reading give this date otherwise?"""
    values = {one.value for one in other if one.field == fact.field}
    return fact.field in DATES and bool(values) and fact.value not in values


def _issued_long_ago(facts: Sequence[Fact]) -> bool:
    """A certificate runs three years from its issue, some permits five: an earlier day is that of the first issue."""
    days = {fact.field: fact.value for fact in reversed(facts) if fact.answer and fact.field in DATES}
    return (
        len(days) == len(DATES) and years_between(days["issued_on"], days["valid_until"]) > LONGEST_VALIDITY
    )


def _fullness(facts: Sequence[Fact]) -> tuple[bool, int]:
    kind = next((fact.value for fact in facts if fact.field == "document_type"), NO_KIND)
    return kind != NO_KIND, len(_answered(facts))


def _answered(facts: Sequence[Fact]) -> set[str]:
    return {fact.field for fact in facts if fact.answer}
