"""Step 7, decisions: the table of decisions a procurer can take, and what each demands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from compliance.suppliers.refusals import Refusal

DEFINITION = Path(__file__).with_name("codes.yaml")

Code = Literal["approve", "approve_with_plan", "request_completion", "do_not_extend", "escalate"]
NextFrom = Literal["reassessment", "plan", "completion", "contract_end", "escalation"]


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


UNKNOWN_CODE = N_("Choose one of the decisions.")
REASON_SHORT = N_("Write the reason in at least %(least)s characters. The supplier may read it.")
NEXT_MISSING = N_("Give the date on which the matter comes back.")
NEXT_NOT_AHEAD = N_("The date must lie after today.")
HEARING_MISSING = N_("Give the day on which the supplier was heard. This decision needs a hearing first.")
HEARING_AHEAD = N_("The hearing must have taken place before the decision.")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InBothLanguages(_Data):
    """A text in Swedish and English."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "sv" or "en"; Swedish for any other language."""
        return self.en if language == "en" else self.sv


class DecisionCode(_Data):
    """One decision: its words, whether a hearing comes first and why, and what it does."""

    label: InBothLanguages
    help: InBothLanguages
    needs_hearing: bool
    source: str
    closes_review: bool
    next_date: Literal["required", "suggested"]
    next_from: NextFrom
    reopens_assessment: bool


class FollowUpTimes(_Data):
    """Times that suggest the next date: days counted from the decision, months from the assessment."""

    plan_days: dict[str, int]
    plan_days_otherwise: int
    completion_days: int
    escalation_days: int
    months_without_risk: int


class DecisionTable(_Data):
    """All decisions of one version; a decision stores `version`."""

    version: str
    valid_from: date
    reason_min_length: int
    codes: dict[Code, DecisionCode]
    follow_up: FollowUpTimes


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision as typed, before it is taken: `next_on` and `heard_on` are None when left empty."""

    code: str
    reason: str
    next_on: date | None
    heard_on: date | None = None


@cache
def decision_table() -> DecisionTable:
    """Read the table, once per process. Raises pydantic's `ValidationError` with every mistake in the file."""
    return DecisionTable.model_validate(yaml.safe_load(DEFINITION.read_text(encoding="utf-8")))


def decision_code(code: str) -> DecisionCode | None:
    """The decision of that code, or None when there is none."""
    return {str(known): row for known, row in decision_table().codes.items()}.get(code)


def decision_refusals(draft: DecisionDraft, *, today: date) -> tuple[Refusal, ...]:
    """Everything that keeps a decision from being taken today; each `at` is the draft's field."""
    row = decision_code(draft.code)
    if row is None:
        return (Refusal("code", UNKNOWN_CODE), *_reason_refusals(draft))
    return (
        *_reason_refusals(draft),
        *_next_refusals(draft, row, today),
        *_hearing_refusals(draft, row, today),
    )


def _reason_refusals(draft: DecisionDraft) -> Iterator[Refusal]:
    least = decision_table().reason_min_length
    if len("".join(draft.reason.split())) < least:
        yield Refusal("reason", REASON_SHORT, {"least": least})


def _next_refusals(draft: DecisionDraft, row: DecisionCode, today: date) -> Iterator[Refusal]:
    if draft.next_on is None:
        if row.next_date == "required":
            yield Refusal("next_on", NEXT_MISSING)
    elif draft.next_on <= today:
        yield Refusal("next_on", NEXT_NOT_AHEAD)


def _hearing_refusals(draft: DecisionDraft, row: DecisionCode, today: date) -> Iterator[Refusal]:
    if draft.heard_on is None:
        if row.needs_hearing:
            yield Refusal("heard_on", HEARING_MISSING)
    elif draft.heard_on > today:
        yield Refusal("heard_on", HEARING_AHEAD)
