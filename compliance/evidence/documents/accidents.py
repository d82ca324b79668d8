"""Step 4, evidence: reads accident statistics by year: hours, employees, accidents; computes the frequency.

Tables stand either way: years as columns with a figure a row, or a row a year under the figures' names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from compliance.evidence.documents.policy import read_policy
from compliance.evidence.facts import Box, Fact
from compliance.evidence.labels import LabelMatch, Labels
from compliance.evidence.layout import Line, Page, Word, union
from compliance.evidence.vocabulary import vocabulary

PRINTED = "printed_frequency"
MILLION = 1_000_000  # hours: the measure of Nordic statistics
TOLERANCE = 0.06  # of the frequency: rounding of what was printed
SURE = 0.9
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d[\d.,   ]*|[–-](?=$)")
ROWS = 40
YEAR_LINE = 3  # words: a single year stands above its column with little beside it


@cache
def figure_labels() -> Labels:
    """What the figures are called, from the vocabulary."""
    return Labels(vocabulary("terms")["accidents"])


def read_accidents(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Whose statistics and of when, a fact a figure and year (the latest first), and the frequency we compute."""
    figures = sorted({(f.field, f.value): f for p in pages for f in _figures(p)}.values(), key=_latest_first)
    told = [fact for fact in figures if fact.field != PRINTED]
    return (*read_policy(pages), *told, *_frequencies(told, figures))


def _latest_first(fact: Fact) -> int:
    return -int(_year_of(fact) or 0)


def _year_of(fact: Fact) -> str:
    match = re.search(r"\((\d{4})\)$", fact.value)
    return match[1] if match else ""


def _figures(page: Page) -> Iterator[Fact]:
    for index, line in enumerate(page.lines):
        years = _years(line)
        if len(years) > 1 or (years and not _labels(line) and len(line.words) <= YEAR_LINE):
            yield from _years_as_columns(page, index, years)
        if len(_labels(line)) > 1:
            yield from _years_as_rows(page, index)
    yield from _single(page)


def _labels(line: Line) -> tuple[LabelMatch, ...]:
    return figure_labels().find(line.for_labels)


def _years(line: Line) -> list[Word]:
    return [word for word in line.words if _YEAR.fullmatch(word.text.strip("*:"))]


def _years_as_columns(page: Page, index: int, years: Sequence[Word]) -> Iterator[Fact]:
    """Each later line with a label: its numbers belong to the year they stand under."""
    for line in page.lines[index + 1 : index + ROWS]:
        if len(_years(line)) > 1:
            return
        found = _labels(line)
        if not found:
            continue
        after = line.between(found[0].end, len(line.text))
        for at, words in _under(after, [year.box for year in years]).items():
            yield from _figure(page, line, found[0].role, words, years[at].text.strip("*:"))


def _years_as_rows(page: Page, index: int) -> Iterator[Fact]:
    """Each later line that begins with a year: its numbers belong to the name they stand under."""
    header = page.lines[index]
    found = _labels(header)
    columns = [header.box_between(label.start, label.end) for label in found]
    for line in page.lines[index + 1 : index + ROWS]:
        if len(_labels(line)) > 1:
            return
        first = line.words[0]
        if not _YEAR.fullmatch(first.text.strip("*:")) or len(_years(line)) > 1:
            continue
        for at, words in _under(line.words[1:], columns).items():
            yield from _figure(page, line, found[at].role, words, first.text.strip("*:"))


def _under(words: Sequence[Word], columns: Sequence[Box]) -> Mapping[int, list[Word]]:
    """Numbers by the column whose middle or nearer edge is nearest; '41 200' are two words of one number."""
    placed: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        if _NUMBER.fullmatch(word.text):
            placed[min(range(len(columns)), key=lambda at: _apart(word, columns[at]))].append(word)
    return placed


def _apart(word: Word, column: Box) -> float:
    return min(
        abs((word.x0 + word.x1) - (column[0] + column[2])) / 2,
        abs(word.x0 - column[0]),
        abs(word.x1 - column[2]),
    )


def _figure(page: Page, line: Line, field: str, words: Sequence[Word], year: str) -> Iterator[Fact]:
    number = _number("".join(word.text for word in words))
    if number is not None and all(len(word.text) == THOUSANDS for word in words[1:]):
        quote = " ".join(line.text.split())
        value = f"{number:g} ({year})" if number < MILLION else f"{number:.0f} ({year})"
        yield Fact(field, value, page.number, union(w.box for w in words), quote, SURE, words[0].source)


def _number(text: str) -> float | None:
    """'41 200', '41.200', '12,5'; a dash is nothing."""
    plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", re.sub(r"[   ]", "", text)).replace(",", ".").strip(".")
    if plain in ("-", "–"):
        return 0.0
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _single(page: Page) -> Iterator[Fact]:
    """'Antal arbetade timmar: 41 200' where the document is about one year, told in its first lines."""
    years = {year for line in page.lines[:12] for year in re.findall(r"(?<![\d-])20\d\d(?![\d-])", line.text)}
    if len(years) != 1:
        return
    for line in page.lines:
        found = _labels(line)
        if len(found) == 1 and not _years(line):
            words = _first_number(line.between(found[0].end, len(line.text)))
            if words:
                yield from _figure(page, line, found[0].role, words, next(iter(years)))


def _first_number(words: Sequence[Word]) -> list[Word]:
    """The number after a label, its thousands apart or not; 'st' and '(LTI)' may stand around it."""
    found: list[Word] = []
    for word in words:
        if re.fullmatch(r"\d[\d.,]*", word.text) and (not found or len(word.text) == THOUSANDS):
            found.append(word)
        elif found:
            break
    return found


THOUSANDS = 3


def _frequencies(told: Sequence[Fact], figures: Sequence[Fact]) -> Iterator[Fact]:
    """Accidents with absence per million hours, from the figures; a printed frequency that differs is doubted."""
    by_year = {(fact.field, _year_of(fact)): fact for fact in figures}
    for hours in told:
        accidents = by_year.get(("accidents", _year_of(hours)))
        if hours.field != "worked_hours" or accidents is None or _value(hours) <= 0:
            continue
        rate = _value(accidents) / _value(hours) * MILLION
        fact = replace(accidents, field="accident_frequency", value=f"{rate:.1f} ({_year_of(hours)})")
        printed = by_year.get((PRINTED, _year_of(hours)))
        differs = printed is not None and abs(_value(printed) - rate) > max(TOLERANCE * rate, 0.1)
        yield fact.warned("does_not_add_up", 0.6) if differs else fact


def _value(fact: Fact) -> float:
    return float(fact.value.split()[0])
