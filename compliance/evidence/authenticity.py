"""Step 4, evidence: questions about a document's authenticity, for a reviewer to ask; never verdicts.

What they go by is data (vocabulary/authenticity.yaml). Each has an innocent explanation, which is told with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from compliance.evidence.facts import N_, Reading
from compliance.evidence.matching import UNREADABLE, standard_number
from compliance.evidence.vocabulary import vocabulary

SAME_FILE, SAME_TEXT, MADE_LATE, NAME_ABSENT, NO_MARK = (
    "same_file", "same_text", "made_late", "name_absent", "no_mark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """A kind of question in words: what is asked, why it may be innocent, and what to do."""

    sentence: str
    innocent: str
    advice: str


QUESTIONS: dict[str, Explained] = {
    SAME_FILE: Explained(
        N_("%(supplier)s has sent in the very same file as %(name)s. Whose is it?"),
        N_("It may be innocent: companies of one group, or a common text of their trade."),
        N_("Read the document and ask the supplier whose it is."),
    ),
    SAME_TEXT: Explained(
        N_(
            "The text of %(name)s is nearly the same as that of a document from %(supplier)s. Is it their own?"
        ),
        N_("It may be innocent: many small companies begin with the same template of their trade."),
        N_(
            "Ask how the supplier works by the text, for instance when it was last gone through and with whom."
        ),
    ),
    MADE_LATE: Explained(
        N_(
            "The file %(name)s was made on %(made)s, after the invitation of %(invited)s, "
            "but the document is dated %(dated)s. Is it older than the request?"
        ),
        N_("It may be innocent: saving or printing an old document as a PDF makes a new file."),
        N_("Ask for the original, or for minutes or a mail that show when it was decided."),
    ),
    NAME_ABSENT: Explained(
        N_("We did not find the supplier's name in %(name)s. Is the document theirs?"),
        N_("It may be innocent: the name may stand in a logo or a picture, or be a name they trade under."),
        N_("Look at the first and the last page. Ask the supplier if you cannot find the name."),
    ),
    NO_MARK: Explained(
        N_(
            "We found no accreditation mark in the certificate %(name)s. Is the certification body accredited?"
        ),
        N_("It may be innocent: the mark is often a picture that cannot be read as text."),
        N_("Look for the mark on the page, and look the certificate up with the certification body."),
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question about a document; `params` for its sentence."""

    question: str
    params: Mapping[str, str] = field(default_factory=dict)


def doubts_about(reading: Reading, invited: date) -> Iterator[Doubt]:
    """The questions that one document raises by itself."""
    kind = reading.first("document_type")
    if reading.state in UNREADABLE or kind is None:
        return
    rules: Mapping[str, Any] = vocabulary("authenticity")
    if kind.value in rules[MADE_LATE]["kinds"]:
        yield from _made_late(reading, invited, rules[MADE_LATE])
    if kind.value in rules[NAME_ABSENT]["kinds"] and reading.state == "read" and not reading.text:
        yield Doubt(NAME_ABSENT)
    if kind.value in rules[NO_MARK]["kinds"] and reading.first("accreditation") is None:
        shown = {standard_number(fact.value) for fact in reading.all("standard")}
        if shown & set(rules[NO_MARK]["standards"]):
            yield Doubt(NO_MARK)


def text_is_compared(kind: str) -> bool:
    """Whether near-identical texts of this kind are asked about: of a form filled in by an authority all are alike."""
    return kind in vocabulary("authenticity")[SAME_TEXT]["kinds"]


def least_alike() -> float:
    """The share of two fingerprints from which the texts are called nearly the same."""
    return float(vocabulary("authenticity")[SAME_TEXT]["alike"])


def _made_late(reading: Reading, invited: date, rules: Mapping[str, Any]) -> Iterator[Doubt]:
    """Only where the document claims to be older: that a new one was made for the request is no question."""
    dated = reading.first("issued_on")
    if not reading.made_on or dated is None or dated.warnings:
        return
    made, claims = date.fromisoformat(reading.made_on), _first_day(dated.value)
    late = made > invited + timedelta(days=rules["margin_days"])
    if late and claims <= invited - timedelta(days=rules["dated_before_days"]):
        params = {"made": made.isoformat(), "invited": invited.isoformat(), "dated": dated.value}
        yield Doubt(MADE_LATE, params)


def _first_day(value: str) -> date:
    return date.fromisoformat((value + "-01-01")[:10])
