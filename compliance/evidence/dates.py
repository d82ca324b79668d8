"""Step 4, evidence: dates in Swedish and English documents; an unclear order of day and month is said, not guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = {
    "jan": 1, "januari": 1, "january": 1, "feb": 2, "febr": 2, "februari": 2, "february": 2,
    "mar": 3, "mars": 3, "march": 3, "apr": 4, "april": 4, "maj": 5, "may": 5,
    "jun": 6, "juni": 6, "june": 6, "jul": 7, "juli": 7, "july": 7,
    "aug": 8, "augusti": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
    "okt": 10, "oktober": 10, "oct": 10, "october": 10, "nov": 11, "november": 11,
    "dec": 12, "december": 12,
}  # fmt: skip

MONTHS_A_YEAR = 12
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th|:e|:a|e|:de))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RANGE_END = r"(?!\d)(?![./,]\d)(?![-–]\d{1,3}(?!\d))"  # another date may follow after a dash
_EDGE, _END = r"(?<![\d.,/§-])", r"(?![\d/])(?![.,-]\d)"

_SHAPES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in {
        "ymd": r"(?<![\d.,/§])"
        + _YEAR
        + r"\s?[-‐‑–/.]\s?(?P<month>[01]?\d)\s?[-‐‑–/.]\s?(?P<day>[0-3]?\d)"
        + _RANGE_END,
        "day_month_year": r"(?<!\d)"
        + _DAY
        + r"(?:\s+of)?[\s\-/.,]*"
        + _MONTH
        + r"[\s\-/.,]*"
        + _YEAR
        + r"(?!\d)",
        "day_month_yy": r"(?<!\d)" + _DAY + r"[-/ ]" + _MONTH + r"[-/ ](?P<year>\d\d)(?!\d)",
        "month_day_year": r"(?<![^\W_])" + _MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR + r"(?!\d)",
        "year_month_day": _EDGE + _YEAR + r"[\s-]+" + _MONTH + r"[\s-]+" + _DAY + r"(?!\d)",
        "dotted": _EDGE + r"(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?" + _YEAR + _END,
        "dotted_yy": _EDGE + r"(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?P<year>\d\d)" + _END,
        "slashed": _EDGE + r"(?P<first>[0-3]?\d)\s?[/\-–]\s?(?P<second>[0-3]?\d)\s?[/\-–]\s?" + _YEAR + _END,
        "slashed_yy": _EDGE + r"(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/(?P<year>\d\d)" + _END,
        "packed": _EDGE + r"(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)" + _END,
        "month_year": r"(?<![^\W_])(?<!\d\s)" + _MONTH + r",?\s+" + _YEAR + r"(?!\d)",
        "year_month": _EDGE + _YEAR + r"-(?P<month>[01]\d)(?![\d-])",
    }.items()
)

_MAY_HOLD = re.compile(r"\d\d")  # every shape holds two digits in a row; most lines do not


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date at characters `start` to `end`: ISO 8601, shortened to the month when no day is given.

    `ambiguous` when day and month could be exchanged and nothing in the document settles the order.
    """

    start: int
    end: int
    value: str
    ambiguous: bool = False

    @property
    def partial(self) -> bool:
        """True when the day is not given."""
        return len(self.value) < len("2026-01-01")


def find_dates(text: str, *, day_first: bool | None = None) -> tuple[DateMatch, ...]:
    """Every date in the text, left to right; `day_first` settles 05/06/2028, None leaves it marked ambiguous."""
    if not _MAY_HOLD.search(text):
        return ()
    found: list[DateMatch] = []
    for name, pattern in _SHAPES:
        for match in pattern.finditer(text):
            value, ambiguous = _value(name, match, day_first=day_first)
            free = all(match.end() <= other.start or match.start() >= other.end for other in found)
            if value and free:
                found.append(DateMatch(match.start(), match.end(), value, ambiguous))
    return tuple(sorted(found, key=lambda one: one.start))


def settle_order(texts: Iterable[str]) -> bool | None:
    """Does this document write the day first? Its own clear dates (24/01/2025) tell; None if none or both ways."""
    orders = set()
    for text in filter(_MAY_HOLD.search, texts):
        for name, pattern in _SHAPES:
            if name.startswith("slashed"):
                orders |= {_order(int(m["first"]), int(m["second"])) for m in pattern.finditer(text)}
    orders.discard(None)
    return orders.pop() if len(orders) == 1 else None


def _order(first: int, second: int) -> bool | None:
    if first > MONTHS_A_YEAR >= second:
        return True
    if second > MONTHS_A_YEAR >= first:
        return False
    return None


def _value(name: str, match: re.Match[str], *, day_first: bool | None) -> tuple[str, bool]:
    year = int(match["year"]) + (0 if len(match["year"]) == len("2026") else 2000)
    if name.startswith("slashed"):
        return _slashed(year, int(match["first"]), int(match["second"]), day_first=day_first)
    month = int(match["month"]) if match["month"].isdigit() else MONTHS[match["month"].casefold()]
    if name in ("month_year", "year_month"):
        return (f"{year:04}-{month:02}" if 1 <= month <= MONTHS_A_YEAR else ""), False
    return _iso(year, month, int(match["day"])), False


def _slashed(year: int, first: int, second: int, *, day_first: bool | None) -> tuple[str, bool]:
    """Day first is the European habit and our reading when nothing settles it; it then carries the mark."""
    clear = _order(first, second)
    order = clear if clear is not None else day_first
    day, month = (second, first) if order is False else (first, second)
    return _iso(year, month, day), order is None and first != second


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
