"""One line of a benchmark's result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A value, what it should be at most (None: only told), and how it came about."""

    name: str
    value: float
    goal: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Is the value above its goal?"""
        return self.goal is not None and self.value > self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f" (goal <= {self.goal:g}){' MISSED' if self.missed else ''}"
        return f"{self.name:58} {self.value:8.3f}{goal}  {self.note}".rstrip()


@dataclass(frozen=True)
class Skipped:
    """A measurement that cannot be made here, and why."""

    name: str
    why: str
    missed: bool = False

    def __str__(self) -> str:
        return f"SKIPPED {self.name}: {self.why}"
