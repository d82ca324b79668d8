"""Contracts' days as an iCalendar file (RFC 5545): all-day events that move when their day moves.

Nothing personal: the contract's number and title, what is to be done and why, and a link.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, current_app, url_for
from flask_babel import gettext

from compliance.storage.models import CalendarDay
from compliance.web.procurer.calendar_words import what_to_do, why_then

if TYPE_CHECKING:
    from icalendar import Event

ONE_DAY = timedelta(days=1)
EVERY = timedelta(hours=4)


def calendar_file(days: Iterable[CalendarDay], *, name: str) -> Response:
    """The answer that holds these days, in the language of the moment."""
    from icalendar import Calendar  # noqa: PLC0415  loaded only by who asks for a calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Leverantörskollen//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_event(day))
    response = Response(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _event(day: CalendarDay) -> "Event":
    from icalendar import Event  # noqa: PLC0415  as above

    contract, changed = day.contract, day.changed_at.astimezone(UTC).replace(microsecond=0)
    link = _public(url_for("procurer.contract", contract_id=day.contract_id))
    what = what_to_do(day)
    event = Event()
    event.add("uid", _uid(day))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", day.sequence)
    event.add("dtstart", day.on_day)
    event.add("dtend", day.on_day + ONE_DAY)
    event.add("summary", f"{contract.number}: {what}")
    event.add("description", f"{contract.title}\n{why_then(day)}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if day.gone_at is None else "CANCELLED")
    return event


def _uid(day: CalendarDay) -> str:
    """The same as long as the contract and the kind of day are the same, whatever day it is."""
    parts = ["contract", str(day.contract_id), day.kind, *([day.subject] if day.subject else [])]
    return f"{'-'.join(parts)}@{urlsplit(current_app.config['SETTINGS'].public_url).hostname}"


def _public(path: str) -> str:
    base: str = current_app.config["SETTINGS"].public_url
    return base.rstrip("/") + path


def feed_address(token: str) -> str:
    """The secret address as it is shown once."""
    return _public(url_for("account.calendar_feed", feed_token=token))


def calendar_name() -> str:
    """What the calendar is called in the reader's calendar program."""
    return str(gettext("Days to act, contracts"))
