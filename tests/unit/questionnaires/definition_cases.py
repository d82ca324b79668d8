"""Tiny definitions for tests: read from tests/definitions, or made of a few fields."""

from datetime import date
from functools import cache
from pathlib import Path

from compliance.questionnaires.catalogue import get, mistakes_in
from compliance.questionnaires.loader import load
from compliance.questionnaires.model import Question
from compliance.questionnaires.surroundings import Surroundings

SAMPLES = Path(__file__).parents[2] / "definitions"
TODAY = date(2026, 11, 23)


@cache
def sample(name: str):
    return load(SAMPLES / f"{name}.yaml", Surroundings(profile=get("company_profile", 1)))


def only_question(name: str) -> Question:
    return sample(name).questions[0]


def codes_in(file: Path) -> list[str]:
    return [mistake.code for mistake in mistakes_in([file])]


def written(folder: Path, text: str) -> Path:
    file = folder / "definition.yaml"
    file.write_text(text, encoding="utf-8")
    return file
