"""Step 1, suppliers: one sentence about one mistake in what was given, and where it is; every step refuses so."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mistake: `at` is the value's path (`renewal.notice.n`), `sentence` an English msgid with `params`.

    Pages translate `sentence` and put the values in; `message` is the English sentence with them.
    """

    at: str
    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The English sentence with its values."""
        return self.sentence % self.params if self.params else self.sentence


class CaseRefusedError(ValueError):
    """A case in a document was not taken; `refusals` holds every mistake, in document order."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{one.at}: {one.message}" for one in refusals))
        self.refusals = refusals
