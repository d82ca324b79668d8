"""A day of a contract in the reader's language: what is to be done, and why on that day."""

from datetime import date

from flask_babel import gettext, lazy_gettext

from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import CalendarDay
from compliance.suppliers.register_words import words
from compliance.web.languages import current_language
from compliance.workflow import noting_days as days


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation."""
    return text


WHAT = {
    days.INVITE: lazy_gettext("Invite the supplier"),
    days.ANSWERS: lazy_gettext("The answers should be in"),
    days.REVIEW: lazy_gettext("The review should be ready"),
    days.DECIDE: lazy_gettext("Decide"),
    days.NOTICE: lazy_gettext("Last working day to give notice or use the option"),
    days.END: lazy_gettext("The present period ends"),
    days.STARTUP: lazy_gettext("Start-up meeting"),
    days.PLANNED: lazy_gettext("Next day of the follow-up plan"),
    days.DECIDED: lazy_gettext("Follow-up set in a decision"),
    days.COMMITMENT: lazy_gettext("Social commitment due"),
    days.CERTIFICATE: lazy_gettext("A document expires"),
}


def what_to_do(day: CalendarDay) -> str:
    """What happens or is to be done on the day."""
    return str(WHAT[day.kind])


WHY = {
    days.INVITE: N_("The supplier has %(days)s days to answer."),
    days.ANSWERS: N_("Reading proof and asking again takes %(days)s working days."),
    days.REVIEW: N_("A decision takes %(days)s working days to prepare."),
    days.DECIDE: N_("The message must be sent and arrive, which may take %(days)s working days."),
    days.NOTICE: N_("The last day by the contract is %(day)s."),
    days.END: N_("The contract ends."),
    days.STARTUP: N_("The meeting is planned for this day."),
    days.PLANNED: N_("The day stands in the contract's plan."),
    days.DECIDED: N_("It was set in the decision of %(day)s."),
    days.COMMITMENT: N_("The supplier has promised: %(quantity)s %(what)s."),
    days.CERTIFICATE: N_("%(document)s is valid until this day."),
}
SET_BY_HAND = N_("The day was set when the contract was last assessed.")
GOES_ON_IF = N_("The contract goes on only if it is extended or renews itself.")


def why_then(day: CalendarDay) -> str:
    """Why it is that day."""
    params = {**day.params}
    sentence = WHY[day.kind]
    if day.kind == days.INVITE and not params:
        sentence = SET_BY_HAND
    elif day.kind == days.END and params:
        sentence = GOES_ON_IF
    elif day.kind == days.COMMITMENT:
        params["what"] = _promised(params["kind"])
    elif day.kind == days.CERTIFICATE:
        params["document"] = _document(params["document"])
    return str(gettext(sentence)) % params


def _promised(kind: str) -> str:
    word = words("commitment_kind").get(kind)
    return word.in_language(current_language()).lower() if word else kind


def _document(name: str) -> str:
    """A kind of document in words; the name of a standard is the same in every language."""
    known = vocabulary().documents.get(name)
    return known.to(current_language()) if known else name


def first_of_month(text: str, today: date) -> date:
    """The first day of a month written 2026-11; that of today when it is none."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
