"""Step 7, decisions: on which day the matter comes back after a decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from compliance.decisions.codes import DecisionCode, FollowUpTimes, NextFrom
from compliance.suppliers.calendar import (
    add_days,
    add_months,
    working_day_on_or_after,
    working_day_on_or_before,
)
from compliance.suppliers.contract_dates import ContractDates


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """What the next date depends on. Without a rating `band` and `reassess_months` are None.

    `dates` are the contract's days as seen on `decided_on`; `assessed_on` is None before the first assessment.
    """

    decided_on: date
    dates: ContractDates
    assessed_on: date | None = None
    reassess_months: int | None = None
    band: str | None = None


def suggested_follow_up(code: DecisionCode, facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    """Suggest the next date after a decision: a working day after it, or None when nothing is left to follow.

    The contract's own days come first: a date that would pass the day by which the next round must begin (or be
    decided) is moved up to that day.
    """
    day = _RULES[code.next_from](facts, times)
    if day is None:
        return None
    if day > facts.decided_on and working_day_on_or_before(day) > facts.decided_on:
        return working_day_on_or_before(day)
    return working_day_on_or_after(add_days(facts.decided_on, 1))


def _reassessment(facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    """Months of the residual risk after the assessment, or in time for the contract's next decision."""
    if facts.dates.ended:
        return None
    months = times.months_without_risk if facts.reassess_months is None else facts.reassess_months
    day = add_months(facts.assessed_on or facts.decided_on, months)
    return _not_past(day, facts.dates.chain.invite_by if facts.dates.chain else None, facts)


def _plan(facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    days = times.plan_days.get(facts.band or "", times.plan_days_otherwise)
    return _within(days, facts)


def _completion(facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    return _within(times.completion_days, facts)


def _escalation(facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    return _within(times.escalation_days, facts)


def _contract_end(facts: FollowUpFacts, times: FollowUpTimes) -> date | None:
    """The day the contract lapses, when that is ahead."""
    del times
    end = facts.dates.ends_on or facts.dates.period_end
    return end if end is not None and end > facts.decided_on else None


def _within(days: int, facts: FollowUpFacts) -> date:
    """So many days from the decision, but in time to decide about the contract."""
    day = add_days(facts.decided_on, days)
    return _not_past(day, facts.dates.chain.decide_by if facts.dates.chain else None, facts)


def _not_past(day: date, limit: date | None, facts: FollowUpFacts) -> date:
    """The earlier of both; a limit that has passed already binds no longer."""
    return min(day, limit) if limit is not None and limit > facts.decided_on else day


_RULES: dict[NextFrom, Callable[[FollowUpFacts, FollowUpTimes], date | None]] = {
    "reassessment": _reassessment,
    "plan": _plan,
    "completion": _completion,
    "contract_end": _contract_end,
    "escalation": _escalation,
}
