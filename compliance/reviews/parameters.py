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


@cache
def parameters() -> Parameters:
    """Read the parameters, once per process. Raises pydantic's `ValidationError` with every mistake in the file."""
    return Parameters.model_validate(yaml.safe_load(DEFINITION.read_text(encoding="utf-8")))
