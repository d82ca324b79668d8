"""Documents given as proof: uploaded, chosen again, taken away, looked at by their owner."""

from io import BytesIO

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from compliance.answers.journey import Journey
from compliance.answers.values import item_id
from compliance.assessments import NotAllowedNow
from compliance.evidence.sealed import SEALED
from compliance.evidence.store import NotStoredError
from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.received import row_id
from compliance.web.supplier import supplier
from compliance.web.supplier.giving import remove, take_posted
from compliance.web.supplier.question_filling import draw_panel
from compliance.web.supplier.question_view import Trouble, views_of
from compliance.web.supplier.requested import (
    after_saving,
    asked,
    journey,
    own,
    own_file,
    store,
    wants_json,
)
from compliance.web.supplier.sections import closed
from compliance.workflow.scanning import INFECTED

PATH = "/supplier/assessments/<int:assessment_id>/answers/<question_id>/documents"


@supplier.get(PATH)
@allow(Access.COMPANY)
def proof(assessment_id: int, question_id: str) -> ResponseReturnValue:
    """The proof panel of one question as it stands."""
    assessment = own(assessment_id)
    return _panel(assessment, journey(assessment), _id(question_id))


@supplier.post(PATH)
@allow(Access.COMPANY)
def give_proof(assessment_id: int, question_id: str) -> ResponseReturnValue:
    """Upload files (`file`, `replace/12`), choose earlier ones (`document`), name `pages/12`, or `remove` one.

    A script is told by JSON what became of it, with the panel to show.
    """
    assessment = own(assessment_id)
    item = asked(journey(assessment), _id(question_id))
    try:
        outcome = take_posted(assessment, item)
        for document_id in request.form.getlist("remove", type=row_id):
            remove(assessment, item, document_id)
    except NotAllowedNow:
        return closed(assessment)
    plan = after_saving(assessment)
    if not wants_json():
        return _panel(assessment, plan, item.id, outcome.refused)
    return {
        "refused": list(outcome.refused),
        "told": list(outcome.told),
        "panel": str(_panel(assessment, plan, item.id)),
    }


@supplier.get("/supplier/documents/<int:document_id>")
@allow(Access.COMPANY)
def document(document_id: int) -> ResponseReturnValue:
    """The file, to be saved and never shown within our pages: it comes from outside."""
    row = own_file(document_id)
    if row.file.scan_state == INFECTED:
        return render_template("supplier/infected.html", document=row), 403
    if row.file.media_type == SEALED:
        return render_template("supplier/sealed.html", document=row)
    try:
        content = store().get(row.sha256)
    except NotStoredError:
        abort(404)
    response = send_file(
        BytesIO(content),
        mimetype=row.file.media_type,
        as_attachment=True,
        download_name=row.name,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _id(question_id: str) -> str:
    return item_id(question_id, request.values.get("contract", type=row_id))


def _panel(
    assessment: Assessment, plan: Journey, name: str, refused: tuple[str, ...] = ()
) -> ResponseReturnValue:
    item = asked(plan, name)
    trouble = Trouble(refused_files={name: refused} if refused else {})
    return draw_panel(views_of(assessment, [item], trouble)[0])
