"""Step 4, evidence: labels (words that say what a value is) compiled from the vocabulary to one pattern."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

_END = ""
_JOINING = str.maketrans(dict.fromkeys("\t\n\r\f\v\u00a0\u2009\u202f,-‐–", " "))
_Tree: TypeAlias = "dict[str, _Tree]"
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
    """A set of labels, each with a role; the longest label wins where several begin at the same place.

    A label may hold choices in braces, one of them empty if the word may be missing: 'certificate {number|no|}'.
    A label written out wins its role over the same label made from choices.
    """

    def __init__(self, by_role: Mapping[str, Iterable[str]]) -> None:
        spelt = [
            (role, label, one)
            for role, labels in by_role.items()
            for label in labels
            for one in spellings(label)
        ]
        spelt.sort(key=lambda each: each[1] == each[2])
        self._roles = {_plain(unaccented(one)): role for role, _, one in spelt}
        body = _choice(_tree(_pieces(unaccented(one).casefold()) for _, _, one in spelt))
        self._pattern = re.compile(rf"{_OTHER_SIDE_OF_WORD}{body}(?![^\W_])")

    def find(self, text: str) -> tuple[LabelMatch, ...]:
        """All labels in the text from left to right, without overlaps."""
        return tuple(
            LabelMatch(self._roles[_plain(match.group())], match.start(), match.end())
            for match in self._pattern.finditer(_lowered(unaccented(text)))
        )

    def last(self, text: str) -> LabelMatch | None:
        """The label nearest to the end of the text."""
        found = self.find(text)
        return found[-1] if found else None


def spellings(label: str) -> Iterator[str]:
    """Every label that the choices in braces make."""
    parts = [part.split("|") if at % 2 else [part] for at, part in enumerate(re.split(r"[{}]", label))]
    for chosen in product(*parts):
        yield " ".join("".join(chosen).split())


def _lowered(text: str) -> str:
    """In small letters with blanks for all that may join words, letter for letter."""
    lowered = text.lower()
    same = lowered if len(lowered) == len(text) else "".join(one.lower()[:1] for one in text)
    return same.translate(_JOINING)


def _pieces(label: str) -> Iterator[str]:
    """The label as small patterns: words may be joined by blanks or dashes, dots of abbreviations may be missing."""
    for at, char in enumerate(label):
        if char == ".":
            yield r"\.? ?"
        elif char == "-":
            yield " {0,3}"
        elif char == " ":
            yield " {0,3}" if label[at - 1] == "." else " {1,3}"
        else:
            yield re.escape(char)


def _tree(sequences: Iterable[Iterable[str]]) -> _Tree:
    """What labels have in common at their beginning is sought once: hundreds of labels cost little more than a few."""
    root: _Tree = {}
    for sequence in sequences:
        node = root
        for piece in sequence:
            node = node.setdefault(piece, {})
        node[_END] = {}
    return root


def _chain(begun: str, after: _Tree) -> str:
    """Pieces that follow each other without any choice, and what may follow them."""
    if len(after) == 1 and _END not in after:
        ((piece, further),) = after.items()
        return begun + _chain(piece, further)
    return begun + _choice(after)


def _choice(node: _Tree) -> str:
    """The pattern of everything that may follow; longer labels come before the shorter ones they begin with."""
    ways = []
    for piece, after in sorted(node.items()):
        if piece != _END:
            ways.append(_chain(piece, after))
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)})" + ("?" if _END in node else "")


def _plain(text: str) -> str:
    return re.sub(r"[\s.,\-‐–]+", "", text.casefold())
