"""Step 6, reviews: one open review a contract, with all its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from compliance.reviews.due_items import DueItem, topic_of
from compliance.reviews.parameters import Severity

ORDER: tuple[Severity, ...] = ("critical", "high", "normal")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a contract must be looked at. One `topic` (kind and object) is one reason; `since` is when it first came."""

    topic: str
    kind: str
    severity: Severity
    since: date
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ReviewFlag:
    """The one open review of a contract; never without a reason. The worst and oldest reason stands first."""

    contract: str
    opened_on: date
    reasons: tuple[Reason, ...]

    @property
    def severity(self) -> Severity:
        """The highest severity among the reasons as they are now."""
        return self.reasons[0].severity


def reason_from(item: DueItem, *, today: date) -> Reason:
    """The reason a due item gives to a review."""
    return Reason(topic_of(item.key), item.kind, item.severity, today, item.params)


def add_reason(flag: ReviewFlag | None, contract: str, reason: Reason) -> ReviewFlag:
    """Open a review with this reason or add it to the open one; the same topic is updated, not doubled."""
    if flag is None:
        return ReviewFlag(contract, reason.since, (reason,))
    earlier = next((known for known in flag.reasons if known.topic == reason.topic), reason)
    others = tuple(known for known in flag.reasons if known.topic != reason.topic)
    updated = replace(reason, since=min(earlier.since, reason.since))
    return replace(flag, reasons=_in_order((*others, updated)))


def remove_reason(flag: ReviewFlag, topic: str) -> ReviewFlag | None:
    """Take a reason away that no longer holds; None when none is left and the review is without object."""
    left = tuple(reason for reason in flag.reasons if reason.topic != topic)
    return replace(flag, reasons=_in_order(left)) if left else None


def _in_order(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(
        sorted(reasons, key=lambda reason: (ORDER.index(reason.severity), reason.since, reason.topic))
    )
