"""Step 4, evidence: the value a label announces: on the same line, in the next column or below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from compliance.evidence.facts import Fact
from compliance.evidence.labels import LabelMatch, Labels
from compliance.evidence.layout import Cell, Line, Page, overlap_x

SEPARATORS = " \t:.…-–—#;|·/"
LINES_BELOW = 3
CLOSE, NEARER = 1.5, 0.6  # of a letter's height; of the distance to what stands below
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Value:
    """Text at characters `start` to `end` of a line, announced by a label of the given role."""

    page: Page
    line: Line
    start: int
    end: int
    role: str
    how: str
    quote: str
    label: str = ""

    @property
    def text(self) -> str:
        """The value as printed."""
        return self.line.text[self.start : self.end]


def values_after(page: Page, labels: Labels, roles: Sequence[str]) -> Iterator[Value]:
    """What stands right of or below each label of the roles; the nearest reading first, the caller checks it."""
    for index, line in enumerate(page.lines):
        found = labels.find(line.for_labels)
        for number, label in enumerate(found):
            if label.role not in roles:
                continue
            end = found[number + 1].start if number + 1 < len(found) else len(line.text)
            words = line.for_labels[label.start : label.end]
            yield from (
                replace(value, label=words) for value in _right(page, line, label.end, end, label.role)
            )
            cell = next((c for c in line.cells() if c.start <= label.start < c.end), None)
            if cell is not None:
                yield from (replace(value, label=words) for value in _captioned(page, index, cell, label))
                yield from (replace(value, label=words) for value in _below(page, index, cell, label.role))


def _right(page: Page, line: Line, start: int, end: int, role: str) -> Iterator[Value]:
    quote = " ".join(line.text.split())
    for cell in line.cells():
        left, right = max(cell.start, start), min(cell.end, end)
        while left < right and line.text[left] in SEPARATORS:
            left += 1
        if left < right:
            yield Value(page, line, left, right, role, "line", quote)
            return


def _captioned(page: Page, index: int, cell: Cell, label: LabelMatch) -> Iterator[Value]:
    """The value over its caption: the label stands alone, close under something and far above what comes next."""
    if cell.text.strip(SEPARATORS) != page.lines[index].for_labels[label.start : label.end].strip(SEPARATORS):
        return
    over = _beside_in_column(reversed(page.lines[max(0, index - LINES_BELOW) : index]), cell)
    under = _beside_in_column(page.lines[index + 1 : index + 1 + LINES_BELOW], cell)
    if over is None or cell.text.rstrip().endswith(":"):
        return
    gap = cell.box[1] - over[1].box[3]
    below = under[1].box[1] - cell.box[3] if under else float("inf")
    line, value = over
    tallest = max(cell.box[3] - cell.box[1], value.box[3] - value.box[1], 6.0)
    if gap < CLOSE * tallest and gap < NEARER * below:
        quote = " ".join(f"{cell.text} {value.text}".split())
        yield Value(page, line, value.start, value.end, label.role, "below", quote)


def _beside_in_column(lines: Iterable[Line], cell: Cell) -> tuple[Line, Cell] | None:
    """The first cell in the same column."""
    for line in lines:
        for other in line.cells():
            if overlap_x(other.box, cell.box) > 0:
                return line, other
    return None


def _below(page: Page, index: int, cell: Cell, role: str) -> Iterator[Value]:
    height = max(cell.box[3] - cell.box[1], 6.0)
    for line in page.lines[index + 1 : index + 1 + LINES_BELOW]:
        if line.box[1] - cell.box[3] > 4 * height:
            return
        for other in line.cells():
            if overlap_x(other.box, cell.box) > 0:
                quote = f"{cell.text} {other.text}"
                yield Value(page, line, other.start, other.end, role, "below", " ".join(quote.split()))


def fact_at(field: str, value: str, place: Value, confidence: float) -> Fact:
    """A fact for a value's place."""
    words = place.line.between(place.start, place.end)
    return Fact(
        field=field,
        value=value,
        page=place.page.number,
        box=place.line.box_between(place.start, place.end),
        quote=place.quote,
        confidence=confidence,
        source=words[0].source if words else "text",
    )


def on_line(page: Page, line: Line, start: int, end: int) -> Value:
    """The place of a value found without a label."""
    return Value(page, line, start, end, "", "none", " ".join(line.text.split()))


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The first facts with different values: the answer and a few alternatives."""
    seen: dict[str, Fact] = {}
    for fact in facts:
        seen.setdefault(fact.value.casefold(), fact)
    return tuple(islice(seen.values(), ALTERNATIVES))
