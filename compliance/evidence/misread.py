"""Step 4, evidence: words of labels that were misread in a picture are put right for seeking labels, never in values.

'Giltlgt till' is taken for the label it nearly is; a name or number stays as it was read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Line, Page
from compliance.evidence.vocabulary import vocabulary

SHORTEST, LONG = 5, 9  # letters: one may be wrong, in a long word two
_WORD = re.compile(r"[^\W_][\w|!]*[^\W_]", re.UNICODE)


def with_labels_mended(page: Page) -> Page:
    """The page with the lines read from a picture made ready for seeking labels."""
    return replace(page, lines=tuple(map(_mended, page.lines)))


def _mended(line: Line) -> Line:
    if all(word.source != "ocr" for word in line.words):
        return line
    text = _WORD.sub(lambda match: _nearest(match.group()), line.text)
    return replace(line, mended=text) if text != line.text else line


@cache
def _nearest(word: str) -> str:
    """The one word of a label that differs in a letter or two, else the word itself."""
    plain = unaccented(word.casefold())
    known = _label_words().get(len(plain), frozenset())
    if len(plain) < SHORTEST or len(plain) != len(word) or plain in known or _digits(plain) > 1:
        return word
    allowed = 2 if len(plain) >= LONG else 1
    near = [other for other in known if sum(a != b for a, b in zip(plain, other, strict=True)) <= allowed]
    return near[0] if len(near) == 1 else word


def is_label_word(word: str) -> bool:
    """Does the word occur in a label or title? Then it is hardly a name by itself."""
    plain = unaccented(word.casefold())
    return plain in _label_words().get(len(plain), frozenset())


def _digits(word: str) -> int:
    """Numbers are values; one digit may be a misread letter."""
    return sum(char.isdigit() for char in word)


@cache
def _label_words() -> Mapping[int, frozenset[str]]:
    """Every word of every label and title, by its length, without accents."""
    found: dict[int, set[str]] = defaultdict(set)
    for phrase in _phrases():
        for word in re.findall(r"[^\W\d_]+", unaccented(phrase.casefold())):
            found[len(word)].add(word)
    return {length: frozenset(words) for length, words in found.items()}


def _phrases() -> Iterator[str]:
    for name in ("date_labels", "number_labels", "holder_labels"):
        for listed in vocabulary(name).values():
            yield from _texts(listed)
    for kind in vocabulary("kinds").values():
        yield from _texts([*kind["title"], *kind["body"]])


def _texts(listed: Iterable[object]) -> Iterator[str]:
    return map(str, listed)
