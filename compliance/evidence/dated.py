"""Step 4, evidence: every date of a document with the role its label gives it (issued, valid until, decoys)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from compliance.evidence.dates import DateMatch, find_dates, settle_order
from compliance.evidence.facts import Box
from compliance.evidence.labels import LabelMatch, Labels
from compliance.evidence.layout import Cell, Line, Page, overlap_x, union
from compliance.evidence.vocabulary import vocabulary

FAR, NEAR = 60, 25  # characters between a label and its date: a telling label, a word such as "by"
LABEL_LENGTH = 45
LINES_ABOVE, TABLE_ROWS = 3, 12
SENTENCE = 50  # characters of a line that is part of a paragraph
AT_BREAK = 16  # characters beside a line break: no half of a date is longer
RUNNING = 70  # characters around a date that make it part of a sentence
WEAK = frozenset({
    "by", "den", "through", "issue", "valid", "version", "rev", "revision", "date", "dated", "datum",
    "signed", "end", "beslut", "since", "sedan", "senast", "issued", "approved", "lag",
    "regulation", "förordning", "directive", "direktiv",
})  # fmt: skip
CERTAINTY = {"line": 0.96, "above": 0.9, "below": 0.75, "none": 0.55}
_RANGE = re.compile(
    r"^[\s,]*(?:[-–—]+|to|tills?|until|up to|t\.? ?o\.? ?m\.?|till och med|through|thru|och|and)"
    r"\W*(?:(?:and|och) including\W*)?(?:the|den)?\W*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^\W*(?:den|the|on|per)\W*$", re.IGNORECASE)  # says nothing of what the date is
_PLACE = re.compile(
    r"^\W*[A-ZÅÄÖ][^\W\d_]+(?:\s[A-ZÅÄÖ][^\W\d_]+)?,?\s+(?:den\s+)?$"
)  # 'Västerås den 5 juni 2028'
_EARLIER = re.compile(r"\b(?:previous|prior|last|former|föregående|förra|tidigare)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"(?:since|sedan)\b", re.IGNORECASE
)  # 'approved, since 2004': when it began, not this paper's day
AT_ONCE = 2  # characters
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[^\W\d]{3,}\.\s")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, its place and role; `how` says where its label stands (line, above, below, none)."""

    value: str
    role: str
    how: str
    page: int
    box: Box
    quote: str
    source: str = "text"
    ambiguous: bool = False
    running: bool = False

    @property
    def partial(self) -> bool:
        """True when the day is not given."""
        return len(self.value) < len("2026-01-01")

    @property
    def certainty(self) -> float:
        """How sure the role is, 0..1."""
        return CERTAINTY[self.how] * (0.8 if self.running else 1.0)


@cache
def date_labels() -> Labels:
    """The labels of dates, from the vocabulary."""
    return Labels(vocabulary("date_labels"))


def find_dated(pages: Sequence[Page]) -> tuple[Dated, ...]:
    """Every date with its role, in page order; `dates.settle_order` of the whole document settles 05/06/2028."""
    day_first = settle_order(text for page in pages for text in page.text.split("\n"))
    return tuple(dated for page in pages for dated in _known(page, day_first))


def _known(page: Page, day_first: bool | None) -> tuple[Dated, ...]:  # noqa: FBT001 - three readings
    """Several fields and both engines ask for the same page's dates."""
    key = ("dated", day_first)
    if key not in page.remembered:
        page.remembered[key] = tuple(_on_page(page, day_first=day_first))
    found: tuple[Dated, ...] = page.remembered[key]
    return found


def _on_page(page: Page, *, day_first: bool | None) -> Iterator[Dated]:
    for index, line in enumerate(page.lines):
        previous: Dated | None = None
        matches = find_dates(line.text, day_first=day_first)
        for number, match in enumerate(matches):
            before = line.for_labels[matches[number - 1].end if number else 0 : match.start]
            dated = _ranged(_place(page, line, match), previous, before)
            if dated.how == "none" and number == 0:
                dated = _going_on(dated, page, index, before, day_first=day_first)
            if dated.how == "none":
                dated = _labelled(dated, page, index, match, before)
            if previous is not None and dated.role == "valid_until" and previous.role == "validity":
                previous = replace(previous, role="valid_from")
            if previous is not None:
                yield previous
            previous = dated
        if previous is not None:
            yield previous
        yield from _across_break(page, index, day_first=day_first)


