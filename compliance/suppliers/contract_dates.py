"""Step 1, suppliers: on which days somebody has to act so that a contract is decided in time."""

from dataclasses import dataclass
from datetime import date

from compliance.suppliers.calendar import add_days, add_months, working_day_on_or_before, working_days_before
from compliance.suppliers.contract_periods import Period, Standing, standing
from compliance.suppliers.contract_terms import ContractTerms
from compliance.suppliers.lead_times import Leads, lead_times

CONTRACT_END = "T1"
LAST_NOTICE_DAY = "T2"


@dataclass(frozen=True, slots=True)
class NextPeriod:
    """The period that follows a missed day of notice; without notice days when none can follow that one."""

    period_end: date
    last_notice_day: date | None
    last_working_notice_day: date | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The days to act, last first: decide, have the review ready, have the answers in, invite."""

    decide_by: date
    review_ready_by: date
    answers_due: date
    invite_by: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day to remind of T1 (contract end) or T2 (last day of notice); `before` is such as "30 days"."""

    on: date
    trigger: str
    before: str


@dataclass(frozen=True, slots=True)
class ContractDates:
    """Everything known about a contract's time on one day; deadlines end at 23:59:59 Europe/Stockholm.

    All is None, empty or False for a contract until further notice. `ends_on` is the day it is known to end.
    `missed`: the last day of notice has passed; `next` is then the period a tacit renewal leads into.
    """

    on: date
    period_end: date | None = None
    ends_on: date | None = None
    ended: bool = False
    last_notice_day: date | None = None
    last_working_notice_day: date | None = None
    missed: bool = False
    next: NextPeriod | None = None
    chain: Chain | None = None
    reminders: tuple[Reminder, ...] = ()


def contract_dates(
    terms: ContractTerms, *, on: date, set_on: date | None = None, leads: Leads | None = None
) -> ContractDates:
    """Compute a contract's days as seen on `on`; reminders are only those after `set_on` (default `on`).

    The terms must have passed `terms_refusals` and the leads `leads_refusals`; leads default to the buyer's.
    """
    if terms.end is None:
        return ContractDates(on)
    where = standing(terms, terms.end, on)
    period_end, notice_day = where.current.period_end, where.current.last_notice_day
    if on > period_end:
        return ContractDates(on, period_end, where.ends_on, ended=True)
    working_notice_day = _working_day(notice_day)
    missed = notice_day is not None and on > notice_day
    anchor = working_notice_day or _anchor_before(where.ends_on or period_end)
    return ContractDates(
        on=on,
        period_end=period_end,
        ends_on=where.ends_on,
        last_notice_day=notice_day,
        last_working_notice_day=working_notice_day,
        missed=missed,
        next=_next_period(where.following) if missed else None,
        chain=_chain(anchor, leads or lead_times().leads),
        reminders=_reminders(where, after=set_on or on),
    )


def _working_day(day: date | None) -> date | None:
    return None if day is None else working_day_on_or_before(day)


def _anchor_before(known_end: date) -> date:
    """Where the chain hangs when there is no day of notice."""
    return working_day_on_or_before(add_months(known_end, -lead_times().anchor_months_before_end))


def _next_period(period: Period | None) -> NextPeriod | None:
    if period is None:
        return None
    return NextPeriod(period.period_end, period.last_notice_day, _working_day(period.last_notice_day))


def _chain(anchor: date, leads: Leads) -> Chain:
    decide_by = working_days_before(anchor, leads.decision)
    review_ready_by = working_days_before(decide_by, leads.review)
    answers_due = working_days_before(review_ready_by, leads.handling)
    invite_by = working_day_on_or_before(add_days(answers_due, -leads.answering))
    return Chain(decide_by, review_ready_by, answers_due, invite_by)


def _reminders(where: Standing, *, after: date) -> tuple[Reminder, ...]:
    """All reminders still to come, by day and then T1 before T2."""
    times = lead_times()
    known_end = where.ends_on or where.current.period_end
    found = [
        Reminder(add_months(known_end, -months), CONTRACT_END, f"{months} months")
        for months in times.months_before_end
    ]
    notice_day = where.current.last_notice_day
    if notice_day is not None:
        found += [
            Reminder(add_days(notice_day, -days), LAST_NOTICE_DAY, f"{days} days")
            for days in times.days_before_last_notice_day
        ]
    coming = [reminder for reminder in found if reminder.on > after]
    return tuple(sorted(coming, key=lambda reminder: (reminder.on, reminder.trigger)))
