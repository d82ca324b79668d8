"""Scoring (step 5): the closed vocabularies of the method, spelled as in its JSON."""

from enum import StrEnum

from compliance.questionnaires.model import Area, Criticality

__all__ = [
    "Area",
    "AreaState",
    "Band",
    "CaseState",
    "Criticality",
    "Gate",
    "InherentRisk",
    "ItemState",
    "ResidualRisk",
    "Verdict",
]


class ItemState(StrEnum):
    """What has happened to a question; `na_*` is a claim of "not applicable", judged or not."""

    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    UNANSWERED = "unanswered"
    NA_PENDING = "na_pending"
    NA_ACCEPTED = "na_accepted"
    HIDDEN = "hidden"


class Verdict(StrEnum):
    """What is known of the document that should prove an answer."""

    ACCEPTED = "accepted"
    CHECKED = "checked"
    NONE = "none"
    EXPIRED = "expired"
    WRONG_HOLDER = "wrong_holder"


class Band(StrEnum):
    """How good the result is, best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Gate(StrEnum):
    """Rules that no average washes out, in the order in which they are listed."""

    ZERO_TOLERANCE_FAILED = "G1"
    ZERO_TOLERANCE_OPEN = "G2"
    MAJOR_FAILED = "G3"
    MAJORS_FAILED_IN_AREA = "G4"
    WEAKEST_AREA = "G5"
    CLAIMS_NOT_SUPPORTED = "G6"
    DOCUMENT_EXPIRED = "G7"
    ANSWER_JUDGED_FALSE = "G8"


class CaseState(StrEnum):
    """How far a whole case can be rated."""

    RATED = "rated"
    PROVISIONAL = "provisional"
    INCOMPLETE = "incomplete"
    NOT_RATEABLE = "not_rateable"


class AreaState(StrEnum):
    """Whether an area has enough scored items for numbers."""

    RATED = "rated"
    INSUFFICIENT_BASIS = "insufficient_basis"


class InherentRisk(StrEnum):
    """The risk of the supplier and its contract before any answer."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNKNOWN = "unknown"


class ResidualRisk(StrEnum):
    """The risk that remains when the band is known."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
