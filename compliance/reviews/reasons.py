"""Step 6, reviews: why somebody has to look and what to do now, in sentences."""

from collections.abc import Mapping
from datetime import date

from compliance.reviews.caused_reasons import CAUSED, PLAIN
from compliance.reviews.dated_reasons import DATED
from compliance.reviews.sentences import Wording

__all__ = ["Wording", "wording"]


def wording(kind: str, params: Mapping[str, str], *, today: date) -> Wording:
    """Give the sentences of a reason as they are true today. `params` are those of the due item."""
    if "cause" in params:
        return CAUSED[kind, params["cause"]]
    if kind in PLAIN:
        return PLAIN[kind]
    texts = DATED[kind]
    return texts.passed if today > date.fromisoformat(params[texts.deadline]) else texts.ahead
