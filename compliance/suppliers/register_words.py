"""Step 1, suppliers: the closed lists of the contract register, with their words in Swedish and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DEFINITION = Path(__file__).with_name("register_words.yaml")


@dataclass(frozen=True, slots=True)
class Word:
    """One code of a list: its labels, and other words that mean the same in other people's registers."""

    code: str
    sv: str
    en: str
    also: tuple[str, ...]

    def in_language(self, language: str) -> str:
        """The label in "sv" or "en"; Swedish for any other language."""
        return self.en if language == "en" else self.sv


@cache
def words(of: str) -> Mapping[str, Word]:
    """One list by code, in its order. Raises `KeyError` when there is no such list."""
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))[of]
    return {
        code: Word(code, row["label"]["sv"], row["label"]["en"], tuple(row["also"]))
        for code, row in raw.items()
    }


def label(of: str, code: str, language: str) -> str:
    """A code in words; the code itself when the list no longer has it."""
    word = words(of).get(code)
    return word.in_language(language) if word else code


def find_code(of: str, text: str) -> str | None:
    """The code that somebody's word stands for; None when the list has no such word."""
    return _spellings(of).get(" ".join(text.casefold().split()))


@cache
def _spellings(of: str) -> Mapping[str, str]:
    return {
        spelling.casefold(): word.code
        for word in words(of).values()
        for spelling in (*word.also, word.sv, word.en, word.code)
    }
