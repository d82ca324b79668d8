"""Step 1, suppliers: how long before a contract's deadlines the work has to start."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DEFINITION = Path(__file__).with_name("lead_times.yaml")


@dataclass(frozen=True, slots=True)
class Leads:
    """Lead times of a contract in working days; `answering` in calendar days."""

    decision: int
    review: int
    handling: int
    answering: int


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """What holds for every contract: the default leads, the anchor and the days of reminders."""

    leads: Leads
    anchor_months_before_end: int
    days_before_last_notice_day: tuple[int, ...]
    months_before_end: tuple[int, ...]


@cache
def lead_times() -> LeadTimes:
    """Read the lead times, once per process."""
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return LeadTimes(
        leads=Leads(**raw["leads"]),
        anchor_months_before_end=raw["anchor_months_before_end"],
        days_before_last_notice_day=tuple(raw["reminders"]["days_before_last_notice_day"]),
        months_before_end=tuple(raw["reminders"]["months_before_end"]),
    )
