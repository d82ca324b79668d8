"""Messages: every mail that was written, why, when it goes, and what would stop it."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from compliance.storage.models import Message
from compliance.storage.queries.messages import find_message, find_messages, told_in
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import session
from compliance.web.received import row_id

STATES = {
    "gathered": (lazy_gettext("Waits for the gathered mail"), "waiting"),
    "queued": (lazy_gettext("Waiting to be sent"), "waiting"),
    "sending": (lazy_gettext("Being sent"), "info"),
    "sent": (lazy_gettext("Sent"), "good"),
    "failed": (lazy_gettext("Could not be delivered"), "bad"),
    "cancelled": (lazy_gettext("Not sent"), "neutral"),
}
KINDS = {
    "invitation": lazy_gettext("Invitation to answer"),
    "fresh_link": lazy_gettext("A fresh link"),
    "reminder": lazy_gettext("Reminder to answer"),
    "receipt": lazy_gettext("Receipt of the answers"),
    "sent_back": lazy_gettext("Request for completion"),
    "contact_changed": lazy_gettext("The contact was changed"),
    "due_day_changed": lazy_gettext("Another last day to answer"),
    "round_cancelled": lazy_gettext("The round is cancelled"),
    "request_refused": lazy_gettext("Answer to what the supplier asked for"),
    "request_received": lazy_gettext("The supplier asks for something"),
    "answers_submitted": lazy_gettext("Answers have come in"),
    "review_opened": lazy_gettext("A contract needs a review"),
    "decision_made": lazy_gettext("A decision was made"),
    "digest": lazy_gettext("Gathered mails"),
    "mail_bounced": lazy_gettext("A mail came back"),
    "paper_started": lazy_gettext("Answers on paper are entered"),
    "colleague_invitation": lazy_gettext("A colleague was asked for help"),
    "colleague_reminder": lazy_gettext("Reminder to a colleague"),
    "password_reset": lazy_gettext("Link to choose a new password"),
    "staff_welcome": lazy_gettext("Welcome to a new user"),
    "password_changed": lazy_gettext("The password was changed"),
}


@procurer.get("/messages")
@allow(Access.STAFF)
def messages() -> ResponseReturnValue:
    """The outbox, newest first."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    after = request.args.get("after", type=row_id)
    return render_template(
        "procurer/messages.html",
        listing=find_messages(session(), state=state, after=after),
        state=state,
        after=after,
        states=STATES,
        state_choices=[("", gettext("All")), *((code, text) for code, (text, _) in STATES.items())],
        kind_words=kind_words,
    )


@procurer.get("/messages/<int:message_id>")
@allow(Access.STAFF)
def message(message_id: int) -> ResponseReturnValue:
    """One mail's ledger: why it was written, what would have stopped it, when and where it went."""
    found = find_message(session(), message_id)
    if found is None:
        abort(404)
    return render_template(
        "procurer/message.html",
        message=found,
        told=told_in(session(), found),
        states=STATES,
        kind_words=kind_words,
    )


def kind_words(message: Message) -> str:
    """What a mail is, in words."""
    return str(KINDS.get(message.kind, message.kind.replace("_", " ")))
