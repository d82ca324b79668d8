"""Delivery reports: what a mail server says when it could not deliver after all (RFC 3464), read from its mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import default
from email.utils import getaddresses

TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
FAILED = "failed"
PERMANENT = "5"


@dataclass(frozen=True)
class DeliveryReport:
    """To which addresses the report came, which mails it is about, and whether delivery failed for good."""

    came_to: frozenset[str]
    about: frozenset[str]
    is_final: bool


def read_report(data: bytes) -> DeliveryReport | None:
    """The report in a mail; None when the mail is none (an answer by a person, an out-of-office note)."""
    mail = message_from_bytes(data, policy=default)
    blocks = [block for part in _parts(mail, "message/delivery-status") for block in _nested(part)]
    if not blocks:
        return None
    return DeliveryReport(
        came_to=frozenset(
            address
            for name in TO
            for _, address in getaddresses([str(value) for value in mail.get_all(name, [])])
            if address
        ),
        about=frozenset(_originals(mail)),
        is_final=any(_is_final(block) for block in blocks),
    )


def _is_final(block: Mail) -> bool:
    """Failed for good: a mere delay says `delayed`, and a full mailbox may say failed with a status of 4."""
    action, status = str(block.get("Action", "")).strip().lower(), str(block.get("Status", "")).strip()
    return action == FAILED and (not status or status.startswith(PERMANENT))


def _originals(mail: Mail) -> Iterator[str]:
    """The Message-IDs of the returned mail, whole or only its headers."""
    for part in _parts(mail, "message/rfc822"):
        for original in _nested(part):
            if original["Message-ID"]:
                yield str(original["Message-ID"]).strip()
    for part in _parts(mail, "text/rfc822-headers"):
        headers = message_from_bytes(bytes(part.get_payload(decode=True) or b""), policy=default)
        if headers["Message-ID"]:
            yield str(headers["Message-ID"]).strip()


def _parts(mail: Mail, kind: str) -> Iterator[Mail]:
    return (part for part in mail.walk() if part.get_content_type() == kind)


def _nested(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Mail)] if isinstance(payload, list) else []
