"""Step 4, evidence: a Word file (.docx) as lines whose place is a paragraph number (child process only).

Only the text is taken: nothing the file refers to is fetched, no entity is resolved, nothing in it is run.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from compliance.evidence.pdf_gate import MAX_CHARS, NotRead

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000  # bytes
MOST_PARAGRAPHS = 50_000
SMALLEST_SEEN = 6  # half points: smaller letters are not read by eye
LARGE_PICTURE = 0.25 * 7_560_000 * 10_692_000  # of an A4 page, in square EMU
WHITE = "FFFFFF"
BESIDE = frozenset({RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER})
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one row of a table as its cells; `number` counts paragraphs from 1.

    `hidden` is the same with the text that the reader's eye does not see (hidden, white or tiny letters).
    """

    number: int
    cells: tuple[str, ...]
    hidden: tuple[str, ...]
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says, and whether it holds a picture that may be a page of its own."""

    paragraphs: tuple[Paragraph, ...]
    has_large_picture: bool


def open_word_file(data: bytes) -> WordFile:
    """The paragraphs of a .docx in reading order. Raises NotRead with broken or refused."""
    _check_archive(data)
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        XMLSyntaxError,
        KeyError,
        ValueError,
        OSError,
    ) as problem:
        raise NotRead("broken") from problem
    if body is None:
        raise NotRead("broken")
    beside = [
        rel.target_part
        for rel in document.part.rels.values()
        if rel.reltype in BESIDE and not rel.is_external
    ]
    paragraphs = tuple(_numbered([body, *(part.element for part in beside)]))
    return WordFile(paragraphs, any(_is_large(extent) for extent in body.iter(qn("wp:extent"))))


def _check_archive(data: bytes) -> None:
    """An archive may unpack to a thousand times its size: what it says of itself is looked at before it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise NotRead("broken") from problem
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotRead("refused")


def _numbered(stories: list[Any]) -> Iterator[Paragraph]:
    number = chars = 0
    for story in stories:
        for cells in _rows(story):
            seen, hidden = [], []
            first = number + 1
            for paragraphs in cells:
                texts = [_texts(paragraph) for paragraph in paragraphs]
                number += len(paragraphs)
                seen.append(" ".join(text for text, _ in texts if text))
                hidden.append(" ".join(text for _, text in texts if text))
            chars += sum(map(len, hidden))
            if number > MOST_PARAGRAPHS or chars > MAX_CHARS:
                raise NotRead("refused")
            if any(hidden):
                yield Paragraph(first, tuple(seen), tuple(hidden), _is_title(cells[0][0]))


def _rows(story: Any) -> Iterator[list[list[Any]]]:
    """Paragraphs one by one, table rows as their cells. A box of text stands where its anchor stands."""
    for element in story.iter(qn("w:p"), qn("w:tr")):
        if _within(element, FALLBACK):  # the same once more, for old programs
            continue
        if element.tag == qn("w:tr"):
            cells = [list(_own_paragraphs(cell)) for cell in element.iterchildren(qn("w:tc"))]
            filled = [cell for cell in cells if cell]
            if filled:
                yield filled
        elif not _within(element, qn("w:tc")):
            yield [[element]]


def _own_paragraphs(cell: Any) -> Iterator[Any]:
    """Those of the cell itself: a table within it gives its own rows."""
    yield from cell.iterchildren(qn("w:p"))


def _texts(paragraph: Any) -> tuple[str, str]:
    """What is seen, and what is there: text that was struck out in a review is neither."""
    seen, there = [], []
    for run in paragraph.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p"))) is not paragraph or _within(run, qn("w:del"), qn("w:moveFrom")):
            continue
        text = "".join(_letters(run))
        there.append(text)
        if not _is_unseen(run):
            seen.append(text)
    return " ".join("".join(seen).split()), " ".join("".join(there).split())


def _letters(run: Any) -> Iterator[str]:
    for part in run:
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag in {qn("w:tab"), qn("w:br"), qn("w:cr")}:
            yield " "
        elif part.tag == qn("w:noBreakHyphen"):
            yield "-"


def _is_unseen(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    vanish, colour, size = (properties.find(qn(name)) for name in ("w:vanish", "w:color", "w:sz"))
    return (
        (vanish is not None and vanish.get(qn("w:val")) not in {"0", "false", "off"})
        or (colour is not None and (colour.get(qn("w:val")) or "").upper() == WHITE)
        or (
            size is not None
            and (size.get(qn("w:val")) or "").isdigit()
            and int(size.get(qn("w:val"))) < SMALLEST_SEEN
        )
    )


def _is_title(paragraph: Any) -> bool:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = (style.get(qn("w:val")) or "").casefold() if style is not None else ""
    return name.startswith(("title", "heading", "rubrik"))


def _is_large(extent: Any) -> bool:
    wide, high = extent.get("cx", ""), extent.get("cy", "")
    return wide.isdigit() and high.isdigit() and int(wide[:12]) * int(high[:12]) >= LARGE_PICTURE


def _within(element: Any, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None
