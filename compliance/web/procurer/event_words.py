"""The log in the reader's language: one sentence an event, and what it is worth knowing about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from compliance.decisions.codes import decision_code
from compliance.storage.models import Event
from compliance.storage.queries.timelines import names_of_actors
from compliance.web.languages import current_language
from compliance.web.procurer.change_words import changes_in_words
from compliance.web.procurer.messages import KINDS as MAIL_KINDS
from compliance.web.procurer.requested import session
from compliance.web.procurer.state_words import ANSWER_WORDS, JUDGEMENTS


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation."""
    return text


SENTENCES = {
    "supplier_registered": (N_("The supplier was registered."), "plus"),
    "supplier_changed": (N_("The supplier's name or inherent risk was changed."), "edit"),
    "contact_added": (N_("A contact was added."), "person"),
    "contact_changed": (N_("A contact was changed."), "person"),
    "contact_deactivated": (N_("A contact no longer answers for the supplier."), "person"),
    "handed_over": (N_("Another person answers the round."), "people"),
    "contract_registered": (N_("The contract was registered."), "contract"),
    "contract_changed": (N_("The contract was changed."), "edit"),
    "subcontractor_added": (N_("A subcontractor was put on the list."), "plus"),
    "subcontractor_changed": (N_("The entry of a subcontractor was changed."), "edit"),
    "subcontractor_approved": (N_("A subcontractor was approved."), "check"),
    "subcontractor_refused": (N_("A subcontractor was not approved."), "cross"),
    "subcontractor_removed": (N_("The entry of a subcontractor was taken away."), "minus"),
    "commitment_added": (N_("A social commitment was written down."), "plus"),
    "commitment_changed": (N_("A social commitment was changed."), "edit"),
    "commitment_reported": (N_("A social commitment was reported."), "document"),
    "commitment_verified": (N_("A social commitment was verified."), "check"),
    "commitment_removed": (N_("A social commitment was taken away."), "minus"),
    "invited": (N_("The supplier was invited to answer by %(due_on)s."), "send"),
    "invitation_resent": (N_("The invitation was sent again."), "send"),
    "link_opened": (N_("The supplier opened the link."), "check"),
    "colleague_invited": (N_("A colleague at the supplier was asked to answer a part."), "people"),
    "colleague_came": (N_("A colleague at the supplier opened its link."), "check"),
    "colleague_withdrawn": (N_("What a colleague was asked for was taken back."), "people"),
    "secrecy_asked_for": (N_("The supplier asked for secrecy about an answer."), "question"),
    "secrecy_taken_back": (N_("The supplier no longer asks for secrecy about an answer."), "question"),
    "paper_started": (N_("Answers that came on paper %(received_on)s are entered."), "edit"),
    "questions_changed": (N_("The round was given the newest questions."), "edit"),
    "due_day_changed": (N_("The last day was moved from %(before)s to %(after)s."), "calendar"),
    "round_cancelled": (N_("The round was cancelled."), "stop"),
    "round_closed": (N_("The round was closed."), "check-double"),
    "fact_confirmed": (N_("What was read from a document was confirmed."), "check"),
    "fact_corrected": (N_("What was read from a document was corrected."), "edit"),
    "authenticity_looked_at": (N_("A question about a document was looked at."), "search"),
    "submitted": (N_("The supplier submitted its answers."), "send"),
    "sent_back": (N_("The answers were sent back to be completed by %(due_on)s."), "arrow-left"),
    "answers_confirmed": (
        N_("The supplier confirmed answers from the round sent in on %(answered_on)s."),
        "check",
    ),
    "actions_recommended": (N_("Actions were recommended to the supplier."), "flag"),
    "action_replied": (N_("The supplier replied to a recommended action."), "edit"),
    "scored": (N_("The answers were scored (result %(sequence)s, band %(band)s)."), "half-circle"),
    "document_judged": (N_("A reviewer judged a document."), "document"),
    "answer_judged": (N_("A reviewer judged an answer."), "question"),
    "document_attached": (N_("A document was attached to an answer."), "document"),
    "document_detached": (N_("A document was taken away from an answer."), "document"),
    "document_replaced": (N_("A newer version took a document's place."), "document"),
    "document_infected": (N_("The virus scanner found harmful code in a document."), "alert"),
    "document_sealed": (N_("A document about one person was locked. It can be opened once."), "document"),
    "sealed_document_opened": (N_("A document about one person was opened."), "document"),
    "seal_destroyed": (
        N_("The key to a document about one person was destroyed. Nobody can open it any more."),
        "document",
    ),
    "document_read": (N_("A document was read."), "document"),
    "review_opened": (N_("The contract was flagged for review."), "flag"),
    "review_reason_added": (N_("The open review got one more reason."), "flag"),
    "review_asked_for": (N_("A review was asked for."), "flag"),
    "review_waits": (N_("The contract needs a review, which waits to come to the desk."), "clock"),
    "review_snoozed": (N_("The review was put off until %(until)s."), "clock"),
    "review_woken": (N_("The review that was put off is back on the desk."), "flag"),
    "review_reason_resolved": (N_("The cause of a reason of the review has gone."), "check"),
    "review_closed_itself": (
        N_("The review closed by itself: the cause of every reason has gone."),
        "check-double",
    ),
    "event_reported": (N_("An event was reported that happened on %(happened_on)s."), "alert"),
    "event_answered": (N_("The supplier's own report about an event has come."), "document"),
    "decision_made": (N_("A decision was made."), "decision"),
    "request_made": (N_("The supplier asked for something."), "question"),
    "request_granted": (N_("What the supplier asked for was granted."), "check"),
    "request_refused": (N_("What the supplier asked for was refused."), "cross"),
    "request_taken_back": (N_("The supplier took back what it had asked for."), "arrow-left"),
    "mail_sent": (N_("A mail was sent: %(kind)s."), "mail"),
    "mail_bounced": (N_("A mail came back: %(kind)s."), "alert"),
}
UNKNOWN = (N_("Something was recorded: %(name)s."), "dot")


