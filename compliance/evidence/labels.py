"""Step 4, evidence: labels (words that say what a value is) compiled from the vocabulary to one pattern."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_OTHER_SIDE_OF_WORD = r"(?<![^\W_])"


_ACCENTED = "åäáàâãéèêëíìîïóòôöõúùûüçñøæıİşğÅÄÁÀÂÃÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÇÑØÆŞĞ"
_PLAIN = "aaaaaaeeeeiiiiooooouuuucnoaiIsgAAAAAAEEEEIIIIOOOOOUUUUCNOASG"
_UNACCENT = str.maketrans(_ACCENTED, _PLAIN)


def unaccented(text: str) -> str:
    """The text without dots and accents, letter for letter: they get lost where documents are read from pictures."""
    return text.translate(_UNACCENT)


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label at characters `start` to `end`, and the role it gives to the value after it."""

    role: str
    start: int
    end: int


class Labels:
    """A set of labels, each with a role; the longest label wins where several begin at the same place."""

    def __init__(self, by_role: Mapping[str, Iterable[str]]) -> None:
        self._roles = {
            _plain(unaccented(label)): role for role, labels in by_role.items() for label in labels
        }
        longest_first = sorted(
            {label for labels in by_role.values() for label in labels}, key=len, reverse=True
        )
        body = "|".join(_as_pattern(unaccented(label)) for label in longest_first)
        self._pattern = re.compile(rf"{_OTHER_SIDE_OF_WORD}(?:{body})(?![^\W_])", re.IGNORECASE)

    def find(self, text: str) -> tuple[LabelMatch, ...]:
        """All labels in the text from left to right, without overlaps."""
        return tuple(
            LabelMatch(self._roles[_plain(match.group())], match.start(), match.end())
            for match in self._pattern.finditer(unaccented(text))
        )

    def last(self, text: str) -> LabelMatch | None:
        """The label nearest to the end of the text."""
        found = self.find(text)
        return found[-1] if found else None


def _as_pattern(label: str) -> str:
    """Words of a label may be joined by blanks or dashes; dots of abbreviations may be missing or spaced."""
    words = [re.escape(word).replace(r"\.", r"\.?\s?") for word in re.split(r"[\s-]+", label)]
    return r"[\s\-‐–]{0,3}".join(words) if "-" in label else r"[\s,\-‐–]{1,3}".join(words)


def _plain(text: str) -> str:
    return re.sub(r"[\s.,\-‐–]+", "", text.casefold())
