"""A contract's terms in words: period, renewal, notice."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext, ngettext


def terms_in_words(terms: Mapping[str, Any]) -> list[str]:
    """What was agreed about the contract's time, a sentence each."""
    return list(_sentences(terms))


def _sentences(terms: Mapping[str, Any]) -> Iterator[str]:
    renewal = terms["renewal"]
    if terms["end"] is None:
        yield gettext("From %(start)s until further notice.", start=terms["start"])
    else:
        yield gettext("From %(start)s to %(end)s.", start=terms["start"], end=terms["end"])
    yield from _RENEWALS[renewal["kind"]](renewal)
    if terms.get("notice"):
        yield gettext("Time of notice: %(time)s.", time=length(terms["notice"]))
    if terms.get("notice_given_on"):
        yield gettext("Notice was given on %(day)s.", day=terms["notice_given_on"])


def _none(renewal: Mapping[str, Any]) -> Iterator[str]:
    del renewal
    yield gettext("No renewal was agreed.")


def _option(renewal: Mapping[str, Any]) -> Iterator[str]:
    yield gettext(
        "Extensions that we may make: %(periods)s, by %(months)s months each. Made so far: %(extended)s.",
        periods=renewal["periods"],
        months=renewal["months"],
        extended=renewal.get("extended", 0),
    )
    yield gettext("An option must be used at least %(time)s before the end.", time=length(renewal["notice"]))


def _tacit(renewal: Mapping[str, Any]) -> Iterator[str]:
    yield gettext("It renews itself by %(months)s months unless notice is given.", months=renewal["months"])
    if renewal.get("max_periods") is not None:
        yield gettext("Most renewals: %(times)s.", times=renewal["max_periods"])


_RENEWALS = {"none": _none, "option": _option, "tacit": _tacit}


def length(notice: Mapping[str, Any]) -> str:
    """A time of notice: "3 months"."""
    number = notice["n"]
    words: dict[str, str] = {
        "months": ngettext("%(num)d month", "%(num)d months", number),
        "weeks": ngettext("%(num)d week", "%(num)d weeks", number),
        "days": ngettext("%(num)d day", "%(num)d days", number),
    }
    return words[notice["unit"]]
