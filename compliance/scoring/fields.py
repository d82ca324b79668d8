"""Scoring (step 5): reads one JSON object key by key, noting every mistake at its path."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from compliance.suppliers.refusals import Refusal

Word = TypeVar("Word", bound=StrEnum)

# Far beyond any real credit; a written exponent of a billion would otherwise fill the memory.
MOST_DECIMALS = 1000


class Fields:
    """The keys of one object. A key that is null counts as absent; a mistake yields None and a refusal."""

    def __init__(self, raw: Mapping[str, object], at: str, refusals: list[Refusal]) -> None:
        self._raw = raw
        self._at = at
        self._refusals = refusals

    def refuse(self, key: str, message: str) -> None:
        """Note a mistake at this key."""
        self._refusals.append(Refusal(f"{self._at}.{key}" if self._at else key, message))

    def refuse_other_keys(self, known: Collection[str]) -> None:
        """A misspelt key would silently be left out of the score, so unknown ones are mistakes."""
        for key in self._raw:
            if key not in known:
                self.refuse(key, f"Unknown key. Known keys: {', '.join(known)}.")

    def text(self, key: str) -> str | None:
        """A text that must be there and not be empty."""
        value = self._raw.get(key)
        if isinstance(value, str) and value:
            return value
        self.refuse(key, "A text is needed here.")
        return None

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word | None:
        """One of the words of the method; without a default the key must be there."""
        value = self._raw.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in {word.value for word in words}:
            return words(value)
        problem = "A word is missing here" if value is None else "Unknown word"
        self.refuse(key, f"{problem}. Use one of: {', '.join(words)}.")
        return None

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self._raw.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.refuse(key, "Write true or false.")
        return False

    def share(self, key: str) -> Fraction | None:
        """A number from 0 to 1 that must be there, as exactly the decimal that is written."""
        value = self._raw.get(key)
        if not isinstance(value, Decimal) or not value.is_finite():
            problem = "A credit is needed" if value is None else "This is not a number that can be read"
            self.refuse(key, f"{problem}: an answered item has a credit from 0 to 1.")
        elif not 0 <= value <= 1:
            self.refuse(key, "The credit must be from 0 to 1.")
        elif _decimals(value) > MOST_DECIMALS:
            self.refuse(key, f"At most {MOST_DECIMALS} decimals, please.")
        else:
            return Fraction(value)
        return None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
