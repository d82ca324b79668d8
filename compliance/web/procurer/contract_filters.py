"""What lists of contracts are filtered by, read from the address of the page."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext

from compliance.storage.queries.contracts import SORTS, ContractSearch
from compliance.suppliers.cells import CellError, read_day, read_kronor
from compliance.suppliers.register_words import words
from compliance.web.languages import current_language

LONGEST = 100
FIELDS = ("text", "risk", "priority", "least", "ends_by")


def search_of(args: Mapping[str, str]) -> tuple[ContractSearch, dict[str, str]]:
    """What to look for, and what the reader wrote, to be shown again; what cannot be read filters nothing."""
    shown = {name: args.get(name, "").strip()[:LONGEST] for name in FIELDS}
    sort, after = args.get("sort", "notice"), args.get("after", "")
    search = ContractSearch(
        text=shown["text"],
        risk=shown["risk"] if shown["risk"] in words("inherent_risk") else "",
        priority=shown["priority"] if shown["priority"] in words("priority") else "",
        least=_kronor(shown["least"]),
        ends_by=_day(shown["ends_by"]),
        sort=sort if sort in SORTS else "notice",
        after=int(after) if after.isdecimal() and len(after) < 10 else None,  # noqa: PLR2004
    )
    return search, {name: text for name, text in shown.items() if text}


def filter_lists() -> dict[str, list[tuple[str, str]]]:
    """The lists that a filter can be chosen from, with "all" first."""
    language = current_language()
    return {
        name: [
            ("", gettext("All")),
            *((code, word.in_language(language)) for code, word in words(of).items()),
        ]
        for name, of in (("risk", "inherent_risk"), ("priority", "priority"))
    }


def _kronor(text: str) -> int | None:
    try:
        return read_kronor(text)
    except CellError:
        return None


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except CellError:
        return None
