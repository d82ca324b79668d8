"""A contract's chain of days to act, first to last, each with what to do and why then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from compliance.suppliers.contract_dates import ContractDates
from compliance.suppliers.lead_times import lead_times


@dataclass(frozen=True)
class DayToAct:
    """One day of the chain."""

    on: date
    what: str
    why: str


def days_to_act(dates: ContractDates) -> list[DayToAct]:
    """The days that follow from the terms; none for a contract until further notice or one that has ended."""
    return list(_days(dates)) if dates.chain else []


def _days(dates: ContractDates) -> Iterator[DayToAct]:
    chain, leads = dates.chain, lead_times().leads
    if chain is None:
        return
    yield DayToAct(
        chain.invite_by,
        gettext("Invite the supplier"),
        ngettext(
            "The supplier has %(num)d day to answer.",
            "The supplier has %(num)d days to answer.",
            leads.answering,
        ),
    )
    yield DayToAct(
        chain.answers_due,
        gettext("The answers should be in"),
        gettext("Reading proof and asking again takes %(days)s working days.", days=leads.handling),
    )
    yield DayToAct(
        chain.review_ready_by,
        gettext("The review should be ready"),
        gettext("A decision takes %(days)s working days to prepare.", days=leads.review),
    )
    yield DayToAct(
        chain.decide_by,
        gettext("Decide"),
        gettext(
            "The message must be sent and arrive, which may take %(days)s working days.", days=leads.decision
        ),
    )
    yield from _deadlines(dates)


def _deadlines(dates: ContractDates) -> Iterator[DayToAct]:
    if dates.last_notice_day and dates.last_working_notice_day:
        yield DayToAct(
            dates.last_working_notice_day,
            gettext("Last working day to give notice or use the option"),
            gettext("The last day by the contract is %(day)s.", day=dates.last_notice_day.isoformat()),
        )
    end = dates.ends_on or dates.period_end
    if end:
        why = (
            gettext("The contract ends.")
            if dates.ends_on
            else gettext("The contract goes on only if it is extended or renews itself.")
        )
        yield DayToAct(end, gettext("The present period ends"), why)