def _place(page: Page, line: Line, match: DateMatch) -> Dated:
    cell = _cell(line, match)
    return Dated(
        value=match.value,
        role="unlabelled",
        how="none",
        page=page.number,
        box=line.box_between(match.start, match.end),
        quote=_quote(line, match),
        source=next((word.source for word in line.between(match.start, match.end)), "text"),
        ambiguous=match.ambiguous,
        running=len(cell.text) > len(match.value) + RUNNING,
    )


def _cell(line: Line, match: DateMatch) -> Cell:
    return next(cell for cell in line.cells() if cell.end > match.start)


def _quote(line: Line, match: DateMatch) -> str:
    start, end = max(0, match.start - 120), min(len(line.text), match.end + 60)
    return " ".join(line.text[start:end].split())


def _ranged(dated: Dated, previous: Dated | None, between: str) -> Dated:
    """The second date of a range takes its meaning from the first."""
    if previous is None or not _RANGE.match(between):
        return dated
    if previous.role in ("validity", "valid_from", "valid_until"):
        return replace(dated, role="valid_until", how=previous.how)
    return replace(dated, role="other", how=previous.how) if previous.role == "other" else dated


def _going_on(
    dated: Dated,
    page: Page,
    index: int,
    before: str,
    *,
    day_first: bool | None,
) -> Dated:
    """The first date of a line in the middle of a sentence: its label or the range's beginning ends the line above."""
    above = page.lines[index - 1] if index else None
    if above is None or "\t" in before or not _runs_on(above):
        return dated
    dates = find_dates(above.text, day_first=day_first)
    rest = f"{above.for_labels[dates[-1].end if dates else 0 :]} {before}"
    if dates and _RANGE.match(rest):
        first = _labelled(_place(page, above, dates[-1]), page, index - 1, dates[-1], _ahead(above, dates))
        ranged = _ranged(dated, first, rest)
        if ranged.how != "none":
            return replace(ranged, running=True)
    label = None if _nearest(before) else _nearest(rest)
    return replace(dated, role=label.role, how="line", running=True) if label else dated


def _ahead(line: Line, dates: Sequence[DateMatch]) -> str:
    """What stands before the last date of a line, back to the date before it."""
    return line.for_labels[dates[-2].end if len(dates) > 1 else 0 : dates[-1].start]


def _runs_on(above: Line) -> bool:
    """Is the line above the beginning of this sentence? A line of a paragraph, without a full stop at its end."""
    return (
        "\t" not in above.text
        and len(above.text) >= SENTENCE
        and not above.text.rstrip().endswith((".", ":"))
    )


def _labelled(dated: Dated, page: Page, index: int, match: DateMatch, before: str) -> Dated:
    earlier_cells, _, beside = before.rpartition("\t")
    label = _nearest(earlier_cells if _ARTICLE.match(beside) else before)
    if label is not None:
        earlier = label.role == "valid_until" and _EARLIER.search(before)
        return replace(dated, role="previous_expiry" if earlier else label.role, how="line")
    cell = _cell(page.lines[index], match)
    above, below = _above(page, index, cell), _below(page, index, cell)
    if below is not None and (above is None or below[1] < 0.6 * above[1]):
        return replace(dated, role=below[0], how="below")
    if above is not None:
        return replace(dated, role=above[0], how="above")
    return replace(dated, role="dated") if _PLACE.match(before) else dated


def _nearest(before: str) -> LabelMatch | None:
    """The last strong label in the sentence before the date, else the last weak one close to it."""
    ends = list(_SENTENCE_END.finditer(before))
    start = ends[-1].end() if ends else 0
    found = date_labels().find(before[start:])
    strong = [one for one in found if before[start + one.start : start + one.end].casefold() not in WEAK]
    reach = len(before) - start
    if found and reach - found[-1].end <= AT_ONCE and _SINCE.match(before[start + found[-1].start :]):
        return found[-1]
    if strong and reach - strong[-1].end <= FAR:
        return strong[-1]
    return found[-1] if found and reach - found[-1].end <= NEAR else None


