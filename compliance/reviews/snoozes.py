"""Step 6, reviews: how long a review may be put off."""

from datetime import date, timedelta

from compliance.reviews.parameters import Parameters, Severity
from compliance.suppliers.refusals import Refusal


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


REASON_SHORTEST = 10
REASON_MISSING = N_("Write why the review can wait, in at least %(least)s characters.")
DAY_MISSING = N_("Write the day on which it comes back, for instance 2026-03-12.")
DAY_NOT_AHEAD = N_("The day must lie ahead.")
TOO_FAR = N_("It can be put off until %(day)s at the latest.")


def last_snooze_day(severity: Severity, deadline: date | None, *, today: date, rules: Parameters) -> date:
    """Until when a review may be put off: so many days by its severity, and not past its first day to act by.

    A day to act by that has passed no longer limits. At least tomorrow.
    """
    longest = today + timedelta(days=rules.snooze_days[severity])
    if deadline is not None and deadline > today:
        longest = min(longest, deadline)
    return max(longest, today + timedelta(days=1))


def snooze_refusals(until: date | None, reason: str, *, latest: date, today: date) -> tuple[Refusal, ...]:
    """Why a review cannot be put off like this, by field: until, reason."""
    found = []
    if until is None:
        found.append(Refusal("until", DAY_MISSING))
    elif until <= today:
        found.append(Refusal("until", DAY_NOT_AHEAD))
    elif until > latest:
        found.append(Refusal("until", TOO_FAR, {"day": latest.isoformat()}))
    if len(reason.strip()) < REASON_SHORTEST:
        found.append(Refusal("reason", REASON_MISSING, {"least": REASON_SHORTEST}))
    return tuple(found)
