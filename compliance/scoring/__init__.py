"""Step 5, scoring: what the answers and their proof are worth, with reasons; items in, scorecard out.

    items, method -> areas -> gates, bands, risk -> scorecard -> explain | as_json

The rules are the engine, the numbers are data (`methods/`). Nothing here knows a question.
"""

from compliance.scoring.as_json import as_json
from compliance.scoring.explain import Explanation, explain
from compliance.scoring.items import ImpossibleItemError, Item, criticality_of, judged
from compliance.scoring.method import (
    DEFAULT_METHOD,
    Method,
    MethodInvalidError,
    MethodNotFoundError,
    available_methods,
    load_method,
)
from compliance.scoring.reading import Case, parse, read_bare_items
from compliance.scoring.scorecard import Scorecard, score
from compliance.suppliers.refusals import CaseRefusedError, Refusal

__all__ = [
    "DEFAULT_METHOD",
    "Case",
    "CaseRefusedError",
    "Explanation",
    "ImpossibleItemError",
    "Item",
    "Method",
    "MethodInvalidError",
    "MethodNotFoundError",
    "Refusal",
    "Scorecard",
    "as_json",
    "available_methods",
    "criticality_of",
    "explain",
    "judged",
    "load_method",
    "parse",
    "read_bare_items",
    "score",
]
