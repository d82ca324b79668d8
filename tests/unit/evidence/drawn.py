"""Documents drawn while a test runs, from the same lines as the committed samples."""

import io
from collections.abc import Mapping
from itertools import product

from compliance.evidence.document import read_document
from compliance.evidence.facts import Reading
from tests.evidence_files import drawings

LAYOUTS = ("beside", "column", "below")


def pdf_of(*pages: list[str], finish: str = "", column: int = drawings.COLUMN) -> bytes:
    """A PDF with these pages of lines (see drawings.draw), finished in one of the ways of drawings.FINISHES."""
    target = io.BytesIO()
    drawings.draw(target, {"pages": list(pages), "finish": finish, "column": column})
    return drawings.finish(target.getvalue(), finish)


def read_lines(*lines: str, column: int = drawings.COLUMN) -> Reading:
    """What is read from one page with these lines."""
    return read_document(pdf_of(list(lines), column=column))


def arranged(pairs: Mapping[str, str], layout: str) -> list[str]:
    """Labels with their values: 'label: value', the value in the next column, or under its label."""
    forms = {"beside": "{}: {}", "column": "{}|{}", "below": "{}\n{}\n"}
    return "\n".join(forms[layout].format(label, value) for label, value in pairs.items()).split("\n")


def variants(wordings: Mapping[str, object]) -> list[tuple[str, str]]:
    """Every wording in every layout."""
    return list(product(wordings, LAYOUTS))


def answers(reading: Reading, fields: object) -> dict[str, str]:
    """The answers of these fields."""
    return {name: fact.value for name in fields if (fact := reading.first(name))}