def _above(page: Page, index: int, cell: Cell) -> tuple[str, float] | None:
    """The label in the same column above, with its distance; in a table past the rows between it and its header."""
    below, past_values = cell, False
    for line in reversed(page.lines[max(0, index - TABLE_ROWS) : index]):
        if below.box[1] - line.box[3] > 2.5 * (cell.box[3] - cell.box[1]):
            return None
        other = next((one for one in line.cells() if overlap_x(one.box, cell.box) > 0), None)
        if other is None:
            continue
        label = _nearest(line.for_labels[other.start : other.end])
        if label is not None and _is_label_cell(other.text, label):
            header = len(line.cells()) > 1 or not past_values
            return (label.role, max(cell.box[1] - line.box[3], 0.1)) if header else None
        if not past_values and index - page.lines.index(line) > LINES_ABOVE:
            return None
        past_values = past_values or bool(find_dates(other.text))
        below = other
    return None


def _below(page: Page, index: int, cell: Cell) -> tuple[str, float] | None:
    """A caption directly under the date."""
    if len(cell.text) > LABEL_LENGTH or index + 1 >= len(page.lines):
        return None
    line = page.lines[index + 1]
    gap = line.box[1] - cell.box[3]
    for other in line.cells():
        if overlap_x(other.box, cell.box) > 0 and gap < 1.5 * (cell.box[3] - cell.box[1]):
            label = _nearest(line.for_labels[other.start : other.end])
            if label is not None and _is_caption(other.text):
                return label.role, max(gap, 0.1)
    return None


def _is_caption(text: str) -> bool:
    """A caption is short and has no value of its own, neither in its cell nor announced by a colon."""
    return len(text) <= LABEL_LENGTH and not find_dates(text) and not text.rstrip().endswith(":")


def _is_label_cell(text: str, label: LabelMatch) -> bool:
    """A label cell is short or ends with its label; a sentence that merely contains the word, or is over, is none."""
    if len(text) > LABEL_LENGTH and text.rstrip().endswith("."):
        return False
    return not find_dates(text[label.end :]) and (len(text) <= FAR or len(text) - label.end <= NEAR)


def _across_break(page: Page, index: int, *, day_first: bool | None) -> Iterator[Dated]:
    """Dates that a line break cuts in two ('28' / 'oktober 2022')."""
    if index + 1 >= len(page.lines):
        return
    one, two = page.lines[index], page.lines[index + 1]
    if not _DIGIT.search(one.text[-AT_BREAK:] + two.text[:AT_BREAK]):
        return
    text = f"{one.text} {two.text}"
    cut = len(one.text)
    for match in find_dates(text, day_first=day_first):
        if not match.start < cut < match.end:
            continue
        if any(m.end == cut for m in find_dates(one.text, day_first=day_first)) or match.partial:
            continue
        boxes = [one.box_between(match.start, cut), two.box_between(0, match.end - cut - 1)]
        earlier = [m for m in find_dates(one.text, day_first=day_first) if m.end <= match.start]
        quote = " ".join(text[max(0, match.start - 120) : match.end + 40].split())
        source = one.words[-1].source
        bare = Dated(
            match.value, "unlabelled", "none", page.number, union(boxes), quote, source, match.ambiguous,
            running=True,
        )  # fmt: skip
        yield _within(bare, page, index, earlier, match.start)


def _within(dated: Dated, page: Page, index: int, earlier: Sequence[DateMatch], start: int) -> Dated:
    """The role of a date that a line break cuts: the end of a range, else by the words since the date before it."""
    line = page.lines[index]
    between = line.for_labels[earlier[-1].end if earlier else 0 : start]
    if earlier and _RANGE.match(between):
        first = _labelled(_place(page, line, earlier[-1]), page, index, earlier[-1], _ahead(line, earlier))
        return _ranged(dated, first, between)
    label = _nearest(between)
    return replace(dated, role=label.role, how="line") if label else dated
