"""Step 4, evidence: reads a statement on slavery or due diligence: financial year, approval, who signed."""

import re
from collections.abc import Iterator, Sequence

from compliance.evidence.dates import find_dates
from compliance.evidence.documents.fields import signatory_roles
from compliance.evidence.documents.policy import read_policy
from compliance.evidence.facts import Fact
from compliance.evidence.labelled import distinct, fact_at, on_line
from compliance.evidence.layout import Line, Page

_YEAR = re.compile(
    r"(?:financial|fiscal|reporting) (?:year|period)(?: (?:ending|ended|that ended|to))?(?: on)?"
    r"|year end(?:ing|ed)(?: on)?|(?:räkenskaps|verksamhets|regnskaps)år(?:et)?(?: som avslutades)?|geschäftsjahr",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*(?:ending|ended|to|that|from|som|slutade)?\W*(?:[0-3]?\d)?\W*", re.IGNORECASE)
_SINGLE = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?(?!\d)")
REACH = 40  # characters between the words and the year


def read_statement(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """A policy's facts, with the financial year it is about and the role of who signed."""
    return (*read_policy(pages), *distinct(_periods(pages)), *distinct(signatory_roles(pages)))


def _periods(pages: Sequence[Page]) -> Iterator[Fact]:
    for page in pages:
        for index, line in enumerate(page.lines):
            following = page.lines[index + 1] if index + 1 < len(page.lines) else None
            for match in _YEAR.finditer(line.text):
                rest = line.text[match.end() : match.end() + REACH]
                yield from _told(page, line, match.end(), rest)
                if following is not None and _GOES_ON.fullmatch(rest):
                    yield from _told_across(page, following, rest)


def _told_across(page: Page, following: Line, rest: str) -> Iterator[Fact]:
    """What the next line says; it may go on with a date ('ending 31' / 'December 2024')."""
    dates = find_dates(f"{rest} {following.text[:REACH]}")
    if dates and dates[0].start < len(rest):
        end = dates[0].end - len(rest) - 1
        yield fact_at("period", f"/{dates[0].value}", on_line(page, following, 0, end), 0.85)
    else:
        yield from _told(page, following, 0, following.text[:REACH])


def _told(page: Page, line: Line, start: int, rest: str) -> Iterator[Fact]:
    """A range of days, a last day, or a year."""
    dates = find_dates(rest)
    if dates:
        value = "/".join(date.value for date in dates[:2]) if len(dates) > 1 else f"/{dates[0].value}"
        first, last = start + dates[0].start, start + dates[:2][-1].end
        yield fact_at("period", value, on_line(page, line, first, last), 0.9)
    elif (match := _SINGLE.search(rest)) is not None:
        place = on_line(page, line, start + match.start(), start + match.end())
        yield fact_at("period", match.group().replace(" ", ""), place, 0.85)
