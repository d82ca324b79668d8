"""Step 4, evidence: a fingerprint that tells near-identical texts without keeping any text.

The text is cut into runs of words; each run's hash falls into one of some parts, and each part keeps its least hash
(a MinHash of one permutation): the share of parts that agree estimates the share of runs that two texts have in common.
"""

import hashlib
import re
from collections.abc import Sequence

from compliance.evidence.vocabulary import vocabulary

EMPTY = 0
"""A part into which no run fell."""

_WORD = re.compile(r"[^\W\d_]+")
_HASH_BYTES = 4
Fingerprint = tuple[int, ...]


def fingerprint(texts: Sequence[str], names: Sequence[str] = ()) -> Fingerprint:
    """The fingerprint of a document's pages; empty when there is too little text.

    Figures and the words of `names` (the supplier's) are left out: only they differ in a text that was copied.
    """
    rules = vocabulary("authenticity")["same_text"]
    without = {word for name in names for word in _words(name)}
    words = [word for word in _words("\n".join(texts)) if word not in without][: rules["most_words"]]
    if len(words) < rules["least_words"]:
        return ()
    parts, length = [EMPTY] * rules["parts"], rules["shingle_words"]
    for at in range(len(words) - length + 1):
        run = hashlib.blake2b(" ".join(words[at : at + length]).encode(), digest_size=_HASH_BYTES)
        number = int.from_bytes(run.digest(), "big")
        part, rest = number % len(parts), number // len(parts) + 1
        parts[part] = rest if parts[part] == EMPTY else min(parts[part], rest)
    return tuple(parts)


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """The share (0..1) of two texts that is the same; 0 when either has no fingerprint."""
    if not one or len(one) != len(other):
        return 0.0
    filled = [(a, b) for a, b in zip(one, other, strict=True) if a != EMPTY or b != EMPTY]
    return sum(a == b for a, b in filled) / len(filled) if filled else 0.0


def bands(print_: Sequence[int]) -> tuple[str, ...]:
    """Short names of runs of parts: texts that are alike share at least one, so that they are found by an index."""
    length = vocabulary("authenticity")["same_text"]["parts_a_band"]
    return tuple(
        f"{at // length}:{hashlib.blake2b(repr(tuple(print_[at : at + length])).encode(), digest_size=8).hexdigest()}"
        for at in range(0, len(print_), length)
        if any(part != EMPTY for part in print_[at : at + length])
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
