"""Step 4, evidence: does this document name our supplier? Verifying a known name is far surer than extracting one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.labels import unaccented
from compliance.evidence.misread import is_label_word
from compliance.evidence.names import (
    core_name,
    find_names,
    legal_forms,
    mentions,
    plain_words,
    similarity,
)
from compliance.suppliers.identity import Identity

NEARLY = 0.94  # share of letters that agree; lower lets neighbours in the phone book through
MOST_WORDS = 60_000
SHORTEST_NUMBER = 7
LETTERS_OFF = 2
FEWEST_WORDS = 2  # of a name without legal form that may begin ours
SHORT_NAME = 3  # letters; shorter core names count only with their legal form


@dataclass(frozen=True, slots=True)
class KnownSupplier:
    """Who we expect: the registered name, other names it goes by, and its number if known."""

    name: str
    identity: Identity | None = None
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return (self.name, *self.other_names)


def names_supplier(reading: Reading, supplier: KnownSupplier) -> bool:
    """Does the document's text hold the supplier's number or one of its names?

    Letters may be misread where pages were read from pictures; within another company's longer name it is not ours.
    Where the holder is told by a longer name, the shorter one in the text is how the document calls that holder.
    """
    text = "\n".join(reading.text)
    misread = any(fact.source == "ocr" for fact in reading.facts)
    return _holds_number(text, supplier.identity) or any(
        _holds_whole(text, name)
        if _is_short_for_holder(name, reading)
        else _holds_name(text, name, misread=misread)
        for name in supplier.names
    )


def _is_short_for_holder(name: str, reading: Reading) -> bool:
    """'Exempel' in a document of 'Stora Exempel AB' means that company, not ours of the shorter name."""
    holder = reading.first("holder")
    if holder is None or holder.warnings:
        return False
    (ours, form), (theirs, their_form) = _parted(name), _parted(holder.value)
    if not their_form or not set(ours) < set(theirs):
        return False
    return not form or any(theirs[at : at + len(ours)] == ours for at in range(len(theirs)))


def _holds_whole(text: str, name: str) -> bool:
    """Is the name written out with its legal form?"""
    ours = _parted(name)
    return bool(ours[1]) and any(_parted(match.name) == ours for match in find_names(text))


def is_supplier(holder: Fact, supplier: KnownSupplier) -> bool:
    """Is this holder the supplier? Core names agree and legal forms do not differ."""
    nearly = holder.source == "ocr"
    return any(same_company(holder.value, name, nearly=nearly) for name in supplier.names)


def same_company(one: str, other: str, *, nearly: bool = False) -> bool:
    """Do two printed names mean one company? With `nearly` a letter or two may be misread.

    What follows a legal form is an address; a name without any form may be the beginning of the full name.
    """
    left, right = _parted(one), _parted(other)
    if not left[0] or not right[0] or (left[1] and right[1] and left[1] != right[1]):
        return False
    if left[0] == right[0] or (nearly and similarity(" ".join(left[0]), " ".join(right[0])) >= NEARLY):
        return True
    shorter, longer = sorted((left, right), key=lambda each: len(each[0]))
    begins = longer[0][: len(shorter[0])] == shorter[0]
    return begins and not shorter[1] and len(shorter[0]) >= FEWEST_WORDS


def known_as(one: str, other: str) -> bool:
    """Is one name the other, or its beginning ('Exempelcert' of 'Exempelcert Sverige AB')? Not for suppliers."""
    shorter, longer = sorted((core_name(one).split(), core_name(other).split()), key=len)
    return bool(shorter) and (
        similarity(one, other) >= NEARLY
        or (len("".join(shorter)) > SHORT_NAME and shorter == longer[: len(shorter)])
    )


def _parted(name: str) -> tuple[tuple[str, ...], str]:
    """The words that tell a company apart, without accents, and its legal form in one spelling ('' if not given)."""
    words = [unaccented(word) for word in plain_words(name)]
    forms = legal_forms()
    if words and words[0] == "ab" and len(words) > 1:
        words = [*words[1:], "ab"]
    for at in range(1, len(words)):
        for length in (3, 2, 1):
            form = forms.get(" ".join(words[at : at + length]))
            if form is not None:
                return tuple(words[:at]), form
    return tuple(words), ""


def has_number(fact: Fact, identity: Identity) -> bool:
    """Is the number a fact states the supplier's?"""
    return _plain_number(identity.number) in (_plain_number(fact.value), _vat_core(fact.value))


def _holds_number(text: str, identity: Identity | None) -> bool:
    """A sole trader's number is masked in every text, so it can confirm nothing."""
    if identity is None or identity.kind == "sole_trader" or len(identity.number) < SHORTEST_NUMBER:
        return False
    spaced = r"[\s.\-‐–]?".join(map(re.escape, identity.number))
    return re.search(rf"(?<!\d){spaced}(?!\d)", text, re.IGNORECASE) is not None or re.search(
        rf"SE{re.escape(identity.number)}01(?!\d)", text
    ) is not None  # fmt: skip


def _plain_number(value: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def _vat_core(value: str) -> str:
    """SE556012579001 holds the organisation number 5560125790."""
    match = re.fullmatch(r"SE(\d{10})01", _plain_number(value))
    return match[1] if match else ""


def _holds_name(text: str, name: str, *, misread: bool) -> bool:
    core = core_name(name)
    if len(core.replace(" ", "")) <= SHORT_NAME:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
    words, form = _parted(name)
    text = _without_others(text, words, form)
    return mentions(unaccented(text), unaccented(name)) or (misread and _nearly(text, core.split()))


def _without_others(text: str, words: tuple[str, ...], form: str) -> str:
    """The text without full names of other companies that hold ours or differ in their legal form."""
    parts, at = [], 0
    for match in find_names(text):
        own, other_form = _parted(match.name)
        start = next((n for n in range(len(own)) if own[n : n + len(words)] == words), None)
        goes_on = start is not None and (len(own) > start + len(words) or _begins_otherwise(own[:start]))
        if start is not None and (goes_on or (form and other_form and form != other_form)):
            parts.append(text[at : match.start])
            at = match.end
    return " ".join([*parts, text[at:]])


def _begins_otherwise(words: tuple[str, ...]) -> bool:
    """A word in front of our name belongs to another name, unless it is a label ('Leverantör Exempel AB')."""
    return len(words) == 1 and len(words[0]) > SHORT_NAME and not is_label_word(words[0])


def _nearly(text: str, wanted: Sequence[str]) -> bool:
    """A run of words that differs in a letter or two, as misread text does."""
    words = plain_words(text)[:MOST_WORDS]
    name = " ".join(wanted)
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(name)
    for at, word in enumerate(words):
        if word[0] != name[0] and word[-1] != wanted[0][-1]:
            continue
        run = " ".join(words[at : at + len(wanted)])
        if abs(len(run) - len(name)) <= LETTERS_OFF:
            matcher.set_seq1(run)
            if matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY:
                return True
    return False
