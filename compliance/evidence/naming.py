"""Step 4, evidence: does this document name our supplier? Verifying a known name is far surer than extracting one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.names import core_name, mentions, plain_words, similarity
from compliance.suppliers.identity import Identity

NEARLY = 0.94  # share of letters that agree; lower lets neighbours in the phone book through
MOST_WORDS = 60_000
SHORTEST_NUMBER = 7
LETTERS_OFF = 2
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
    """Does the document's text hold the supplier's number or one of its names (nearly, for misread letters)?"""
    text = "\n".join(reading.text)
    return _holds_number(text, supplier.identity) or any(_holds_name(text, name) for name in supplier.names)


def is_supplier(holder: Fact, supplier: KnownSupplier) -> bool:
    """Is this holder the supplier? Core names agree, or one is the other with words added."""
    return any(_same_name(holder.value, name) for name in supplier.names)


def _same_name(one: str, other: str) -> bool:
    left, right = core_name(one).split(), core_name(other).split()
    if not left or not right:
        return False
    shorter, longer = sorted((left, right), key=len)
    return similarity(one, other) >= NEARLY or (
        len("".join(shorter)) > SHORT_NAME and shorter == longer[: len(shorter)]
    )


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


def _holds_name(text: str, name: str) -> bool:
    core = core_name(name)
    if len(core.replace(" ", "")) <= SHORT_NAME:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
    return mentions(text, name) or _nearly(text, core.split())


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