class _Values(dict[str, Any]):
    """The values of a sentence; what a payload does not hold (or no longer does) is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    title: str
    actor: str
    icon: str
    details: tuple[str, ...]


def timeline_entries(events: Iterable[Event]) -> list[Entry]:
    """The events in words, in the order given."""
    listed = list(events)
    names = names_of_actors(session(), (event.actor for event in listed))
    return [_entry(event, names) for event in listed]


def _entry(event: Event, names: dict[str, str]) -> Entry:
    sentence, icon = SENTENCES.get(event.name, UNKNOWN)
    payload = event.payload or {}
    values = _Values({key: _plain(key, value) for key, value in payload.items()} | {"name": event.name})
    return Entry(
        at=event.happened_at,
        title=gettext(sentence) % values,
        actor=names.get(event.actor, gettext("The system")),
        icon=icon,
        details=tuple(DETAILS[event.name](payload)) if event.name in DETAILS and payload else (),
    )


def _plain(key: str, value: Any) -> str:
    if key == "kind":
        return str(MAIL_KINDS.get(value, value))
    return "–" if value is None else str(value)


def _decision(payload: dict[str, Any]) -> Iterable[str]:
    code = decision_code(payload["code"])
    if code is not None:
        yield code.label.in_language(current_language())
    if payload.get("next_on"):
        yield gettext("Comes back on %(day)s.", day=payload["next_on"])


def _judgement(payload: dict[str, Any]) -> Iterable[str]:
    yield str(JUDGEMENTS.get(payload["judgement"], payload["judgement"]))


def _about_answer(payload: dict[str, Any]) -> Iterable[str]:
    yield str(ANSWER_WORDS.get(payload["judgement"], (payload["judgement"], ""))[0])


def _confirmed(payload: dict[str, Any]) -> Iterable[str]:
    count = len(payload["answers"])
    yield ngettext("%(num)s answer", "%(num)s answers", count)


def _recommended(payload: dict[str, Any]) -> Iterable[str]:
    if added := len(payload["recommended"]):
        yield ngettext("%(num)s new action", "%(num)s new actions", added)
    if lapsed := len(payload["lapsed"]):
        yield ngettext("%(num)s action no longer needed", "%(num)s actions no longer needed", lapsed)


def _action_reply(payload: dict[str, Any]) -> Iterable[str]:
    if payload.get("promised_on"):
        yield gettext("To be done by %(day)s.", day=payload["promised_on"])


DETAILS: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "contract_changed": changes_in_words,
    "decision_made": _decision,
    "document_judged": _judgement,
    "answer_judged": _about_answer,
    "answers_confirmed": _confirmed,
    "actions_recommended": _recommended,
    "action_replied": _action_reply,
}
