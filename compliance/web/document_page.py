"""The page of one document, the same for supplier and staff: the facts, the page they stand on, and what is said."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, request
from flask_babel import gettext

from compliance.assessments import NotAllowedNow
from compliance.evidence.checked import BadWordError, Role
from compliance.evidence.facts import STATES
from compliance.extensions import db
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import CheckedFact, Document, FactRow, User
from compliance.web.fact_lines import BadWord, FactLine, addable, fact_lines, told_in
from compliance.web.fact_words import DOCUMENT_TYPE
from compliance.web.page_view import PageView, page_view
from compliance.workflow.checking import StaleWordError, say

LARGEST = 2**31 - 1


@dataclass(frozen=True)
class DocumentPage:
    """What the page shows. `chosen` is the key of the fact whose place is marked; `bad` what could not be taken."""

    document: Document
    lines: list[FactLine]
    addable: list[tuple[str, str]]
    chosen: str
    page: PageView | None
    pages: int
    reason: str
    bad: BadWord | None = None

    @property
    def has_picture(self) -> bool:
        """Whether the page asked for could be drawn."""
        return self.page is not None and self.page.picture is not None


def document_page(
    document: Document, said: list[CheckedFact], role: Role, bad: BadWord | None = None
) -> DocumentPage:
    """The page with the fact or page that the address asks for, else with the first fact that has a place."""
    lines = fact_lines(document, said, role)
    fact = _chosen(lines, bad)
    asked = min(max(request.args.get("page", 0, type=int), 0), LARGEST)
    fact = None if asked else fact
    return DocumentPage(
        document=document,
        lines=lines,
        addable=addable(lines),
        chosen=str(fact.id) if fact is not None else "",
        page=page_view(document, fact, asked or 1) if document.state != "waiting" else None,
        pages=document.pages or 0,
        reason=gettext(document.state_reason or STATES[document.state]) if document.state in STATES else "",
        bad=bad,
    )


def take_word(document: Document, by: User, now: datetime) -> BadWord | None:
    """Keep what was posted about a fact, and tell the person; what could not be taken, to be shown at its field."""
    told = told_in(request)
    if told is None:
        abort(400)
    said = told.said
    if said.field == DOCUMENT_TYPE and said.value not in (None, said.about, *vocabulary().documents):
        return BadWord(told.key, told.typed, gettext("Choose one of the options."))
    try:
        say(db.session(), document, said, by=by, now=now)
    except BadWordError as problem:
        return BadWord(told.key, told.typed, gettext(str(problem)))
    except StaleWordError:
        flash(
            gettext("Somebody said something else about this in the meantime. See below what stands now."),
            "error",
        )
    except NotAllowedNow:
        flash(gettext("Your answers have been sent in, so nothing about the document was changed."), "error")
    else:
        flash(gettext("Saved. What the machine read is kept beside it."), "success")
    return None


def _chosen(lines: list[FactLine], bad: BadWord | None) -> FactRow | None:
    wanted = bad.key if bad else request.args.get("fact", "")
    placed = [line for line in lines if line.row is not None and line.row.page]
    if not placed:
        return None
    return next((line for line in placed if line.key == wanted), min(placed, key=_urgency)).row


def _urgency(line: FactLine) -> tuple[bool, bool]:
    """What a person must look at comes first, then what decides until when the document holds."""
    return not (line.warning and not line.words), line.field != "valid_until"
