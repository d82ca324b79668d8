"""Step 4, evidence: pages as words and lines with their place, the same whichever engine read them."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from compliance.evidence.facts import Box

REPRINT, REPRINTED_WITHIN = 0.12, 40  # of the letters' height; words from top to bottom
WIDE_GAP = 1.6  # in text heights: wider than any word space, narrower than a column gap


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box in points from the page's top left; `source` is text, annotation or ocr.

    `certainty` (0..1) is that of the letters, below 1 only for ocr.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    source: str = "text"
    certainty: float = 1.0

    @property
    def box(self) -> Box:
        """The place as (x0, top, x1, bottom)."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def height(self) -> float:
        """Height of the word in points, near its font size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words without a wide gap: characters `start` to `end` of its line."""

    text: str
    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Line:
    """Words on one line; in `text` a blank stands for a word space and a tab for a wide gap.

    `mended` is the same text, letter for letter, with misread words of labels put right; only labels are sought in it.
    """

    words: tuple[Word, ...]
    mended: str = ""
    text: str = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts, starts, at = [self.words[0].text], [0], len(self.words[0].text)
        for left, right in pairwise(self.words):
            gap = "\t" if right.x0 - left.x1 > WIDE_GAP * max(left.height, right.height, 4) else " "
            parts += [gap, right.text]
            starts.append(at + 1)
            at += 1 + len(right.text)
        object.__setattr__(self, "text", "".join(parts))
        object.__setattr__(self, "starts", tuple(starts))

    @property
    def for_labels(self) -> str:
        """The text in which labels are sought; characters stand at the same places as in `text`."""
        return self.mended or self.text

    @property
    def box(self) -> Box:
        """The place of the whole line."""
        return union(word.box for word in self.words)

    @property
    def height(self) -> float:
        """The tallest word's height."""
        return max(word.height for word in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that share characters `start` to `end` of the text."""
        spans = zip(self.words, self.starts, strict=True)
        return tuple(word for word, at in spans if at < end and at + len(word.text) > start)

    def box_between(self, start: int, end: int) -> Box:
        """The box around characters `start` to `end`; inside one word the share of its width."""
        boxes = []
        for word, at in zip(self.words, self.starts, strict=True):
            length = len(word.text)
            if at < end and at + length > start:
                left, right = max(start - at, 0) / length, min(end - at, length) / length
                width = word.x1 - word.x0
                boxes.append((word.x0 + left * width, word.top, word.x0 + right * width, word.bottom))
        return union(boxes) if boxes else self.box

    def cells(self) -> tuple[Cell, ...]:
        """The line cut at its wide gaps."""
        found, at = [], 0
        for text in self.text.split("\t"):
            found.append(Cell(text, at, at + len(text), self.box_between(at, at + len(text))))
            at += len(text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page must be laid to be read: turned against the clock by `slant` degrees, then clockwise by `turn`."""

    turn: int = 0
    slant: float = 0.0


@dataclass(frozen=True)
class Page:
    """One page: `number` from 1, size in points, `kind` text, hybrid, scan or empty.

    `pose` makes the page as it is shown upright and straight; lines and words are those of the upright page.
    `bare` is the text of a page that was not read closely and so has no lines.
    `remembered` is for what readers work out about this page and need more than once.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    kind: str = "text"
    pose: Pose = Pose()
    bare: str = ""
    remembered: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def text(self) -> str:
        """All lines, a line each."""
        return "\n".join(line.text for line in self.lines) if self.lines else self.bare

    @property
    def for_labels(self) -> str:
        """All lines with misread words of labels put right, a line each."""
        return "\n".join(line.for_labels for line in self.lines) if self.lines else self.bare

    def shown(self, box: Box) -> Box:
        """A place on the upright page as a place on the page as it is shown; `width` and `height` are the latter's."""
        x0, top, x1, bottom = box
        width, height = self.width, self.height
        places = {
            90: (top, height - x1, bottom, height - x0),
            180: (width - x1, height - bottom, width - x0, height - top),
            270: (width - bottom, x0, width - top, x1),
        }
        return self._askew(places.get(self.pose.turn, box))

    def _askew(self, box: Box) -> Box:
        """A place on the page made straight as a place on the page that lies askew."""
        if not self.pose.slant:
            return box
        cos, sin = math.cos(math.radians(self.pose.slant)), math.sin(math.radians(self.pose.slant))
        middle = (self.width / 2, self.height / 2)
        corners = [(x - middle[0], y - middle[1]) for x in box[::2] for y in box[1::2]]
        return union((middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos) * 2 for x, y in corners)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all boxes; raises ValueError when there is none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def overlap_x(one: Box, other: Box) -> float:
    """How many points two boxes share from left to right; negative is the gap between them."""
    return min(one[2], other[2]) - max(one[0], other[0])


def touches(one: Box, other: Box) -> bool:
    """Do two boxes share any area?"""
    return overlap_x(one, other) > 0 and min(one[3], other[3]) - max(one[1], other[1]) > 0


def overlap(one: Box, other: Box) -> Box:
    """The area that two boxes share; they must touch."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def group_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """Words as lines from top to bottom: words whose middles lie within half a height are on one line."""
    rows: list[list[Word]] = []
    for word in _once(sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.x0))):
        row = next((row for row in reversed(rows[-6:]) if _same_row(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return tuple(Line(tuple(sorted(row, key=lambda word: word.x0))) for row in rows)


def _once(words: Iterable[Word]) -> Iterator[Word]:
    """A word printed twice at almost the same place, as bold letters are sometimes made, is one word."""
    recent: list[Word] = []
    for word in words:
        if not any(_reprinted(word, other) for other in recent[-REPRINTED_WITHIN:]):
            yield word
        recent.append(word)


def _reprinted(word: Word, other: Word) -> bool:
    near = REPRINT * max(word.height, 1.0)
    return (
        word.text == other.text
        and abs(word.x0 - other.x0) < near
        and abs(word.top - other.top) < near
        and word.source == other.source
    )


def _same_row(row: list[Word], word: Word) -> bool:
    """A small raised word ('th' after 25) belongs to the row it touches, hence the taller height decides."""
    anchor = max(row, key=lambda other: other.height)
    distance = abs((anchor.top + anchor.bottom) / 2 - (word.top + word.bottom) / 2)
    small, tall = sorted((anchor.height, word.height))
    return distance <= 0.4 * (tall if tall <= 2.2 * small else small)
