"""The demo's mailbox: what a supplier would find in its own. Registered only in a demo instance."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from compliance.web.access import Access, allow

demo = Blueprint("demo", __name__)
NEWEST = 200


@dataclass(frozen=True)
class Mail:
    """A mail as the page shows it; `paragraphs` are lists of lines."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    paragraphs: list[list[str]]


@demo.get("/demo/mailbox")
@allow(Access.PUBLIC)
def mailbox() -> ResponseReturnValue:
    """Every mail that was sent, newest first."""
    names = sorted((path.name for path in _folder().glob("*.eml")), reverse=True)
    return render_template("demo/mailbox.html", mails=[_read(name) for name in names[:NEWEST]])


@demo.get("/demo/mailbox/<name>")
@allow(Access.PUBLIC)
def mail(name: str) -> ResponseReturnValue:
    """One mail with its links."""
    if name not in {path.name for path in _folder().glob("*.eml")}:
        abort(404)
    return render_template("demo/mail.html", mail=_read(name))


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].instance / "mailbox"
    return folder


def _read(name: str) -> Mail:
    message = message_from_bytes((_folder() / name).read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    sent = message["Date"]
    return Mail(
        name=name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=sent.datetime if sent is not None else None,
        paragraphs=[part.splitlines() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()],
    )
