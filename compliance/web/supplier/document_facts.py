"""What was read from one of the supplier's documents: where it stands, right or wrong, and what it could answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.evidence.checked import SUPPLIER
from compliance.storage.models import Document
from compliance.web.access import Access, allow
from compliance.web.document_page import document_page, take_word
from compliance.web.fact_lines import BadWord
from compliance.web.page_view import picture_response
from compliance.web.supplier import supplier
from compliance.web.supplier.document_uses import offers_from, served_by
from compliance.web.supplier.requested import after_saving, me, own_file, session
from compliance.workflow.answering import StaleAnswerError, save_answer
from compliance.workflow.checking import may_say
from compliance.workflow.scanning import INFECTED

PATH = "/supplier/documents/<int:document_id>/facts"


@supplier.get(PATH)
@allow(Access.COMPANY)
def document_facts(document_id: int) -> ResponseReturnValue:
    """What was read, with its place on the page (`fact` or `page`), and which answers it serves."""
    return _page(_shown(document_id))


@supplier.post(PATH)
@allow(Access.COMPANY)
def check_fact(document_id: int) -> ResponseReturnValue:
    """Confirm or correct one fact. The supplier's word is a claim that the reviewer sees."""
    row = _shown(document_id)
    bad = take_word(row, me(), clock.now())
    if bad is not None:
        return _page(row, bad), 422
    return redirect(url_for("supplier.document_facts", document_id=row.id, _anchor="facts"))


@supplier.post("/supplier/documents/<int:document_id>/use")
@allow(Access.COMPANY)
def use_fact(document_id: int) -> ResponseReturnValue:
    """Save what the document says as an answer, if the page that offered it is still right."""
    row = _shown(document_id)
    wanted = (request.form.get("assessment", 0, type=int), request.form.get("item", ""))
    offer = next((one for one in offers_from(row) if (one.assessment.id, one.item.id) == wanted), None)
    if offer is None or offer.content.fingerprint != request.form.get("content"):
        flash(
            gettext("The answer or the document was changed in the meantime, so nothing was saved."), "error"
        )
        return redirect(url_for("supplier.document_facts", document_id=row.id))
    seen = request.form.get("revision", 0, type=int)
    try:
        save_answer(
            session(), offer.assessment, offer.item, offer.content, seen=seen, by=me(), now=clock.now()
        )
    except (StaleAnswerError, NotAllowedNow):
        flash(
            gettext("The answer or the document was changed in the meantime, so nothing was saved."), "error"
        )
    else:
        after_saving(offer.assessment)
        flash(gettext("Saved as your answer."), "success")
    return redirect(url_for("supplier.document_facts", document_id=row.id, _anchor="answers"))


@supplier.get("/supplier/documents/<int:document_id>/pages/<int:page>")
@allow(Access.COMPANY)
def document_picture(document_id: int, page: int) -> ResponseReturnValue:
    """A page as a picture, personal identity numbers painted over."""
    return picture_response(_shown(document_id), page) or abort(404)


def _shown(document_id: int) -> Document:
    """One of this company's documents that may be opened, or 404."""
    row = own_file(document_id)
    return row if row.file.scan_state != INFECTED else abort(404)


def _page(row: Document, bad: BadWord | None = None) -> str:
    return render_template(
        "supplier/document.html",
        view=document_page(row, list(row.checked), SUPPLIER, bad),
        serves=served_by(row),
        offers=offers_from(row),
        may_check=may_say(session(), row),
    )
