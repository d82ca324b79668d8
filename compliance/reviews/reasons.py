"""Step 6, reviews: why somebody has to look and what to do now, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


@dataclass(frozen=True, slots=True)
class Wording:
    """A reason in words: `why` and `what_now` are English msgids whose values are the reason's params."""

    why: str
    what_now: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """The wording until a day among the params has passed, and the wording after it."""

    ahead: Wording
    passed: Wording
    deadline: str


_TEXTS: dict[str, _Texts] = {
    "T1": _Texts(
        ahead=Wording(
            N_("The contract period ends on %(deadline)s."),
            N_("Decide by %(decide_by)s whether to extend, procure anew or let the contract end."),
        ),
        passed=Wording(
            N_("The contract period ended on %(deadline)s."),
            N_("Check that nothing more is ordered under the contract, or record that it was extended."),
        ),
        deadline="deadline",
    ),
    "T2": _Texts(
        ahead=Wording(
            N_("The last day to give notice or use the option is %(deadline)s."),
            N_(
                "Decide by %(decide_by)s. The message must reach the supplier"
                " on %(last_working_notice_day)s at the latest, the last working day."
            ),
        ),
        passed=Wording(
            N_("The last day to give notice or use the option was %(deadline)s."),
            N_("Read in the contract what follows now, and record it: a new period, or the end."),
        ),
        deadline="deadline",
    ),
    "T4": _Texts(
        ahead=Wording(
            N_("The assessment from %(assessed_on)s must be renewed by %(renew_by)s."),
            N_("Invite the supplier to a new assessment."),
        ),
        passed=Wording(
            N_("The assessment from %(assessed_on)s is too old. It was to be renewed by %(renew_by)s."),
            N_("Invite the supplier to a new assessment today."),
        ),
        deadline="renew_by",
    ),
    "T5": _Texts(
        ahead=Wording(
            N_("The supplier's answers are due on %(answers_due)s."),
            N_("Nothing to do yet. The supplier is reminded by e-mail."),
        ),
        passed=Wording(
            N_("The supplier's answers were due on %(answers_due)s and have not come."),
            N_("Call the contact person. Give more time, or decide without the answers."),
        ),
        deadline="answers_due",
    ),
    "T6": _Texts(
        ahead=Wording(
            N_("A document is valid until %(valid_until)s: %(document)s."),
            N_("Ask the supplier for a new one before it expires."),
        ),
        passed=Wording(
            N_("A document expired after %(valid_until)s: %(document)s."),
            N_("Ask the supplier for a new one today. It counts less in the score until then."),
        ),
        deadline="valid_until",
    ),
    "T9": _Texts(
        ahead=Wording(
            N_("The follow-up set in the decision of %(decided_on)s is on %(follow_up_on)s."),
            N_("Check whether what was agreed is done, and decide again."),
        ),
        passed=Wording(
            N_("The follow-up set in the decision of %(decided_on)s was on %(follow_up_on)s."),
            N_("Check today whether what was agreed is done, and decide again."),
        ),
        deadline="follow_up_on",
    ),
}

_LOW_BAND: dict[str, Wording] = {
    "band": Wording(
        N_("The assessment gave band %(band)s."),
        N_("Read the reasons, talk with the supplier and agree on an action plan."),
    ),
    "G1": Wording(
        N_("A zero-tolerance requirement is not met."),
        N_("Review within five working days. Hear the supplier before you decide."),
    ),
    "G8": Wording(
        N_("A document shows that an answer is not true."),
        N_("Ask the supplier for its own account before you decide anything."),
    ),
}


def wording(kind: str, params: Mapping[str, str], *, today: date) -> Wording:
    """Give the sentences of a reason as they are true today. `params` are those of the due item."""
    if "cause" in params:
        return _LOW_BAND[params["cause"]]
    texts = _TEXTS[kind]
    return texts.passed if today > date.fromisoformat(params[texts.deadline]) else texts.ahead
