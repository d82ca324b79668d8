"""The workbook's pages: download it, upload it, see what would change, say yes."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.extensions import db
from compliance.storage.models import Assessment
from compliance.storage.queries.answering import answers_of, document_ids_of
from compliance.web.access import Access, allow
from compliance.web.reports.sending import as_file
from compliance.web.supplier import supplier
from compliance.web.supplier.offline.carried import carried_in, carry
from compliance.web.supplier.offline.marks import ForeignWorkbookError, bases_in, mark_for
from compliance.web.supplier.offline.proposal import Proposal, Standing, name_of, propose, repropose
from compliance.web.supplier.offline.sheets import book_of
from compliance.web.supplier.requested import is_open, journey, me, own, session
from compliance.web.supplier.sections import closed
from compliance.web.workbooks.model import WorkbookError
from compliance.workflow.answering import StaleAnswerError, judged_on
from compliance.workflow.gathering import answers_of as answer_set_of
from compliance.workflow.taking_in import take_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFLICT, NOT_TAKEN = 409, 422


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation."""
    return text


TOO_MUCH = N_(
    "There is too much new text in the workbook to take it in at once. Remove a part, upload, and then take the rest."
)


@supplier.get("/supplier/assessments/<int:assessment_id>/workbook")
@allow(Access.SUPPLIER)
def workbook(assessment_id: int) -> ResponseReturnValue:
    """How to answer in a workbook: download, fill in, upload."""
    assessment = own(assessment_id)
    return _upload_page(assessment) if is_open(assessment) else _to_round(assessment)


@supplier.get("/supplier/assessments/<int:assessment_id>/workbook.xlsx")
@allow(Access.SUPPLIER)
def workbook_file(assessment_id: int) -> ResponseReturnValue:
    """The company's own questionnaire as a workbook, with the answers given so far."""
    from compliance.web.workbooks.writing import write  # noqa: PLC0415  its library takes 12 MiB

    assessment = own(assessment_id)
    if not is_open(assessment):
        return _to_round(assessment)
    plan, rows = journey(assessment), answers_of(session(), assessment.id)
    settings = current_app.config["SETTINGS"]
    buyer, mark = settings.buyer_name or settings.service_name, mark_for(assessment, plan, rows)
    content = write(book_of(assessment, plan, rows, buyer=buyer, mark=mark))
    return as_file(content, media_type=XLSX, name=gettext("answers-%(round)s", round=assessment.id) + ".xlsx")


@supplier.post("/supplier/assessments/<int:assessment_id>/workbook")
@allow(Access.SUPPLIER)
def look_into_workbook(assessment_id: int) -> ResponseReturnValue:
    """Show what an uploaded workbook would change. Nothing is saved."""
    from compliance.web.workbooks.reading import read  # noqa: PLC0415  its library takes 12 MiB

    assessment = own(assessment_id)
    if not is_open(assessment):
        return closed(assessment)
    file = request.files.get("workbook")
    if file is None or not file.filename:
        return _upload_page(assessment, gettext("Choose the workbook that you filled in.")), NOT_TAKEN
    db.session.rollback()  # nothing was written: looking into a file must not hold up those who save
    try:
        book = read(file.read())
        bases = bases_in(book.mark, own(assessment_id))
    except WorkbookError as error:
        return _upload_page(assessment, gettext(error.sentence) % error.params), NOT_TAKEN
    except ForeignWorkbookError as error:
        return _upload_page(assessment, error.message), NOT_TAKEN
    on = judged_on(assessment, today=clock.today())
    return _preview(assessment, propose(book, bases, _standing(assessment), on=on))


@supplier.post("/supplier/assessments/<int:assessment_id>/workbook/answers")
@allow(Access.SUPPLIER)
def take_workbook(assessment_id: int) -> ResponseReturnValue:
    """Save the chosen changes, all of them or none."""
    assessment = own(assessment_id)
    carried = carried_in(request.form.get("carried", ""), assessment, of=me())
    if carried is None:
        return _upload_page(
            assessment, gettext("That preview is no longer valid. Upload the workbook again.")
        ), NOT_TAKEN
    chosen = set(request.form.getlist("take"))
    wanted = {item: one for item, one in carried.wanted.items() if item in chosen}
    try:
        saved, left_out = take_in(session(), assessment, wanted, by=me(), now=clock.now())
    except NotAllowedNow:
        return closed(assessment)
    except StaleAnswerError:
        db.session.rollback()
        contents = {item: one.content for item, one in carried.wanted.items()}
        seen = {item: one.seen for item, one in carried.wanted.items()}
        proposal = repropose(contents, seen, _standing(own(assessment_id)))
        return _preview(own(assessment_id), proposal, overtaken=True), CONFLICT
    _tell(assessment, len(saved), left_out)
    return redirect(url_for("supplier.assessment", assessment_id=assessment.id))


def _standing(assessment: Assessment) -> Standing:
    return Standing(
        plan=journey(assessment),
        rows=answers_of(session(), assessment.id),
        answers=answer_set_of(session(), assessment),
        documents=document_ids_of(session(), assessment.id),
    )


def _preview(assessment: Assessment, proposal: Proposal, *, overtaken: bool = False) -> str:
    carried = carry(proposal.changes, assessment, of=me()) if proposal.changes else ""
    if proposal.changes and not carried:
        return _upload_page(assessment, gettext(TOO_MUCH))
    return render_template(
        "supplier/workbook/preview.html",
        assessment=assessment,
        proposal=proposal,
        carried=carried,
        overtaken=overtaken,
    )


def _upload_page(assessment: Assessment, error: str | None = None) -> str:
    return render_template("supplier/workbook/upload.html", assessment=assessment, error=error)


def _to_round(assessment: Assessment) -> ResponseReturnValue:
    return redirect(url_for("supplier.assessment", assessment_id=assessment.id))


def _tell(assessment: Assessment, saved: int, left_out: list[str]) -> None:
    """What was saved, and the names of what was not asked any more."""
    flash(
        ngettext(
            "%(num)s answer was saved from the workbook.",
            "%(num)s answers were saved from the workbook.",
            saved,
        )
        if saved
        else gettext("You chose nothing, so nothing was changed."),
        "success" if saved else "info",
    )
    plan = journey(assessment)
    names = [name_of(item) for item in (*plan.items, *plan.hidden) if item.id in left_out]
    if names:
        flash(gettext("Not asked any more, and left out: %(names)s.", names=", ".join(names)), "info")
