"""One line of a benchmark's result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A value, what it should be at most (or `at_least`; None: only told), and how it came about."""

    name: str
    value: float
    goal: float | None = None
    note: str = ""
    at_least: bool = False

    @property
    def missed(self) -> bool:
        """Is the value on the wrong side of its goal?"""
        if self.goal is None:
            return False
        return self.value < self.goal if self.at_least else self.value > self.goal

    def __str__(self) -> str:
        sign, missed = ">=" if self.at_least else "<=", " MISSED" if self.missed else ""
        goal = "" if self.goal is None else f" (goal {sign} {self.goal:g}){missed}"
        return f"{self.name:58} {self.value:8.3f}{goal}  {self.note}".rstrip()


@dataclass(frozen=True)
class Skipped:
    """A measurement that cannot be made here, and why."""

    name: str
    why: str
    missed: bool = False

    def __str__(self) -> str:
        return f"SKIPPED {self.name}: {self.why}"
