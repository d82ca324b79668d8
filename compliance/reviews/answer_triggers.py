"""Step 6, reviews: triggers from what a supplier answered and what it was worth: T8, T14, T18, T21."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.reviews.due_items import DueItem
from compliance.reviews.ladders import at_once, ladder_items
from compliance.reviews.parameters import Parameters
from compliance.suppliers.calendar import add_days

SCORE_DROP = "T8"
POSTING = "T14"
NEW_QUESTIONS = "T18"
ACCIDENT = "T21"
BANDS = "ABCDE"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round was worth: its band, or None without one, and the points that are shown (0-100)."""

    band: str | None
    points: float | None


def score_drop(
    subject: str, scored_on: date, outcomes: tuple[Outcome, Outcome], rules: Parameters
) -> tuple[DueItem, ...]:
    """T8: the result is much lower than that of the round before. `outcomes` is the one before and the present one."""
    before, now = outcomes
    if not (
        _points_lost(before, now) >= rules.score_drop.points
        or _bands_lost(before, now) >= rules.score_drop.bands
    ):
        return ()
    params = {
        "cause": "bands" if _bands_lost(before, now) >= rules.score_drop.bands else "points",
        "before": before.band or "",
        "now": now.band or "",
        "lost": f"{_points_lost(before, now):.0f}",
    }
    return at_once((SCORE_DROP, subject), scored_on, rules.score_drop.severity, params)


def _points_lost(before: Outcome, now: Outcome) -> float:
    return 0 if before.points is None or now.points is None else before.points - now.points


def _bands_lost(before: Outcome, now: Outcome) -> int:
    if before.band is None or now.band is None:
        return 0
    return BANDS.index(now.band) - BANDS.index(before.band)


def posting_without_proof(
    subject: str, starts_on: date, *, supplier_is_foreign: bool, rules: Parameters
) -> tuple[DueItem, ...]:
    """T14: posted workers, and no proof that their employer has notified them.

    Whoever receives the service from the foreign employer must then tell the authority (lagen om utstationering av
    arbetstagare): the buyer itself where the supplier is foreign, else the supplier that hires the foreign company.
    `starts_on` is the first day of the work, or the day we learned of it when that came later.
    """
    rule = rules.posting_without_proof
    params = {
        "cause": "ours" if supplier_is_foreign else "supplier",
        "starts_on": starts_on.isoformat(),
        "report_by": add_days(starts_on, rule.report_days).isoformat(),
    }
    return ladder_items((POSTING, subject), starts_on, rule.steps, params)


def new_questions(
    subject: str,
    asked: Mapping[str, int],
    newest: Mapping[str, int],
    next_round_on: date | None,
    rules: Parameters,
) -> tuple[DueItem, ...]:
    """T18: the questions have a newer version than the one answered. Told with the next round."""
    newer = sorted(key for key, version in asked.items() if newest.get(key, version) > version)
    if not newer or next_round_on is None:
        return ()
    params = {"renew_by": next_round_on.isoformat(), "changed": str(len(newer))}
    return at_once(
        (NEW_QUESTIONS, subject), add_days(next_round_on, -rules.next_round_days), "normal", params
    )


def accident_answered(subject: str, submitted_on: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T21: the answers tell of a serious accident (AML 3 kap. 3 a §)."""
    params = {"cause": "answered", "reported_on": submitted_on.isoformat()}
    return ladder_items((ACCIDENT, subject), submitted_on, rules.serious_accident, params)
