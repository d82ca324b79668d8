"""What suppliers ask for instead of answering, in the reader's language: what it is, and what yes and no do."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, lazy_gettext

from compliance.storage.models import SupplierRequest

TITLES = {
    "more_time": lazy_gettext("The supplier needs more time"),
    "other_person": lazy_gettext("Somebody else should answer"),
    "no_longer_delivers": lazy_gettext("The supplier says that it no longer delivers"),
}
IF_YES = {
    "more_time": lazy_gettext("The supplier gets a new last day and is told by e-mail."),
    "other_person": lazy_gettext("The new person is invited. Links of the person before stop working."),
    "no_longer_delivers": lazy_gettext("The round is cancelled, and the supplier is told by e-mail."),
}
IF_NO = {
    "more_time": lazy_gettext("The last day stays, and the supplier is told by e-mail."),
    "other_person": lazy_gettext("The person who was invited goes on answering, and is told by e-mail."),
    "no_longer_delivers": lazy_gettext("The supplier can answer again, and is told by e-mail."),
}


@dataclass(frozen=True)
class RequestInWords:
    """A request as pages show it."""

    title: str
    lines: tuple[str, ...]
    if_yes: str
    if_no: str
    asked_at: datetime


def request_in_words(request: SupplierRequest) -> RequestInWords:
    """What was asked, and what each answer does."""
    return RequestInWords(
        title=str(TITLES[request.kind]),
        lines=tuple(_lines(request)),
        if_yes=str(IF_YES[request.kind]),
        if_no=str(IF_NO[request.kind]),
        asked_at=request.created_at,
    )


def _lines(request: SupplierRequest) -> list[str]:
    details, lines = request.details, []
    if details.get("due_on"):
        lines.append(gettext("Wants to answer by %(day)s.", day=details["due_on"]))
    if details.get("name"):
        lines.append(gettext("New person: %(name)s", name=details["name"]))
    if details.get("email"):
        lines.append(gettext("E-mail: %(email)s", email=details["email"]))
    if details.get("phone"):
        lines.append(gettext("Telephone: %(phone)s", phone=details["phone"]))
    if details.get("reason"):
        lines.append(gettext("In its own words: %(text)s", text=details["reason"]))
    return lines
