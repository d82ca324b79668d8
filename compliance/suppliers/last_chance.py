"""Step 1, suppliers: a contract whose chain of days can no longer be met, and what can still be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from compliance.suppliers.contract_dates import Chain, ContractDates

Progress = Literal["nothing", "asked", "answered", "decided"]
"""How far the round before the decision has come: nobody asked, the supplier is answering, it has, it is decided."""


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NOT_ASKED = N_("The supplier was to be invited by %(invite_by)s, and nobody has asked it.")
NOT_ANSWERED = N_("The answers were to be in by %(answers_due)s, and they are not.")
NOT_DECIDED = N_("The decision was to be made by %(decide_by)s.")
SHORTER_TIME = N_(
    "Invite today and give the supplier until %(answers_due)s: %(days)s days instead of the usual time."
)
ANSWERS_WHILE_REVIEWING = N_(
    "Invite today with a short time to answer and call the contact person. Answers that come by"
    " %(review_ready_by)s can still be read before the decision on %(decide_by)s."
)
CALL = N_("Call the contact person today. Answers that come by %(review_ready_by)s can still be read.")
DECIDE_ON_WHAT_IS_KNOWN = N_(
    "There is no time to wait for answers. Decide by %(decide_by)s on what is known, and ask the supplier afterwards."
)
DECIDE_NOW = N_(
    "Decide now on what is known. The message must reach the supplier by %(last)s, the last working day."
)
DECIDE_BEFORE_END = N_("Decide now on what is known. The contract ends on %(end)s.")
TOO_LATE_TACIT = N_(
    "Notice can no longer be given for this period. The contract goes on until %(next_end)s:"
    " follow it up in the new period, or agree on another end."
)
TOO_LATE_OPTION = N_(
    "The option can no longer be used in time. Procure anew, or ask whether the supplier agrees all the same."
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`missed` says which day of the chain was not kept, `still` what can be done; msgids with `params`."""

    missed: str
    still: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


def shortfall(dates: ContractDates, progress: Progress) -> Shortfall | None:
    """What cannot be met any more as seen on `dates.on`; None while the chain can be kept, or when there is none."""
    chain, today = dates.chain, dates.on
    if chain is None or progress == "decided":
        return None
    missed = _missed(chain, today, progress)
    if missed is None and not dates.missed:
        return None
    params = _params(dates, chain)
    return Shortfall(missed or NOT_DECIDED, _still(dates, chain, progress), params)


def _missed(chain: Chain, today: date, progress: Progress) -> str | None:
    """The first day of the chain that was not kept. That of the review says nothing that the decision's does not."""
    if today > chain.decide_by:
        return NOT_DECIDED
    if progress == "nothing" and today > chain.invite_by:
        return NOT_ASKED
    if progress == "asked" and today > chain.answers_due:
        return NOT_ANSWERED
    return None


def _still(dates: ContractDates, chain: Chain, progress: Progress) -> str:
    today = dates.on
    if dates.missed:
        return TOO_LATE_TACIT if dates.next else TOO_LATE_OPTION
    if today > chain.decide_by:
        return DECIDE_NOW if dates.last_working_notice_day else DECIDE_BEFORE_END
    if today >= chain.review_ready_by:
        return DECIDE_ON_WHAT_IS_KNOWN
    if progress == "asked":
        return CALL
    return SHORTER_TIME if today < chain.answers_due else ANSWERS_WHILE_REVIEWING


def _params(dates: ContractDates, chain: Chain) -> dict[str, str]:
    days = {
        "invite_by": chain.invite_by,
        "answers_due": chain.answers_due,
        "review_ready_by": chain.review_ready_by,
        "decide_by": chain.decide_by,
        "last": dates.last_working_notice_day,
        "end": dates.ends_on or dates.period_end,
        "next_end": dates.next.period_end if dates.next else None,
    }
    texts = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {**texts, "days": str((chain.answers_due - dates.on).days)}
