"""Step 1, suppliers: one sentence about one mistake in what was given, and where it is."""

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
