"""Step 6, reviews: one function a trigger, each planning the days on which something falls due.

`subject` names the object a reason is about, such as `contract-17`: a newer plan for the same subject replaces the
older one (`rearm`).
"""

from collections.abc import Iterable
from datetime import date

from compliance.reviews.due_items import DueItem, Ladder
from compliance.reviews.ladders import at_once, ladder_items
from compliance.reviews.parameters import BeforeDeadline, Parameters, Step
from compliance.suppliers.calendar import add_months
from compliance.suppliers.contract_dates import CONTRACT_END, LAST_NOTICE_DAY, ContractDates

ASSESSMENT_AGE = "T4"
LATE_ANSWERS = "T5"
DOCUMENT_EXPIRY = "T6"
LOW_BAND = "T7"
FOLLOW_UP = "T9"


def contract_end(subject: str, dates: ContractDates, rules: Parameters) -> tuple[DueItem, ...]:
    """T1: the contract's period ends. Compute `dates` with `set_on` = the day the terms were last changed."""
    end = dates.ends_on or dates.period_end
    return _before_deadline((CONTRACT_END, subject), end, dates, rules.contract_end)


def last_notice_day(subject: str, dates: ContractDates, rules: Parameters) -> tuple[DueItem, ...]:
    """T2: the last day to give notice or to call an option (LOU 17 kap. 10 §). `dates` as for T1."""
    return _before_deadline((LAST_NOTICE_DAY, subject), dates.last_notice_day, dates, rules.last_notice_day)


def assessment_too_old(
    subject: str, assessed_on: date, reassess_months: int | None, rules: Parameters
) -> tuple[DueItem, ...]:
    """T4: the assessment is older than its residual risk allows. Nothing when no risk could be found."""
    if reassess_months is None:
        return ()
    renew_by = add_months(assessed_on, reassess_months)
    params = {"assessed_on": assessed_on.isoformat(), "renew_by": renew_by.isoformat()}
    return ladder_items((ASSESSMENT_AGE, subject), renew_by, rules.assessment_age, params)


def late_answers(subject: str, answers_due: date, set_on: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T5: the answers are not in. Only steps after `set_on`, the day of the invitation or of a new due date."""
    return _late(subject, answers_due, set_on, rules.late_answers)


def late_completion(subject: str, answers_due: date, set_on: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T5 after a request for completion: the procurer hears sooner, since a decision waits for it."""
    return _late(subject, answers_due, set_on, rules.late_completion)


def document_expiring(subject: str, name: str, valid_until: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T6: a document's last valid day comes near. `name` says what it is ("ISO 45001"), never a person or file."""
    params = {"document": name, "valid_until": valid_until.isoformat()}
    return ladder_items((DOCUMENT_EXPIRY, subject), valid_until, rules.document_expiry, params)


def low_band(
    subject: str, scored_on: date, result: tuple[str | None, Iterable[str]], rules: Parameters
) -> tuple[DueItem, ...]:
    """T7: a low band or a gate that demands a look at once. `result` is the band (None without) and the gates fired."""
    band, gates = result
    fired = sorted(rules.low_band.gates.intersection(gates))
    if not fired and band not in rules.low_band.bands:
        return ()
    # A false answer (G8) needs a hearing, so it is what the procurer is told of when several causes meet.
    params = {"cause": fired[-1] if fired else "band", "band": band or ""}
    return at_once((LOW_BAND, subject), scored_on, rules.low_band.severity, params)


def follow_up(subject: str, decided_on: date, follow_up_on: date, rules: Parameters) -> tuple[DueItem, ...]:
    """T9: the follow-up date set in a decision has come, such as the end of an action plan."""
    params = {"decided_on": decided_on.isoformat(), "follow_up_on": follow_up_on.isoformat()}
    return ladder_items((FOLLOW_UP, subject), follow_up_on, rules.follow_up, params)


def _late(subject: str, answers_due: date, set_on: date, steps: Iterable[Step]) -> tuple[DueItem, ...]:
    params = {"answers_due": answers_due.isoformat()}
    items = ladder_items((LATE_ANSWERS, subject), answers_due, steps, params)
    return tuple(item for item in items if item.due_on > set_on)


def _before_deadline(
    topic: tuple[str, str], deadline: date | None, dates: ContractDates, rule: BeforeDeadline
) -> tuple[DueItem, ...]:
    """Plan the reminders a contract's dates hold for one trigger."""
    if deadline is None:
        return ()
    ladder = Ladder(*topic, deadline, "procurer")
    params = _contract_params(dates, deadline)
    return tuple(
        DueItem(
            kind=ladder.kind,
            key=ladder.key(reminder.before.replace(" ", "-")),
            due_on=reminder.on,
            audience=ladder.audience,
            opens_review=True,
            severity=rule.severity_at(reminder.before),
            params=params,
        )
        for reminder in dates.reminders
        if reminder.trigger == ladder.kind
    )


def _contract_params(dates: ContractDates, deadline: date) -> dict[str, str]:
    chain = dates.chain
    days = {
        "deadline": deadline,
        "decide_by": chain.decide_by if chain else None,
        "last_working_notice_day": dates.last_working_notice_day,
    }
    return {name: day.isoformat() for name, day in days.items() if day is not None}
