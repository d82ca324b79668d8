"""Step 4, evidence: the sites a certificate covers, from a list or table under a heading such as 'Arbetsställen'."""

from collections.abc import Iterator, Sequence
from itertools import islice

from compliance.evidence.dated import date_labels
from compliance.evidence.documents.fields import SITE_CONFIDENCE, field_labels
from compliance.evidence.facts import Box, Fact
from compliance.evidence.labelled import SEPARATORS
from compliance.evidence.labels import LabelMatch
from compliance.evidence.layout import Cell, Line, Page, union
from compliance.evidence.numbers import number_labels
from compliance.evidence.vocabulary import vocabulary

MOST_SITES = 60
GAP = 2.2  # line heights between two rows of one list
INDENT = 12.0  # points: a row that begins further right goes on with the row above
FEWEST_LETTERS = 4


def sites(pages: Sequence[Page]) -> Iterator[Fact]:
    """A fact a site, its row as printed: place, address, what is done there."""
    found: dict[str, Fact] = {}
    for page in pages:
        for fact in _on_page(page):
            found.setdefault(fact.value.casefold(), fact)
    yield from islice(found.values(), MOST_SITES)


def _on_page(page: Page) -> Iterator[Fact]:
    for index, line in enumerate(page.lines):
        for label in () if _is_header(line) else field_labels().find(line.for_labels):
            if label.role != "site":
                continue
            cell = next(one for one in line.cells() if one.end > label.start)
            beside = _beside(line, label)
            if beside is not None:
                yield _fact(page, [(line, beside)])
            elif len(cell.text.strip(SEPARATORS)) <= label.end - label.start + INDENT:
                yield from _listed(page, index, cell.box)


def _beside(line: Line, label: LabelMatch) -> Cell | None:
    """'Site: 12 Sample Road': one site on the label's own line."""
    text = line.text[label.end :]
    at = label.end + len(text) - len(text.lstrip(SEPARATORS))
    marked = line.text[label.end : at].strip(" ")
    if not marked or sum(map(str.isalpha, line.text[at:])) < FEWEST_LETTERS:
        return None
    return Cell(line.text[at:], at, len(line.text), line.box_between(at, len(line.text)))


def _listed(page: Page, index: int, heading: Box) -> Iterator[Fact]:
    rows: list[list[tuple[Line, Cell]]] = []
    above = heading
    left: float | None = None
    for line in page.lines[index + 1 :]:
        cells = [cell for cell in line.cells() if cell.box[2] > heading[0] - INDENT]
        if not cells or line.box[1] - above[3] > GAP * line.height or _begins_else(line):
            break
        above = line.box
        if _is_header(line):
            continue
        left = cells[0].box[0] if left is None else left
        goes_on = bool(rows) and cells[0].box[0] > left + INDENT
        if goes_on:
            rows[-1] += [(line, cell) for cell in cells]
        else:
            rows.append([(line, cell) for cell in cells])
    yield from (_fact(page, row) for row in rows)


def _is_header(line: Line) -> bool:
    """The head of a table: every cell is one of the words such tables have."""
    heads = vocabulary("terms")["site_table"]
    cells = line.cells()
    return len(cells) > 1 and all(cell.text.strip(SEPARATORS).casefold() in heads for cell in cells)


def _begins_else(line: Line) -> bool:
    labels = (date_labels().find(line.for_labels), number_labels().find(line.for_labels))
    others = [
        label
        for label in field_labels().find(line.for_labels)
        if label.role not in ("site", "scope", "party")
    ]
    return any(found and found[0].start == 0 for found in (*labels, others))


def _fact(page: Page, row: Sequence[tuple[Line, Cell]]) -> Fact:
    value = ", ".join(" ".join(cell.text.split()) for _, cell in row)
    words = row[0][0].between(row[0][1].start, row[0][1].end)
    box = union(cell.box for _, cell in row)
    return Fact("site", value, page.number, box, value, SITE_CONFIDENCE, words[0].source)
