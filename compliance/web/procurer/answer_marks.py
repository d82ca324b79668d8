"""What stands beside each submitted answer: who gave it and when, from which paper, whether secrecy is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from compliance.storage.models import Scorecard
from compliance.storage.queries.timelines import names_of_actors
from compliance.web.procurer.requested import session


@dataclass(frozen=True)
class AnswerMark:
    """Beside one answer. `paper` is the day the paper came that it was typed in from; `covers` as `SecrecyRequest`."""

    saved_by: str
    saved_at: datetime | None
    paper: date | None
    covers: str
    reason: str


def marks_in(card: Scorecard) -> dict[str, AnswerMark]:
    """The marks of a snapshot, by item; one made before marks were kept has none."""
    entries = {entry["id"]: entry for entry in card.inputs["questions"]}
    savers = {entry["saved_by"] for entry in entries.values() if "saved_by" in entry}
    names = names_of_actors(session(), (f"user:{number}" for number in savers))
    return {
        item_id: _mark(entry, names)
        for item_id, entry in entries.items()
        if "saved_by" in entry or "secrecy" in entry
    }


def _mark(entry: Mapping[str, Any], names: Mapping[str, str]) -> AnswerMark:
    secrecy = entry.get("secrecy") or {}
    return AnswerMark(
        saved_by=names.get(f"user:{entry.get('saved_by')}", ""),
        saved_at=datetime.fromisoformat(entry["saved_at"]) if "saved_at" in entry else None,
        paper=date.fromisoformat(entry["paper"]) if "paper" in entry else None,
        covers=secrecy.get("covers", ""),
        reason=secrecy.get("reason", ""),
    )
