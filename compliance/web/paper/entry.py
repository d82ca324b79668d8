"""Answers that came on paper: begun with a reason, typed in page by page, sent in on behalf of the supplier.

What the supplier typed itself is never shown here: the pages are made from the answers of the paper alone.
"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.answers.journey import Journey
from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State
from compliance.evidence.intake import Refusal
from compliance.storage.models import Assessment, PaperEntry
from compliance.storage.queries.marks import paper_of
from compliance.web.access import Access, allow
from compliance.web.forms.paper import PaperForm, SignedForm
from compliance.web.paper.sections import own_here
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import found, or_404, session
from compliance.web.supplier.requested import me, store
from compliance.workflow import transcribing
from compliance.workflow.proving import Upload
from compliance.workflow.submitting import Attestation, NotReadyError
from compliance.workflow.transcribing import NoticeRunsError, Paper, PaperDayError

NOT_TAKEN = 422


@procurer.get("/assessments/<int:assessment_id>/paper")
@allow(Access.PROCURER)
def paper(assessment_id: int) -> ResponseReturnValue:
    """The start, or how far the paper has been typed in."""
    row = found(Assessment, assessment_id)
    if State(row.state) not in OPEN_TO_SUPPLIER:
        return _closed(row)
    entry = paper_of(session(), row.id)
    if entry is None:
        return _start_page(row, PaperForm(formdata=None))
    return _overview(row, entry, SignedForm(formdata=None))


@procurer.post("/assessments/<int:assessment_id>/paper")
@allow(Access.PROCURER)
def start_paper(assessment_id: int) -> ResponseReturnValue:
    """Begin; the supplier is told by e-mail."""
    row, form = found(Assessment, assessment_id), PaperForm()
    if not form.validate():
        return _start_page(row, form), NOT_TAKEN
    try:
        started = transcribing.start_paper(
            session(), row, _paper(form), store=store(), by=me(), now=clock.now()
        )
    except NotAllowedNow:
        return _closed(row)
    except PaperDayError:
        form.received_on.errors = [gettext("Choose a day up to today and at most a year back.")]
        return _start_page(row, form), NOT_TAKEN
    if isinstance(started, Refusal):
        form.scan.errors = [gettext(started.sentence)]
        return _start_page(row, form), NOT_TAKEN
    flash(gettext("You can type in the answers now. The supplier is told by e-mail."), "success")
    return redirect(url_for("procurer.paper", assessment_id=row.id))


@procurer.post("/assessments/<int:assessment_id>/paper/send-in")
@allow(Access.PROCURER)
def send_in_paper(assessment_id: int) -> ResponseReturnValue:
    """Send the answers in for the supplier, as the one who signed the paper wants."""
    row, form = found(Assessment, assessment_id), SignedForm()
    if State(row.state) not in OPEN_TO_SUPPLIER:
        return _closed(row)
    entry = or_404(paper_of(session(), row.id))
    if form.validate() and not form.confirmed.data:
        form.confirmed.errors = [gettext("Tick the box to send the answers in.")]
    if form.errors:
        return _overview(row, entry, form), NOT_TAKEN
    signed = Attestation(name=form.name.data, role=form.role.data)
    try:
        transcribing.send_in_paper(session(), row, signed, by=me(), now=clock.now())
    except NotReadyError as error:
        return _overview(row, entry, form, lacking=len(error.missing)), NOT_TAKEN
    except NoticeRunsError as error:
        return _overview(row, entry, form, until=error.until), NOT_TAKEN
    flash(gettext("The answers are sent in, and the supplier gets a receipt by e-mail."), "success")
    return redirect(url_for("procurer.assessment", assessment_id=row.id))


def _paper(form: PaperForm) -> Paper:
    file = form.scan.data
    scan = Upload(file.filename, file.read()) if file and file.filename else None
    return Paper(received_on=form.received_on.data, reason=form.reason.data.strip(), scan=scan)


def _start_page(row: Assessment, form: PaperForm) -> str:
    return render_template("procurer/paper_start.html", assessment=row, form=form)


def _overview(row: Assessment, entry: PaperEntry, form: SignedForm, **refused: object) -> str:
    """How far it has come. `lacking` questions or the day `until` stand in the way of sending in."""
    plan: Journey = transcribing.paper_journey(session(), row, now=clock.now())
    own = own_here(row, plan)
    return render_template(
        "procurer/paper.html",
        assessment=row,
        entry=entry,
        plan=plan,
        own=own,
        open_items=[item for item in plan.items if not item.answered and item.id not in own],
        form=form,
        **{"lacking": 0, "until": None} | refused,
    )


def _closed(row: Assessment) -> ResponseReturnValue:
    flash(gettext("The supplier cannot answer now, so nothing can be typed in either."), "info")
    return redirect(url_for("procurer.assessment", assessment_id=row.id, _anchor="steps"))
