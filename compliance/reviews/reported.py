"""Step 6, reviews: what people report about a contract, and what that sets off: T10, T11, T15, T16, T21."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from compliance.reviews.due_items import DueItem
from compliance.reviews.ladders import at_once, ladder_items
from compliance.reviews.parameters import Parameters, Severity
from compliance.suppliers.calendar import add_days
from compliance.suppliers.refusals import Refusal

DEFINITION = Path(__file__).with_name("event_kinds.yaml")
SERIOUS_DEVIATION = "T10"
NOTED = "T11"
LONGEST_TEXT = 4000
LONGEST_SOURCE_AGO = 366 * 3


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


SOURCES: dict[str, str] = {
    "own": N_("We saw it ourselves"),
    "supplier": N_("The supplier"),
    "worker": N_("Somebody who works there, or a union"),
    "tenant": N_("A tenant or somebody else outside"),
    "authority": N_("An authority"),
    "media": N_("The media"),
}
KIND_MISSING = N_("Choose what has happened.")
SEVERITY_MISSING = N_("Choose how serious it is. This kind of event cannot have the one you chose.")
SOURCE_MISSING = N_("Choose how we know of it.")
TEXT_MISSING = N_("Write what has happened.")
TEXT_TOO_LONG = N_("Write at most 4,000 characters.")
DAY_MISSING = N_("Write the day, for instance 2026-03-12.")
DAY_AHEAD = N_("The day has not come yet.")
DAY_LONG_AGO = N_("The day is more than three years ago.")


class Words(BaseModel):
    """A text in Swedish and English."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "sv" or "en"; Swedish for any other language."""
        return self.en if language == "en" else self.sv


class EventKind(BaseModel):
    """One kind of event: what it sets off, how serious it may be, and who may report it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    trigger: Literal["T10", "T11", "T15", "T16", "T21"]
    severities: tuple[Severity, ...]
    supplier: bool
    label: Words
    help: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An event as a person writes it down. `severity` empty is the usual one of its kind."""

    kind: str
    happened_on: date | None
    text: str
    source: str
    severity: str = ""


@cache
def event_kinds() -> Mapping[str, EventKind]:
    """Every kind by its code. Raises pydantic's `ValidationError` with every mistake in the file."""
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return {code: EventKind.model_validate(row) for code, row in raw.items()}


def severity_of(report: Report) -> Severity | None:
    """How serious a report is: as chosen, else the usual of its kind; None when the kind does not allow it."""
    kind = event_kinds().get(report.kind)
    if kind is None:
        return None
    return next((one for one in kind.severities if report.severity in {"", one}), None)


def report_refusals(report: Report, *, today: date) -> tuple[Refusal, ...]:
    """Why an event cannot be taken, by field: kind, severity, source, text, happened_on."""
    found = []
    if report.kind not in event_kinds():
        found.append(Refusal("kind", KIND_MISSING))
    elif severity_of(report) is None:
        found.append(Refusal("severity", SEVERITY_MISSING))
    if report.source not in SOURCES:
        found.append(Refusal("source", SOURCE_MISSING))
    if not report.text.strip():
        found.append(Refusal("text", TEXT_MISSING))
    elif len(report.text) > LONGEST_TEXT:
        found.append(Refusal("text", TEXT_TOO_LONG))
    day = _day_problem(report.happened_on, today)
    return (*found, Refusal("happened_on", day)) if day else tuple(found)


def _day_problem(day: date | None, today: date) -> str:
    if day is None:
        return DAY_MISSING
    if day > today:
        return DAY_AHEAD
    return DAY_LONG_AGO if (today - day).days > LONGEST_SOURCE_AGO else ""


def reported_event(
    subject: str, kind: str, severity: Severity, reported_on: date, rules: Parameters
) -> tuple[DueItem, ...]:
    """What a reported event sets off: at once, and for a serious deviation again when the supplier's report is due."""
    trigger = event_kinds()[kind].trigger
    params = {"cause": kind, "reported_on": reported_on.isoformat()}
    if trigger == SERIOUS_DEVIATION:
        due = add_days(reported_on, rules.serious_deviation.report_days)
        params["report_due_on"] = due.isoformat()
        return ladder_items((trigger, subject), reported_on, rules.serious_deviation.steps, params)
    return at_once((trigger, subject), reported_on, severity, params)
