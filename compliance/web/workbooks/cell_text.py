"""Workbooks: text as a cell keeps it. What XML cannot hold is written `_x0001_`, as Excel itself does."""

import re

UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LONGEST = 32_767
"""Characters (UTF-16 units) that a cell can hold."""


def to_cell(text: str) -> str:
    """The text as it is written into a cell."""
    marked = LOOKS_ESCAPED.sub("_x005F_", text)
    return UNKEEPABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", marked)


def from_cell(text: str) -> str:
    """The text that a cell means. Half a character, which no text can hold, becomes the sign for what is unreadable."""
    meant = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return meant.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fits(text: str) -> bool:
    """Whether a cell can hold it."""
    return len(to_cell(text).encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST
