"""Step 4, evidence: what a document of its kind must say, and two readings of one document made into one."""

from collections.abc import Sequence

from compliance.evidence.facts import Fact
from compliance.evidence.kinds import CERTIFICATE

MUST_SAY = frozenset({"holder", "standard", "certificate_number", "issuer", "valid_until"})  # a certificate
ANY_SAYS = frozenset({"holder", "issued_on"})
NO_KIND = "other"


def is_certificate(facts: Sequence[Fact]) -> bool:
    """Was the document found to be a certificate?"""
    return any(fact.field == "document_type" and fact.value == CERTIFICATE for fact in facts)


def lacks(facts: Sequence[Fact]) -> bool:
    """Is something not found that a document of this kind says?"""
    return not _answered(facts) >= (MUST_SAY if is_certificate(facts) else ANY_SAYS)


def completed(one: tuple[Fact, ...], other: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The fuller reading, with the fields that only the other one has."""
    base, more = sorted((one, other), key=_fullness, reverse=True)
    found = _answered(base)
    return (*base, *(fact for fact in more if fact.field not in found))


def _fullness(facts: Sequence[Fact]) -> tuple[bool, int]:
    kind = next((fact.value for fact in facts if fact.field == "document_type"), NO_KIND)
    return kind != NO_KIND, len(_answered(facts))


def _answered(facts: Sequence[Fact]) -> set[str]:
    return {fact.field for fact in facts if fact.answer}
