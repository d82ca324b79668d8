"""Step 2, questionnaires: the log of typing mistakes mended in released versions, and what keeps it honest.

A patch may change texts only. That is seen by the meaning of a version: a hash over everything else in it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter

from compliance.questionnaires.model import Questionnaire
from compliance.questionnaires.words import LANGUAGES, Frozen
from compliance.questionnaires.yaml_source import read_yaml

LOG = Path(__file__).parent / "definitions" / "patches.yaml"
SHA256 = r"^[0-9a-f]{64}$"


class Patch(Frozen):
    """One correction of texts: in which version, when, what, and the file's sha256 before and after."""

    definition: str = Field(pattern=r"^[a-z0-9_]+/[0-9]+$")
    on: date
    what: str = Field(min_length=10)
    before: str = Field(pattern=SHA256)
    after: str = Field(pattern=SHA256)


@dataclass(frozen=True, slots=True)
class Release:
    """What was recorded of a version on the day it was released: the hash of its file and of its meaning."""

    file: str
    meaning: str


def read_log(file: Path = LOG) -> tuple[Patch, ...]:
    """Every logged patch, oldest first. Raises pydantic's ValidationError for an entry that lacks something."""
    return TypeAdapter(tuple[Patch, ...]).validate_python(
        read_yaml(file.read_text(encoding="utf-8")).data or ()
    )


@cache
def patch_level(key: str, version: int) -> int:
    """How often texts of a version have been corrected since its release; 0 for never."""
    return sum(patch.definition == f"{key}/{version}" for patch in read_log())


def file_hash(file: Path) -> str:
    """The sha256 of a definition file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def meaning_of(form: Questionnaire) -> str:
    """The sha256 of everything in a version but its texts: ids, options, credit, conditions, days, proof."""
    bare = _bare(form.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()


def broken(now: Release, then: Release, patches: Iterable[Patch]) -> str | None:
    """Why a released version is not what it may be, as a sentence; None when all is well.

    `patches` are those of this version, in their order.
    """
    if now.meaning != then.meaning:
        return "More than texts changed. Copy the file to the next version instead."
    known = then.file
    for patch in patches:
        if patch.before != known:
            return (
                f"The patch of {patch.on} does not follow on the one before it; it should begin at {known}."
            )
        known = patch.after
    if now.file != known:
        return f"Texts changed. Log it in patches.yaml with before: {known} and after: {now.file}."
    return None


def _bare(part: Any) -> Any:
    """Plain data without the words that people read; a place where words stand is still seen."""
    if isinstance(part, Mapping):
        if part and set(part) <= set(LANGUAGES):
            return "text"
        return {name: _bare(value) for name, value in part.items()}
    return [_bare(one) for one in part] if isinstance(part, list) else part
