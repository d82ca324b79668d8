"""Composing: a message becomes a mail, as text and as accessible HTML, in its reader's language.

Links are made here and now: the token is in no ledger, log or backup.
Whole addresses begin with `public_url`.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from flask import Flask, current_app, render_template, url_for
from flask_babel import force_locale, gettext
from flask_security.recoverable import generate_reset_password_token
from markupsafe import Markup
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.config import Settings
from compliance.storage.models import Assessment, Contact, Contract, Message, User
from compliance.workflow.digesting import contents
from compliance.workflow.inviting import invitation_told
from compliance.workflow.linking import make_link
from compliance.workflow.posting import DIGEST
from compliance.workflow.reason_values import readable
from compliance.workflow.withdrawing import TO_COLLEAGUE, TO_SUPPLIER_WITH_LINK

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BLANK_LINES = re.compile(r"\n\s*\n")
PASSWORD_KINDS = frozenset({"password_reset", "staff_welcome"})


@dataclass(frozen=True)
class Letter:
    """The three parts of a mail that people read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Entry:
    """One mail in a digest: what it is, why, and where to go."""

    subject: str
    reasons: list[str]
    link: str


def compose(session: Session, message: Message, *, now: datetime) -> EmailMessage:
    """The mail for a message. Commit before it is sent: a link made here is stored by its hash."""
    app: Flask = current_app
    settings: Settings = app.config["SETTINGS"]
    with app.test_request_context(base_url=settings.public_url), force_locale(message.locale):
        return envelope(_letter(message, _content(session, message, now)), message, settings, now=now)


def envelope(letter: Letter, message: Message, settings: Settings, *, now: datetime) -> EmailMessage:
    """The letter with its headers.

    The same message always has the same Message-ID, so that a mail that went out twice can be recognised.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((settings.service_name, parseaddr(settings.mail_from)[1]))
    mail["To"] = message.recipient
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(message, settings)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    mail["Content-Language"] = message.locale
    return mail


def _letter(message: Message, content: dict[str, Any]) -> Letter:
    return Letter(
        subject=_subject(message, content),
        text=BLANK_LINES.sub("\n\n", render_template(f"emails/{message.kind}.txt", **content)).strip() + "\n",
        html=render_template(f"emails/{message.kind}.html", **content),
    )


def _subject(message: Message, content: dict[str, Any]) -> str:
    """The subject stands in the template of the HTML, as its title."""
    page = current_app.jinja_env.get_template(f"emails/{message.kind}.html")
    context = dict(content)
    current_app.update_template_context(context)
    title = "".join(page.blocks["subject"](page.new_context(context)))
    return " ".join(Markup(title).unescape().split())  # noqa: S704  rendered by our own template


def _content(session: Session, message: Message, now: datetime) -> dict[str, Any]:
    """What templates may use: no answers, and of the person only the name in the greeting."""
    settings: Settings = current_app.config["SETTINGS"]
    assessment = session.get(Assessment, message.assessment_id) if message.assessment_id else None
    contract = session.get(Contract, message.contract_id) if message.contract_id else None
    contracts = [contract] if contract else assessment.contracts if assessment else []
    due_on = assessment.due_on if assessment else None
    return {
        "greeting_name": _greeting_name(session, message),
        "params": message.params,
        "assessment": assessment,
        "contracts": contracts,
        "contract_names": ", ".join(one.number for one in contracts),
        "supplier_name": _supplier_name(assessment, contract),
        "link": _link(session, message, assessment, now),
        "due_on": due_on,
        "days_left": (due_on - day_of(now)).days if due_on else None,
        "reasons": _reasons(message),
        "entries": _entries(session, message, now) if message.kind == DIGEST else [],
        "buyer": settings.buyer_name or settings.service_name,
        "buyer_email": settings.buyer_email,
        **(invitation_told(session, message) if message.kind in TO_COLLEAGUE else {}),
    }


def _entries(session: Session, digest: Message, now: datetime) -> list[Entry]:
    """What a digest tells: each gathered mail by its subject, its reasons and the page it is about."""
    found = []
    for message in contents(session, digest):
        content = _content(session, message, now)
        found.append(Entry(_subject(message, content), content["reasons"], content["link"]))
    return found


def _reasons(message: Message) -> list[str]:
    """The sentences that a mail about a review gives as its reasons, in the reader's language."""
    sentences = []
    for one in message.params.get("reasons", []):
        sentence, values = one["sentence"], readable(one["params"], message.locale)
        sentences.append(gettext(sentence) % {name: _in_words(value) for name, value in values.items()})
    return sentences


def _in_words(value: str) -> str:
    """A day as people read it; any other value as it is."""
    if not ISO_DAY.fullmatch(value):
        return value
    in_words: str = current_app.jinja_env.filters["day"](date.fromisoformat(value))
    return in_words


def _greeting_name(session: Session, message: Message) -> str:
    if message.contact_id is not None:
        return session.get_one(Contact, message.contact_id).name
    return session.get_one(User, message.user_id).name if message.user_id is not None else ""


def _supplier_name(assessment: Assessment | None, contract: Contract | None) -> str:
    """The company's name; empty for a sole trader, whose company's name is a person's."""
    owner = assessment or contract
    if owner is None or owner.supplier.identity_kind == "sole_trader":
        return ""
    return owner.supplier.name


def _link(session: Session, message: Message, assessment: Assessment | None, now: datetime) -> str:
    """The whole address that the mail is about; empty when it is about none."""
    if message.kind in TO_SUPPLIER_WITH_LINK | TO_COLLEAGUE and assessment is not None:
        colleague = session.get(Contact, message.contact_id) if message.kind in TO_COLLEAGUE else None
        token = make_link(session, assessment, colleague or assessment.contact, now=now)
        return url_for("supplier.link", token=token, _external=True)
    if message.kind in PASSWORD_KINDS and message.user_id is not None:
        token = generate_reset_password_token(session.get_one(User, message.user_id))  # type: ignore[no-untyped-call]
        return url_for("security.reset_password", token=token, _external=True)
    page = _PAGES.get(message.kind)
    return page(message) if page is not None else ""


def _assessment_page(message: Message) -> str:
    return url_for("procurer.assessment", assessment_id=message.assessment_id, _external=True)


def _contract_page(message: Message) -> str:
    return url_for("procurer.contract", contract_id=message.contract_id, _external=True)


_PAGES: dict[str, Callable[[Message], str]] = {
    "answers_submitted": _assessment_page,
    "request_received": _assessment_page,
    "mail_bounced": lambda _: url_for("procurer.desk", _external=True),
    "review_opened": _contract_page,
    DIGEST: lambda _: url_for("procurer.desk", _external=True),
    "decision_made": lambda _: url_for("pages.start", _external=True),
    "receipt": lambda _: url_for("pages.start", _external=True),
    "password_changed": lambda _: url_for("security.forgot_password", _external=True),
}


def message_id(message: Message, settings: Settings) -> str:
    """The same for the same message, and not to be guessed by those who never got it."""
    digest = hashlib.sha256(f"{message.key}|{message.created_at.isoformat()}".encode()).hexdigest()[:24]
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"
    return f"<{message.id}.{digest}@{domain}>"
