"""Step 1, suppliers: read JSON values one by one and note every mistake with its place."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compliance.suppliers.refusals import Refusal

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NOT_AN_OBJECT = N_("This must be an object with named values.")
MISSING = N_("This value is missing.")
UNKNOWN_NAME = N_("This name is not known here. Check the spelling, or leave it out.")
UNKNOWN_WORD = N_("This word is not known here. Use one of: %(words)s.")
NOT_A_DAY = N_("This must be a day that exists, written YYYY-MM-DD.")
NOT_WHOLE = N_("This must be a whole number.")

Json = Mapping[str, Any]


@dataclass(slots=True)
class JsonReader:
    """Reads values and collects refusals; a value that cannot be read comes back as None.

    `path` arguments name the value from the top, such as `renewal.notice.n`.
    """

    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, at: str, sentence: str, **params: str | int) -> None:
        """Note one mistake."""
        self.refusals.append(Refusal(at, sentence, params))

    def mapping(self, at: str, value: object, names: Collection[str]) -> Json | None:
        """Read an object; names outside `names` are refused."""
        if not isinstance(value, dict):
            self.refuse(at, NOT_AN_OBJECT)
            return None
        for name in value:
            if name not in names:
                self.refuse(f"{at}.{name}" if at else str(name), UNKNOWN_NAME)
        return value

    def required(self, at: str, values: Json, name: str) -> bool:
        """Note a missing value; tells whether it is there (null counts as there)."""
        if name not in values:
            self.refuse(f"{at}.{name}" if at else name, MISSING)
        return name in values

    def day(self, at: str, value: object) -> date | None:
        """Read an ISO 8601 day."""
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.refuse(at, NOT_A_DAY)
        return None

    def whole(self, at: str, value: object) -> int | None:
        """Read a whole number; true and false are not numbers."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.refuse(at, NOT_WHOLE)
        return None

    def word(self, at: str, value: object, words: Collection[str]) -> str | None:
        """Read one of a closed list of words."""
        if isinstance(value, str) and value in words:
            return value
        self.refuse(at, UNKNOWN_WORD, words=", ".join(words))
        return None
