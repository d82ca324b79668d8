"""Step 6, reviews: triggers that follow from what is registered about a contract: T3, T17, T19, T20, T22."""

from datetime import date

from compliance.reviews.due_items import DueItem, Ladder
from compliance.reviews.ladders import at_once, ladder_items
from compliance.reviews.parameters import Parameters
from compliance.suppliers.calendar import add_days, add_months

DEEP_FOLLOW_UP = "T3"
THRESHOLD = "T17"
START_UP = "T19"
TERMS_WITHOUT_PLAN = "T20"
QUIET = "T22"


def deep_follow_up(
    subject: str, end: date | None, residual_risk: str | None, rules: Parameters
) -> tuple[DueItem, ...]:
    """T3: a thorough follow-up must begin now, or too little of the contract is left for it. `end` is the known end."""
    rule = rules.deep_follow_up
    if end is None or residual_risk not in rule.risks:
        return ()
    begin_by = add_months(end, -rule.months_left)
    params = {"begin_by": begin_by.isoformat(), "deadline": end.isoformat()}
    return ladder_items((DEEP_FOLLOW_UP, subject), begin_by, rule.steps, params)


def start_up_meeting(
    subject: str, starts_on: date, meeting: tuple[date | None, date | None], rules: Parameters
) -> tuple[DueItem, ...]:
    """T19: the start-up meeting is due. `meeting` is the day planned and the day held; nothing once it was held."""
    planned_on, held_on = meeting
    if held_on is not None:
        return ()
    day = planned_on or starts_on
    params = {"meeting_on": day.isoformat(), "cause": "planned" if planned_on else "unplanned"}
    return ladder_items((START_UP, subject), day, rules.start_up_meeting, params)


def terms_without_plan(
    subject: str, starts_on: date, *, special_terms: bool, has_plan: bool, rules: Parameters
) -> tuple[DueItem, ...]:
    """T20: special labour terms were agreed (LOU 17 kap. 2 §) and there is no plan for following them up."""
    if not special_terms or has_plan:
        return ()
    params = {"starts_on": starts_on.isoformat()}
    return ladder_items((TERMS_WITHOUT_PLAN, subject), starts_on, rules.terms_without_plan, params)


def quiet_contract(subject: str, priority: str, active_on: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T22: nothing has been done about a contract of high priority since `active_on`; told again each month."""
    rule = rules.quiet_contract
    if priority not in rule.priorities:
        return ()
    ladder = Ladder(QUIET, subject, active_on, "procurer")
    params = {"quiet_since": active_on.isoformat()}
    return tuple(
        DueItem(
            kind=QUIET,
            key=ladder.key(f"{months}-months"),
            due_on=add_months(active_on, months),
            audience=ladder.audience,
            opens_review=True,
            severity=rule.severity,
            params=params,
        )
        for months in range(rule.months, rule.months + rule.times)
    )


def value_crossing(
    subject: str, values: tuple[int | None, int | None], next_round_on: date | None, rules: Parameters
) -> tuple[DueItem, ...]:
    """T17: the contract's value a year rose past a limit: more is asked in the next round. `values`: before, now."""
    limit = passed_limit(*values, rules.threshold_crossing.value_sek)
    if limit is None or next_round_on is None:
        return ()
    params = {"cause": "value", "limit": str(limit), "renew_by": next_round_on.isoformat()}
    return at_once(
        (THRESHOLD, subject),
        _with_next_round(next_round_on, rules),
        rules.threshold_crossing.severity,
        params,
    )


def employees_crossing(
    subject: str, employees: tuple[int | None, int | None], next_round_on: date | None, rules: Parameters
) -> tuple[DueItem, ...]:
    """T17: between two rounds the company grew past a number of employees from which more rules apply."""
    limit = passed_limit(*employees, rules.threshold_crossing.employees)
    if limit is None or next_round_on is None:
        return ()
    params = {"cause": "employees", "limit": str(limit), "renew_by": next_round_on.isoformat()}
    return at_once(
        (THRESHOLD, subject),
        _with_next_round(next_round_on, rules),
        rules.threshold_crossing.severity,
        params,
    )


def passed_limit(before: int | None, now: int | None, limits: tuple[int, ...]) -> int | None:
    """The highest limit that was not reached before and is now; None when none was passed or one is unknown."""
    if before is None or now is None:
        return None
    return max((limit for limit in limits if before < limit <= now), default=None)


def _with_next_round(next_round_on: date, rules: Parameters) -> date:
    return add_days(next_round_on, -rules.next_round_days)
