"""The year ahead: every day on which something is to be done about a contract, month by month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance.storage.queries.contracts import possible_owners
from compliance.storage.queries.year import DaySearch, count_days, find_days
from compliance.suppliers.calendar import add_months
from compliance.suppliers.register_words import words
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.calendar_words import first_of_month, what_to_do, why_then
from compliance.web.procurer.happening_words import month_name
from compliance.web.procurer.last_chances import last_chances
from compliance.web.procurer.requested import session, today

MONTHS = 12
EARLIEST, LATEST = date(1990, 1, 1), date(2150, 1, 1)


@dataclass(frozen=True)
class MonthLink:
    """A month of the year that is shown, and how many days to act lie in it."""

    key: str
    name: str
    count: int


@procurer.get("/year")
@allow(Access.STAFF)
def year() -> ResponseReturnValue:
    """Twelve months from any month on, one of them with all its days."""
    start = _clipped(first_of_month(request.args.get("start", ""), today()))
    month = _clipped(first_of_month(request.args.get("month", "") or f"{start:%Y-%m}", start))
    search, shown = _search()
    return render_template(
        "procurer/year.html",
        listing=find_days(session(), search, first=month, last=_last_of(month), after=_after()),
        month=MonthLink(f"{month:%Y-%m}", month_name(month), 0),
        months=_months(start, search),
        start=f"{start:%Y-%m}",
        earlier=f"{_clipped(add_months(start, -MONTHS)):%Y-%m}",
        later=f"{_clipped(add_months(start, MONTHS)):%Y-%m}",
        shown=shown,
        lists=_lists(),
        late=last_chances(today(), mine=shown.get("owner") == "me"),
        what_to_do=what_to_do,
        why_then=why_then,
        after=_after(),
        today=today(),
    )


def _months(start: date, search: DaySearch) -> list[MonthLink]:
    last = _last_of(add_months(start, MONTHS - 1))
    counts: Counter[str] = Counter()
    for (day, _), count in count_days(session(), search, first=start, last=last).items():
        counts[f"{day:%Y-%m}"] += count
    months = [add_months(start, number) for number in range(MONTHS)]
    return [MonthLink(f"{day:%Y-%m}", month_name(day), counts[f"{day:%Y-%m}"]) for day in months]


def _search() -> tuple[DaySearch, dict[str, str]]:
    owner, priority = request.args.get("owner", ""), request.args.get("priority", "")
    priority = priority if priority in words("priority") else ""
    owner = owner if owner == "me" or (owner.isdecimal() and len(owner) < 10) else ""  # noqa: PLR2004
    owner_id = current_user.id if owner == "me" else int(owner) if owner else None
    shown = {name: value for name, value in (("owner", owner), ("priority", priority)) if value}
    return DaySearch(owner_id=owner_id, priority=priority), shown


def _lists() -> dict[str, list[tuple[str, str]]]:
    language = current_language()
    people = [(str(user.id), user.name) for user in possible_owners(session()) if user.id != current_user.id]
    return {
        "owner": [("", gettext("Everybody")), ("me", gettext("Me")), *people],
        "priority": [
            ("", gettext("All")),
            *((code, word.in_language(language)) for code, word in words("priority").items()),
        ],
    }


def _after() -> int | None:
    text = request.args.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def _last_of(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def _clipped(month: date) -> date:
    return min(max(month, EARLIEST), LATEST)
