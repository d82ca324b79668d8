"""Step 6, reviews: what triggers need to know from the answers. Which question says it is data."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

DEFINITION = Path(__file__).with_name("answer_facts.yaml")
EMPLOYEES, POSTED_WORKERS, POSTING_PROOF = "employees", "posted_workers", "posting_proof"
SERIOUS_ACCIDENT = "open_accident"


class AnswerFact(BaseModel):
    """One fact: the questions that can say it, the best first, and for choices the options that mean yes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    questions: tuple[str, ...]
    any_of: frozenset[str] = frozenset()


@cache
def answer_facts() -> Mapping[str, AnswerFact]:
    """Every fact by its name. Raises pydantic's `ValidationError` with every mistake in the file."""
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return {name: AnswerFact.model_validate(row) for name, row in raw.items()}


def asked_by_facts() -> frozenset[str]:
    """Every question that some fact looks at."""
    return frozenset(question for fact in answer_facts().values() for question in fact.questions)


def says(name: str, values: Mapping[str, Any]) -> bool:
    """Whether the answers state the fact. `values` are answers by question: an option, a list of options, a number."""
    fact = answer_facts()[name]
    value = _first(fact, values)
    chosen = value if isinstance(value, list) else [value]
    return any(isinstance(one, str) and one in fact.any_of for one in chosen)


def number(name: str, values: Mapping[str, Any]) -> int | None:
    """The number that the answers state; None when none does."""
    value = _first(answer_facts()[name], values)
    try:
        return int(Decimal(str(value)))
    except InvalidOperation:
        return None


def _first(fact: AnswerFact, values: Mapping[str, Any]) -> Any:
    return next((values[question] for question in fact.questions if values.get(question) is not None), None)
