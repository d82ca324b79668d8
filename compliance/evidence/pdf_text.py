"""Step 4, evidence: words of single pages by pdfplumber; the only importer of it (runs in the child process only).

pdfplumber is slow and exact: it is asked about pages that carry facts, never about a whole long document.
"""

import io
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import pdfplumber

from compliance.evidence.layout import Word

MAX_CONTENT = 6_000_000  # decoded bytes of drawing instructions on one page
GAP = 0.18  # of the letter size; the default (3 points) glues words in some producers' files
SHORTEST_DOUBLED = 8
UNMAPPED = "(cid:"


class SlowReader:
    """Some pages (numbers from 1) of a document opened by pdfplumber; for use in a `with` statement."""

    def __init__(self, data: bytes, numbers: Sequence[int]) -> None:
        self._data = data
        self._numbers = sorted(numbers)
        self._pdf: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf = None  # PDF.close() would build the closed pages again: each page is closed by itself

    def words(self, number: int) -> tuple[Word, ...] | None:
        """The words of page `number`, one of those asked for, or None when this engine cannot read the page.

        Any failure means None, whatever its class: on damaged files it raises TypeError and the like.
        """
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(io.BytesIO(self._data), pages=self._numbers)
            page = self._pdf.pages[self._numbers.index(number)]
            try:
                return self._page_words(page)
            finally:
                page.close()
        except Exception:  # noqa: BLE001 - see the docstring
            return None

    def _page_words(self, page: Any) -> tuple[Word, ...] | None:
        if sum(len(stream.get_data()) for stream in page.page_obj.contents) > MAX_CONTENT:
            return None
        found = page.extract_words(x_tolerance_ratio=GAP, y_tolerance=2, keep_blank_chars=False)
        if any(_doubled(word["text"]) for word in found):  # bold letters made by printing them twice
            found = page.dedupe_chars(tolerance=1).extract_words(x_tolerance_ratio=GAP, y_tolerance=2)
        if any(UNMAPPED in word["text"] for word in found):
            return None
        left, top = page.cropbox[0] - page.bbox[0], page.cropbox[1] - page.bbox[1]
        return tuple(
            Word(word["text"], word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top)
            for word in found
        )


def _doubled(text: str) -> bool:
    """'VVaalliidd': every letter twice."""
    return len(text) >= SHORTEST_DOUBLED and text[::2] == text[1::2] and len(set(text)) > len(text) // 4
