"""The reasons of a review in the reader's language: why, what to do now, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from compliance.reviews.reasons import wording
from compliance.storage.models import Review, ReviewReason
from compliance.web.languages import current_language
from compliance.web.procurer.requested import today
from compliance.workflow.reason_values import readable
from compliance.workflow.reviewing import BY_HAND

SEVERITIES = ("critical", "high", "normal")


@dataclass(frozen=True)
class ReasonInWords:
    """One reason as a page shows it."""

    severity: str
    why: str
    what_now: str
    due_on: date | None
    since: datetime
    resolved_at: datetime | None = None


def reasons_in_words(review: Review) -> list[ReasonInWords]:
    """The reasons of a review, worst and oldest first; those whose cause has gone last."""
    ordered = sorted(
        review.reasons,
        key=lambda row: (row.resolved_at is not None, SEVERITIES.index(row.severity), row.created_at),
    )
    return [_in_words(row) for row in ordered]


def _in_words(row: ReviewReason) -> ReasonInWords:
    if row.trigger == BY_HAND:
        why = gettext("A procurer asked for a review: %(text)s", text=row.params.get("text", ""))
        what_now = gettext("Look at the contract and decide.")
    else:
        words = wording(row.trigger, row.params, today=today())
        values = readable(row.params, current_language())
        why, what_now = gettext(words.why) % values, gettext(words.what_now) % values
    return ReasonInWords(row.severity, why, what_now, _deadline(row), row.created_at, row.resolved_at)


def _deadline(row: ReviewReason) -> date | None:
    """The day to act by, where the reason has one; a reason without one is stored under the day it came."""
    return row.due_on if row.due_on and row.due_on.isoformat() in row.params.values() else None
