"""Scoring (step 5): a case that cannot be scored, with everything that is wrong with it at once."""

from dataclasses import dataclass

WHOLE_DOCUMENT = "$"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One mistake: the path in the document (`items[3].credit`) and what to do about it."""

    at: str
    message: str


class CaseRefusedError(ValueError):
    """The case was not scored; `refusals` holds every mistake, in document order."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{one.at}: {one.message}" for one in refusals))
        self.refusals = refusals

    @classmethod
    def because(cls, at: str, message: str) -> "CaseRefusedError":
        """A refusal for one single reason."""
        return cls((Refusal(at, message),))
