"""Step 6, reviews: the steps, audiences and severities of the triggers, read from parameters.yaml."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

DEFINITION = Path(__file__).with_name("parameters.yaml")

Audience = Literal["supplier", "procurer"]
Severity = Literal["normal", "high", "critical"]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Data):
    """One rung of a ladder: `day` counts calendar days from the trigger's date, minus is before it."""

    day: int
    audience: Audience
    opens_review: bool
    severity: Severity


class BeforeDeadline(_Data):
    """Severity of a contract's reminders: the usual one, and others by how long before, such as "6 months"."""

    severity: Severity
    raised: dict[str, Severity]

    def severity_at(self, before: str) -> Severity:
        """How serious a reminder is that comes so long before."""
        return self.raised.get(before, self.severity)


class LowBand(_Data):
    """Which bands and gates demand a review at once."""

    bands: frozenset[str]
    gates: frozenset[str]
    severity: Severity


class DeepFollowUp(_Data):
    """Which residual risks call for a thorough follow-up, and how many months of the contract must be left."""

    risks: frozenset[str]
    months_left: int
    steps: tuple[Step, ...]


class ScoreDrop(_Data):
    """From how many points or bands below the round before a result is told of."""

    points: int
    bands: int
    severity: Severity


class Reported(_Data):
    """Steps after something was told, and in how many days a report about it is due."""

    report_days: int
    steps: tuple[Step, ...]


class Finding(_Data):
    """What a document may say that a person must look at: one of the values, money owed, or a day that has passed."""

    trigger: Literal["T15", "T16"]
    cause: str
    field: str
    severity: Severity
    kind: str = ""
    values: tuple[str, ...] = ()
    owed: bool = False
    lapsed: bool = False


class Thresholds(_Data):
    """Numbers of employees and contract values (SEK) from which more is asked."""

    employees: tuple[int, ...]
    value_sek: tuple[int, ...]
    severity: Severity


class Quiet(_Data):
    """After how many months without activity a contract of these priorities is told of, and how many times."""

    priorities: frozenset[str]
    months: int
    times: int
    severity: Severity


class Parameters(_Data):
    """All parameters of one version; a result made with them stores `version`."""

    version: str
    valid_from: date
    contract_end: BeforeDeadline
    last_notice_day: BeforeDeadline
    assessment_age: tuple[Step, ...]
    late_answers: tuple[Step, ...]
    document_expiry: tuple[Step, ...]
    low_band: LowBand
    follow_up: tuple[Step, ...]
    late_completion: tuple[Step, ...]
    deep_follow_up: DeepFollowUp
    score_drop: ScoreDrop
    serious_deviation: Reported
    unapproved_subcontractor: tuple[Step, ...]
    too_many_tiers: tuple[Step, ...]
    posting_without_proof: Reported
    document_findings: tuple[Finding, ...]
    threshold_crossing: Thresholds
    next_round_days: int
    start_up_meeting: tuple[Step, ...]
    terms_without_plan: tuple[Step, ...]
    serious_accident: tuple[Step, ...]
    quiet_contract: Quiet
    without_mail: frozenset[str]
    snooze_days: dict[Severity, int]


@cache
def parameters() -> Parameters:
    """Read the parameters, once per process. Raises pydantic's `ValidationError` with every mistake in the file."""
    return Parameters.model_validate(yaml.safe_load(DEFINITION.read_text(encoding="utf-8")))
