"""Step 4, evidence: reads policies, statements, plans and reports: holder, adopted or issued, next review."""

import re
from collections.abc import Iterator, Sequence

from compliance.evidence.dated import Dated, date_labels, find_dated
from compliance.evidence.dates import find_dates
from compliance.evidence.documents.regulations import regulations
from compliance.evidence.facts import Fact
from compliance.evidence.kinds import titles
from compliance.evidence.labelled import distinct
from compliance.evidence.layout import Page
from compliance.evidence.numbers import org_numbers
from compliance.evidence.owner import policy_holders
from compliance.evidence.standards import find_standards, subject
from compliance.evidence.validity import to_fact, valid_until

VERSION_ROLES = ("issued", "reissued", "revised", "adopted", "decided")
PRINTED = ("printed",)
OTHER_ROLES = ("published", "dated")
FIRST_DAY = ("valid_from",)
_YEAR = re.compile(r"(?<![\d.–\-])(?<!\d:)(?:19|20)\d\d(?![\d/.–\-])")
COVER_CELL = 40
LABELLED = 0.75  # confidence of a date with a label
TITLE_LINE = 60


def read_policy(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """The facts of a governing document; the first of a field is the answer, the others alternatives."""
    holder = distinct(policy_holders(pages))
    return (
        *holder,
        *distinct(org_numbers(pages, holder[0].value if holder else "", "")),
        *subject(find_standards(pages)),
        *version_dates(pages),
        *(fact for fact in valid_until(pages) if fact.confidence >= LABELLED),
        *next_review(pages),
        *regulations(pages),
    )


def version_dates(pages: Sequence[Page], *, printed: bool = False) -> tuple[Fact, ...]:
    """When this version was made: the latest labelled day, else a date on the cover, else month or year in the title.

    Dates inside sentences of inner pages are about other things; control tables stand on the first and last pages.
    With `printed` the day of printing counts too, last; the first day of what it tells does not.
    """
    outer = {page.number for page in pages[:3]} | {page.number for page in pages[-2:]}
    dated = [
        one
        for one in find_dated(pages)
        if one.page in outer and (not one.running or one.page == pages[0].number)
    ]
    latest_first = sorted(dated, key=lambda one: one.value, reverse=True)  # tables of versions name them all
    others = [
        one
        for role in (*OTHER_ROLES, *(PRINTED if printed else FIRST_DAY))
        for one in latest_first
        if one.role == role and not one.running
    ]
    found = [*_versions(dated), *others, *_on_cover(dated, pages), *_year(pages)]
    return distinct(to_fact("issued_on", one) for one in found)


def _versions(dated: Sequence[Dated]) -> list[Dated]:
    """The version's labelled dates: full days before months, the latest first."""
    found = [one for one in dated if one.role in VERSION_ROLES and not (one.running and one.how != "line")]
    latest_first = sorted(found, key=lambda one: one.value, reverse=True)
    return sorted(latest_first, key=lambda one: one.partial)


def _on_cover(dated: Sequence[Dated], pages: Sequence[Page]) -> list[Dated]:
    """A bare date on the first page, alone in its place or in the title."""
    first = next((page.number for page in pages if page.lines), 1)
    title_quotes = {
        " ".join(title.line.text.split()) for title in titles(pages) if len(title.line.text) <= TITLE_LINE
    }
    bare = [one for one in dated if one.role == "unlabelled" and one.page == first and not one.running]
    return [one for one in bare if len(one.quote) <= COVER_CELL or one.quote in title_quotes]


def _year(pages: Sequence[Page]) -> Iterator[Dated]:
    """A year in the title: beside a word such as 'revised' first, then by the size of the letters."""
    years = [(title, _YEAR.findall(title.line.text)) for title in titles(pages)]
    found = [title for title, known in years if len(known) == 1 and len(title.line.text) <= TITLE_LINE]
    for title in sorted(found, key=lambda title: not _tells_version(title.line.text)):
        match = _YEAR.search(title.line.text)
        if match is not None and not find_dates(title.line.text):
            box = title.line.box_between(match.start(), match.end())
            quote = " ".join(title.line.text.split())
            source = title.line.between(match.start(), match.end())[0].source
            yield Dated(match.group(), "unlabelled", "none", title.page.number, box, quote, source)


def _tells_version(text: str) -> bool:
    return any(label.role in VERSION_ROLES for label in date_labels().find(text))


def next_review(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """When the document is to be looked at again."""
    found = [one for one in find_dated(pages) if one.role == "next_review"]
    return distinct(to_fact("next_review", one) for one in sorted(found, key=lambda one: -one.certainty))
