"""Step 4, evidence: whose certificate it is: after "this is to certify that", before "has been assessed", by names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from compliance.evidence.dated import date_labels
from compliance.evidence.facts import Fact
from compliance.evidence.kinds import is_title, titles
from compliance.evidence.labelled import Value, fact_at, on_line, values_after
from compliance.evidence.labels import Labels
from compliance.evidence.layout import Line, Page, overlap_x
from compliance.evidence.names import core_name, find_names, plausible
from compliance.evidence.numbers import number_labels
from compliance.evidence.vocabulary import vocabulary

_CUT = re.compile(
    r"\s*(?:[,;]\s*(?!(?:inc|ltd|llc|limited|co)\b)|\.{3,}|…|\s[–-]\s?(?=\d)|\s\(?(?:org|reg|vat)\b"
    r"|\s(?:has|have|har|är|is|with|vars|at|med)\s)",
    re.IGNORECASE,
)
_SYSTEM_OF = re.compile(
    r"(?:the\s)?[\w\s,&()-]{0,90}?(?:management\ssystems?\s(?:of|at|operated\sby)|ledningssystem(?:et|en)?\s(?:hos|vid|i))\b[:\s]*",
    re.IGNORECASE,
)  # 'the occupational health and safety management system of'
_ANSWERS = frozenset({"ja", "nej", "yes", "no"})
SEARCHED = 160  # characters after a label in which the name begins
AT_ONCE = 3  # characters a name may stand from where it is expected
LABEL_LIKE = 25
BLOCK_LINES, BLOCK_GAP = 7, 3.0  # lines of an address block, and line heights between them
TITLE_WEIGHT = 5


@cache
def _field_labels() -> Labels:
    return Labels(vocabulary("field_labels"))


def is_field_label(text: str) -> bool:
    """Is the whole text the label of a value ('Säte', 'Försäkringsnummer:'), as the next column's heading is?"""
    bare = text.strip(" :.")
    return any(
        one.start == 0 and one.end == len(bare)
        for labels in (_field_labels(), holder_labels(), number_labels(), date_labels())
        for one in labels.find(bare)
    )


@cache
def holder_labels() -> Labels:
    """Words before and after a holder's name, from the vocabulary."""
    return Labels(vocabulary("holder_labels"))


def certificate_holders(pages: Sequence[Page], issuer: str) -> Iterator[Fact]:
    """Holders of a certificate or confirmation, the best founded first."""
    for page in pages:
        yield from announced(page, issuer)
    for page in pages:
        yield from _before_statement(page, issuer)
    yield from named_companies(pages, issuer)


def announced(page: Page, issuer: str) -> Iterator[Fact]:
    """Names after a label or an opening such as 'this is to certify that'."""
    for place in values_after(page, holder_labels(), ("before",)):
        if _label_counts(place):
            fact = _name_at(place, 0.95 if place.how == "line" else 0.92)
            if fact is not None and not _same(fact.value, issuer):
                yield fact


def _label_counts(place: Value) -> bool:
    """A one-word label ('company') counts only before a colon or alone in its cell; a longer one ends its cell."""
    single = len(place.label.split()) == 1
    if place.how == "below":
        head = place.quote[: len(place.quote) - len(" ".join(place.text.split()))].rstrip(" :.").casefold()
        label = place.label.casefold()
        return head == label if single else head.endswith(label)
    between = place.line.text[: place.start]
    if not single or between.rstrip(" \t.…").endswith(":"):
        return True
    return (
        between.endswith("\t")
        and between.rstrip(" \t").rpartition("\t")[2].casefold() == place.label.casefold()
    )


def _name_at(place: Value, confidence: float) -> Fact | None:
    system = _SYSTEM_OF.match(place.text)
    text = place.text[system.end() :] if system else place.text
    start, end = _extent(text)
    name = text[start:end].strip(" .:-–\t")
    if not name or not plausible(name) or not name[0].isalnum() or _is_label(name):
        return None
    offset = place.start + place.text.rfind(text) + text.find(name)
    here = Value(place.page, place.line, offset, offset + len(name), place.role, place.how, place.quote)
    return fact_at("holder", name, here, confidence)


def _extent(text: str) -> tuple[int, int]:
    """A name with its legal form, else everything up to a comma, an address or a verb."""
    names = find_names(text[:SEARCHED])
    if names and names[0].start <= AT_ONCE:
        return names[0].start, names[0].end
    cut = _CUT.search(text)
    return 0, cut.start() if cut else len(text)


def _is_label(name: str) -> bool:
    """Another label where a name was expected."""
    opening = next(iter(holder_labels().find(name)), None)
    if opening is not None and opening.start == 0 and " " in name[: opening.end]:
        return True
    if find_names(name):
        return False
    if name.casefold() in _ANSWERS or is_field_label(name):
        return True
    short = len(name) < LABEL_LIKE and opening is not None and (opening.start == 0 or _is_sentence(name))
    return bool(short or date_labels().find(name) or number_labels().find(name))


def _is_sentence(name: str) -> bool:
    """Labels and sentences go on in small letters; a trading name such as EXEMPEL COMPANY does not."""
    return any(word.islower() for word in name.split())


def _before_statement(page: Page, issuer: str) -> Iterator[Fact]:
    """'... has been assessed': the name stands before it on the line, or at the head of the block above."""
    for index, line in enumerate(page.lines):
        label = next((one for one in holder_labels().find(line.for_labels) if one.role == "after"), None)
        if label is None:
            continue
        if label.start > AT_ONCE and find_names(line.text[: label.start]):
            candidates = [on_line(page, line, 0, label.start)]
        else:
            cell = next(one for one in line.cells() if one.end > label.start)
            block = sorted(_block_above(page, index), key=lambda one: (not find_names(one.text), -one.height))
            candidates = [
                on_line(page, one, other.start, other.end)
                for one in block
                for other in one.cells()
                if overlap_x(other.box, cell.box) > 0
                and (find_names(other.text) or (len(one.cells()) == 1 and not is_title(other.text)))
            ]
        facts = (_name_at(place, 0.85) for place in candidates)
        yield from [fact for fact in facts if fact is not None and not _same(fact.value, issuer)][:1]


def _block_above(page: Page, index: int) -> list[Line]:
    block: list[Line] = []
    below = page.lines[index]
    for line in reversed(page.lines[max(0, index - BLOCK_LINES) : index]):
        if below.box[1] - line.box[3] > BLOCK_GAP * below.height:
            break
        block.insert(0, line)
        below = line
    return block


def named_companies(pages: Sequence[Page], issuer: str) -> Iterator[Fact]:
    """Companies by how often and how prominently they are named; a name in a title line counts more."""
    counts: Counter[str] = Counter()
    places: dict[str, Fact] = {}
    title_lines = {id(title.line) for title in titles(pages)}
    for page in [*pages[:4], *pages[4:][-1:]]:
        for line in page.lines:
            for match in find_names(line.text):
                core = core_name(match.name)
                if core and not _same(match.name, issuer):
                    counts[core] += TITLE_WEIGHT if id(line) in title_lines else 1
                    place = on_line(page, line, match.start, match.end)
                    places.setdefault(core, fact_at("holder", match.name, place, 0.7))
    for core, _ in counts.most_common(3):
        yield places[core]


def _same(name: str, issuer: str) -> bool:
    if not issuer:
        return False
    one, other = core_name(name), core_name(issuer)
    return f" {one} " in f" {other} " or one.startswith(f"{other} ")
