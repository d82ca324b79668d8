"""What was read from a document that was sent in: staff see where it stands, and a procurer confirms or corrects it."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from compliance import clock
from compliance.evidence.checked import PROCURER
from compliance.storage.models import Assessment, Document
from compliance.storage.queries.suppliers import submitted_document
from compliance.web.access import Access, allow
from compliance.web.document_page import document_page, take_word
from compliance.web.fact_lines import BadWord
from compliance.web.page_view import picture_response
from compliance.web.procurer import procurer
from compliance.web.procurer.answer_lines import UseLine, uses_in
from compliance.web.procurer.requested import may_change, or_404, session
from compliance.web.procurer.result_lines import anchor
from compliance.workflow.checking import words_sent_in
from compliance.workflow.latest import assessment_showing
from compliance.workflow.scanning import INFECTED
from compliance.workflow.scoring import newest_snapshot

PATH = "/documents/<int:document_id>/facts"


@procurer.get(PATH)
@allow(Access.STAFF)
def document_facts(document_id: int) -> ResponseReturnValue:
    """What was read, with its place on the page (`fact` or `page`), and what it means for which answers."""
    return _page(_shown(document_id))


@procurer.post(PATH)
@allow(Access.PROCURER)
def check_fact(document_id: int) -> ResponseReturnValue:
    """Confirm or correct one fact. The procurer's word counts from now on."""
    row = _shown(document_id)
    bad = take_word(row, current_user, clock.now())
    if bad is not None:
        return _page(row, bad), 422
    return redirect(url_for("procurer.document_facts", document_id=row.id, _anchor="facts"))


@procurer.get("/documents/<int:document_id>/pages/<int:page>")
@allow(Access.STAFF)
def document_picture(document_id: int, page: int) -> ResponseReturnValue:
    """A page as a picture, personal identity numbers painted over."""
    return picture_response(_shown(document_id), page) or abort(404)


def _shown(document_id: int) -> Document:
    """A document that was sent in and may be opened, or 404."""
    row = or_404(submitted_document(session(), document_id))
    return row if row.file.scan_state != INFECTED else abort(404)


def _page(row: Document, bad: BadWord | None = None) -> str:
    assessment = assessment_showing(session(), row)
    return render_template(
        "procurer/document.html",
        view=document_page(row, words_sent_in(session(), row), PROCURER, bad),
        assessment=assessment,
        uses=_uses(row, assessment),
        anchor=anchor,
        may_check=may_change(),
    )


def _uses(row: Document, assessment: Assessment | None) -> list[UseLine]:
    card = newest_snapshot(session(), assessment) if assessment is not None else None
    return uses_in(card, row.id) if card is not None else []
