"""Step 6, reviews: the steps of a trigger around its date, as items that fall due."""

from collections.abc import Iterable, Mapping
from datetime import date

from compliance.reviews.due_items import DueItem, Ladder
from compliance.reviews.parameters import Severity, Step
from compliance.suppliers.calendar import add_days


def ladder_items(
    topic: tuple[str, str], anchor: date, steps: Iterable[Step], params: Mapping[str, str]
) -> tuple[DueItem, ...]:
    """Plan every step around a date. `topic` is the trigger and its subject, such as ("T6", "document-5")."""
    return tuple(
        DueItem(
            kind=topic[0],
            key=Ladder(*topic, anchor, step.audience).key(f"{step.day:+d}"),
            due_on=add_days(anchor, step.day),
            audience=step.audience,
            opens_review=step.opens_review,
            severity=step.severity,
            params=params,
        )
        for step in steps
    )


def at_once(
    topic: tuple[str, str], day: date, severity: Severity, params: Mapping[str, str]
) -> tuple[DueItem, ...]:
    """Plan one step on a day, told to the procurer."""
    step = Step(day=0, audience="procurer", opens_review=True, severity=severity)
    return ladder_items(topic, day, (step,), params)
