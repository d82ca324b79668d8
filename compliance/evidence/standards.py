"""Step 4, evidence: management-system standards; a certificate's own standard is told from mere mentions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.evidence.facts import Fact
from compliance.evidence.labelled import fact_at, on_line
from compliance.evidence.layout import Cell, Line, Page, overlap_x

_STANDARD = re.compile(
    r"(?<![^\W_])(?P<body>(?:SS[- ]?)?(?:EN[- ]?)?ISO(?:\s?/\s?IEC)?|SA|FR|OHSAS|IATF|FSSC)[\s\-–]{0,2}"
    r"(?P<number>\d{4,5}(?:-[1-9](?!\d))?)(?:\s?[:\-–]\s?(?P<year>(?:19|20)\d\d))?(?!\d)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"requirement|complian|complies|conform|accordance|fulfil|standard|uppfyller|kraven|fordringar|enligt|krav",
    re.IGNORECASE,
)
_NUMBERS = {"SA": {"8000"}, "FR": {"2000"}, "OHSAS": {"18001"}, "IATF": {"16949"}, "FSSC": {"22000"}}
REQUIRED, ALONE, IN_PASSING = 0.95, 0.85, 0.4
WORDS_BESIDE = 22  # letters on a line that is still about the standard alone
SUBJECT_MENTIONS = 3


def find_standards(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Every standard named, a fact each; confidence tells how it stands: required, alone on its line, in passing."""
    return tuple(fact for page in pages for index in range(len(page.lines)) for fact in _on_line(page, index))


def _on_line(page: Page, index: int) -> Iterator[Fact]:
    line = page.lines[index]
    for match in _STANDARD.finditer(line.text):
        value = _name(match)
        if value:
            confidence = _weight(page, index, line, match)
            yield fact_at("standard", value, on_line(page, line, match.start(), match.end()), confidence)


def _name(match: re.Match[str]) -> str:
    body, number, year = match["body"].upper(), match["number"], match["year"]
    short = next((one for one in _NUMBERS if body == one), "ISO")
    if short != "ISO" and number not in _NUMBERS[short]:
        return ""
    if (
        short == "ISO"
        and not year
        and number in ("2000", "2019", "2020", "2021", "2022", "2023", "2024", "2025")
    ):
        return ""
    prefix = "ISO/IEC " if "IEC" in body else {"SA": "SA", "FR": "FR"}.get(short, f"{short} ")
    return f"{prefix}{number}" + (f":{year}" if year else "")


def _weight(page: Page, index: int, line: Line, match: re.Match[str]) -> float:
    """Required when the words before say so; a list of standards under such words is required as a whole."""
    if _ANCHOR.search(line.text[: match.start()]):
        return REQUIRED
    cell = next(one for one in line.cells() if one.end > match.start())
    alone = _is_alone(cell.text)
    if alone and _continues_list(page, index, cell):
        return REQUIRED
    above = next((one for _, one in _column_above(page, index, cell) if not (alone and _is_alone(one))), None)
    if above is not None and _ANCHOR.search(above[-80:]) and not _STANDARD.search(above):
        return REQUIRED
    return ALONE if alone else IN_PASSING


def _continues_list(page: Page, index: int, cell: Cell) -> bool:
    """Under 'Standards: ISO 9001' in the same column."""
    for line, above in _column_above(page, index, cell):
        if not _is_alone(above):
            return False
        if _ANCHOR.search(line.text[: line.text.find(above)]):
            return True
    return False


def _column_above(page: Page, index: int, cell: Cell) -> Iterator[tuple[Line, str]]:
    """The texts above in the same column with their lines, upwards."""
    for line in reversed(page.lines[:index]):
        yield from ((line, other.text) for other in line.cells() if overlap_x(other.box, cell.box) > 0)


def _is_alone(text: str) -> bool:
    """A place that holds little but standards."""
    rest = _STANDARD.sub("", text)
    return rest != text and len(re.sub(r"[\W_]", "", rest)) <= WORDS_BESIDE


def is_standard(text: str) -> bool:
    """Is the text the name of a standard and nothing else?"""
    match = _STANDARD.fullmatch(text.strip())
    return match is not None and bool(_name(match))


def certified(found: Sequence[Fact]) -> tuple[Fact, ...]:
    """A certificate's standards: those it says are met, else those that stand alone; others are mentions."""
    best = max((fact.confidence for fact in found), default=0.0)
    numbers = {_number(fact) for fact in found if fact.confidence == best}
    return _ranked(found, numbers)


def subject(found: Sequence[Fact]) -> tuple[Fact, ...]:
    """Of a document that is no certificate: the one standard it is about, if any; the rest are mentions."""
    counts = Counter(_number(fact) for fact in found if fact.page == 1)
    about = (
        {number for number, count in counts.items() if count >= SUBJECT_MENTIONS}
        if len(counts) == 1
        else set()
    )
    titled = {_number(fact) for fact in found if fact.page == 1 and fact.confidence == ALONE}
    return tuple(
        fact.warned("mentioned_only", 0.6 if fact.answer else 1.0) for fact in _ranked(found, about | titled)
    )


def _ranked(found: Sequence[Fact], numbers: set[str]) -> tuple[Fact, ...]:
    """One fact a standard, the one with a year first; answers before mentions."""
    kept: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda fact: (-fact.confidence, ":" not in fact.value, fact.page)):
        known = kept.get(_number(fact))
        if known is None or (":" in fact.value and ":" not in known.value):
            kept[_number(fact)] = replace(fact, confidence=known.confidence) if known else fact
    facts = [
        fact if number in numbers else replace(fact, answer=False, confidence=min(fact.confidence, 0.3))
        for number, fact in kept.items()
    ]
    return tuple(sorted(facts, key=lambda fact: not fact.answer))


def _number(fact: Fact) -> str:
    return re.sub(r":\d{4}$|^ISO/IEC |^ISO ", "", fact.value)
