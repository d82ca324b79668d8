"""Step 4, evidence: people's words beside what the machine read, and what either counts for.

A procurer's word takes the place of the machine's. A supplier's is a claim: it lifts no warning and improves no
finding; where it differs from what was read, that is said, and a person looks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from compliance.evidence.facts import BUNDLE, FIELD_WORDS, N_, Fact, Reading
from compliance.evidence.matching import Finding
from compliance.evidence.personnummer import mask_personnummer

Role = Literal["supplier", "procurer"]
SUPPLIER: Role = "supplier"
PROCURER: Role = "procurer"
SEVERAL_VALUES = frozenset({"standard", "site", "regulation", "party", "amount", "part"})
"""Fields of which one document may rightly state several values."""

DECIDING = frozenset({
    "document_type", "holder", "org_number", "standard", "certificate_number", "issuer", "issued_on",
    "valid_until", "next_review",
})  # fmt: skip
"""Fields that a document is held against an answer by."""

DAYS = frozenset({"issued_on", "valid_until", "next_review"})
ADDABLE = ("valid_until", "issued_on", "standard", "certificate_number", "holder", "issuer")
"""What a person may add where the machine read nothing."""

AMBIGUOUS, PARTIAL = "ambiguous_date", "partial_date"
LONGEST = 300  # characters
WHOLE_DAY = len("2026-11-23")
NOWHERE = (0.0, 0.0, 0.0, 0.0)

NO_VALUE = N_("Write what the document says.")
TOO_LONG = N_("Write at most 300 characters.")
NO_DAY = N_("Write the day as year-month-day, for instance 2028-06-05.")
UNKNOWN_FIELD = N_("Choose what it is that the document says.")
CLAIMED = N_(
    "The supplier says that the document gives %(said)s, where we read %(found)s. Look at the page and decide."
)
CLAIMED_UNREAD = N_(
    "The supplier says that the document gives %(said)s, which we did not read. Look at the page and decide."
)
CLAIMED_ABSENT = N_(
    "The supplier says that %(found)s does not stand in the document. Look at the page and decide."
)


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word about one fact: `about` the machine's value ('' for none), `value` the person's ('': absent)."""

    field: str
    about: str
    value: str
    role: Role


class BadWordError(ValueError):
    """What was typed cannot be a value of the field; the text is a sentence for people."""


def parse_value(field: str, text: str) -> str:
    """What a person typed as the value of a fact, personal identity numbers masked. Raises BadWordError."""
    value = mask_personnummer(" ".join(text.split()))
    if field not in FIELD_WORDS or field == "part":
        raise BadWordError(UNKNOWN_FIELD)
    if not value:
        raise BadWordError(NO_VALUE)
    if len(value) > LONGEST:
        raise BadWordError(TOO_LONG)
    if field in DAYS and not _is_day(value):
        raise BadWordError(NO_DAY)
    return value


def other_order(value: str) -> str | None:
    """The same day with day and month exchanged; None when that is no other day."""
    if not _is_day(value):
        return None
    first = date.fromisoformat(value)
    try:
        other = first.replace(month=first.day, day=first.month)
    except ValueError:
        return None
    return other.isoformat() if other != first else None


def settled(reading: Reading, words: Iterable[Word]) -> Reading:
    """The reading with the procurer's words in place of the machine's, in the order in which they were said."""
    for word in words:
        if word.role == PROCURER:
            reading = replace(reading, facts=_with(reading, word))
    return reading


def claimed(reading: Reading, words: Sequence[Word]) -> Iterator[Finding]:
    """Where the supplier says something else than the machine read, and no procurer has settled it."""
    judged = {(word.field, word.about) for word in words if word.role == PROCURER}
    for word in words:
        key = (word.field, word.about)
        if word.role != SUPPLIER or word.field not in DECIDING or key in judged or word.value == word.about:
            continue
        found = fact_of(reading, word)
        params = {"said": word.value, "found": found.value if found else word.about}
        if found is not None and found.value == word.value:
            continue
        sentence = CLAIMED if params["found"] else CLAIMED_UNREAD
        yield Finding("differs", "warning", sentence if word.value else CLAIMED_ABSENT, params, found)


def fact_of(reading: Reading, word: Word) -> Fact | None:
    """The machine's fact that a word is about; after another reading of the document the field's present one."""
    facts = reading.all(word.field)
    same = next((fact for fact in facts if fact.value[:LONGEST] == word.about), None)
    return same if same is not None or _of_several(reading, word.field) else next(iter(facts), None)


def is_bundle(reading: Reading) -> bool:
    """Whether the file holds several documents, each with its own facts."""
    return any(fact.field == "document_type" and fact.value == BUNDLE for fact in reading.facts)


def _of_several(reading: Reading, field: str) -> bool:
    return field in SEVERAL_VALUES or is_bundle(reading)


def _with(reading: Reading, word: Word) -> tuple[Fact, ...]:
    """The person's fact at the place of the machine's; other values of a field that has one are mere mentions now."""
    target = fact_of(reading, word)
    rest = [fact for fact in reading.facts if fact is not target]
    if not _of_several(reading, word.field):
        rest = [replace(fact, answer=False) if fact.field == word.field else fact for fact in rest]
    if not word.value:
        return (*rest, replace(target, answer=False)) if target is not None else tuple(rest)
    known = target or Fact(word.field, "", 0, NOWHERE, "", 1.0)
    partial = (PARTIAL,) if word.field in DAYS and not _is_day(word.value) else ()
    said = replace(known, value=word.value, confidence=1.0, source=PROCURER, warnings=partial, answer=True)
    at = reading.facts.index(target) if target is not None else 0
    return (*rest[:at], said, *rest[at:])


def _is_day(value: str) -> bool:
    try:
        return len(value) == WHOLE_DAY and bool(date.fromisoformat(value))
    except ValueError:
        return False
