"""Bouncing: a mail that comes back days later finds the message it was, and becomes a task for the procurer.

Every mail leaves with a return address of its own. Its tag can only be made by us, so nobody can stop a
supplier's mails by sending us a report they wrote themselves.
"""

import hashlib
import hmac
import re
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from compliance.config import Settings
from compliance.storage.models import Message
from compliance.workflow.composing import message_id
from compliance.workflow.delivery_reports import DeliveryReport
from compliance.workflow.sending import RECIPIENT_REFUSED, note_bounce

TAG_LENGTH = 16
_OWN_ID = re.compile(r"<(\d{1,9})\.[0-9a-f]+@")
_RETURN = re.compile(r"\+(\d{1,9})\.([0-9a-f]{16})@")


class Outcome(StrEnum):
    """What became of a report."""

    NOTED = "noted"
    KNOWN = "known already"
    NOT_FINAL = "not final: the server is still trying"
    NOT_OURS = "about no mail of ours"


def return_address(number: int, settings: Settings) -> str | None:
    """Where the mail of that number comes back to; None when no address for it is set."""
    local, at, domain = settings.bounce_address.rpartition("@")
    return f"{local}+{number}.{_tag(number, settings)}@{domain}" if at else None


def take_report(session: Session, report: DeliveryReport, settings: Settings, *, now: datetime) -> Outcome:
    """Note that a mail came back. The same report twice changes nothing."""
    message = _message(session, report, settings)
    if message is None:
        return Outcome.NOT_OURS
    if not report.is_final:
        return Outcome.NOT_FINAL
    if message.last_error == RECIPIENT_REFUSED:
        return Outcome.KNOWN
    note_bounce(session, message, now=now)
    return Outcome.NOTED


def _message(session: Session, report: DeliveryReport, settings: Settings) -> Message | None:
    """By the return address, else by the Message-ID of what was returned; both only if we made them."""
    for address in sorted(report.came_to):
        named = _RETURN.search(address)
        if named and hmac.compare_digest(named[2], _tag(int(named[1]), settings)):
            return session.get(Message, int(named[1]))
    for identity in sorted(report.about):
        own = _OWN_ID.match(identity)
        message = session.get(Message, int(own[1])) if own else None
        if message is not None and message_id(message, settings) == identity:
            return message
    return None


def _tag(number: int, settings: Settings) -> str:
    key = settings.secret_key.encode()
    return hmac.new(key, f"return:{number}".encode(), hashlib.sha256).hexdigest()[:TAG_LENGTH]
