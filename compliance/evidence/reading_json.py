"""Step 4, evidence: a reading as JSON, the form the command line prints and the child process returns."""

import re
from datetime import date
from typing import Any

from compliance.evidence.facts import FIELDS, STATES, Fact, Reading

QUOTE_LENGTH = 300
_PAGES = re.compile(r"\d{1,4}-\d{1,4}")


def reading_to_json(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """The reading as plain JSON values; the document's text only when asked for."""
    text = {"text": list(reading.text)} if with_text else {}
    return {
        "sha256": reading.sha256,
        "pages": reading.pages,
        "state": reading.state,
        "state_reason": reading.reason,
        "read_pages": list(reading.read_pages),
        "made_on": reading.made_on,
        "changed_on": reading.changed_on,
        "parts": [{"pages": [p.first_page, p.last_page], "kind": p.kind} for p in reading.parts],
        "facts": [_fact_to_json(fact) for fact in reading.facts],
        **text,
    }


def _fact_to_json(fact: Fact) -> dict[str, Any]:
    return {
        "field": fact.field,
        "value": fact.value,
        "page": fact.page,
        "box": [round(edge, 1) for edge in fact.box],
        "quote": fact.quote[:QUOTE_LENGTH],
        "confidence": fact.confidence,
        "source": fact.source,
        "warnings": list(fact.warnings),
        "answer": fact.answer,
    }


def reading_from_json(data: Any) -> Reading:
    """Read back what `reading_to_json` wrote; raises ValueError when the shape is wrong.

    The child process has read a hostile file: nothing it says is taken unchecked.
    """
    try:
        state = str(data["state"])
        if state not in STATES:
            raise ValueError(f"unknown state {state[:40]!r}")
        return Reading(
            state=state,
            sha256=str(data["sha256"]),
            pages=int(data["pages"]),
            facts=tuple(_fact_from_json(item) for item in data["facts"]),
            read_pages=tuple(int(page) for page in data["read_pages"]),
            text=tuple(str(page) for page in data.get("text", ())),
            made_on=_day(data.get("made_on")),
            changed_on=_day(data.get("changed_on")),
        )
    except (KeyError, TypeError, IndexError) as problem:
        raise ValueError(f"not a reading: {problem}") from problem


def _day(text: Any) -> str:
    """A day as ISO 8601, or empty. Raises ValueError for anything else."""
    return date.fromisoformat(str(text)).isoformat() if text else ""


def _fact_from_json(item: Any) -> Fact:
    if item["field"] not in FIELDS:
        raise ValueError("unknown field")
    if item["field"] == "part" and not _PAGES.fullmatch(str(item["value"])):
        raise ValueError("not a range of pages")
    x0, top, x1, bottom = (float(edge) for edge in item["box"])
    return Fact(
        field=str(item["field"]),
        value=str(item["value"]),
        page=int(item["page"]),
        box=(x0, top, x1, bottom),
        quote=str(item["quote"]),
        confidence=min(1.0, max(0.0, float(item["confidence"]))),
        source=str(item["source"]),
        warnings=tuple(str(warning) for warning in item["warnings"]),
        answer=item["answer"] is True,
    )
