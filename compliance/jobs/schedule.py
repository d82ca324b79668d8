"""The one timetable: what the clock process runs, and how often. Business days are rows, not entries here."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Entry:
    """A job by a fixed name and the time between two runs; no wall-clock moment means anything."""

    name: str
    every: timedelta


TIMETABLE = (Entry("tick", timedelta(seconds=30)),)
"""Every half minute, so that a second clock notices within two minutes that the first has fallen silent."""
