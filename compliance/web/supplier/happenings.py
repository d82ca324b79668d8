"""The supplier reports an accident or a serious deviation itself, about one of the contracts of its round."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.forms.event import OwnEventForm
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import me, own, session
from compliance.workflow import noting
from compliance.workflow.noting import ReportRefusedError

NOT_TAKEN = 422


@supplier.get("/supplier/assessments/<int:assessment_id>/events/new")
@allow(Access.SUPPLIER)
def new_event(assessment_id: int) -> ResponseReturnValue:
    """The form to report an event."""
    assessment = own(assessment_id)
    return _page(assessment, _form(assessment))


@supplier.post("/supplier/assessments/<int:assessment_id>/events/new")
@allow(Access.SUPPLIER)
def report_event(assessment_id: int) -> ResponseReturnValue:
    """Pass it on to the buyer, who hears at once."""
    assessment = own(assessment_id)
    form = _form(assessment)
    if not form.validate():
        return _page(assessment, form), NOT_TAKEN
    contract = next(one for one in assessment.contracts if str(one.id) == form.contract.data)
    try:
        noting.report_event(session(), contract, form.report(), by=me(), now=clock.now())
    except ReportRefusedError as error:
        form.refuse(error.refusals)
        return _page(assessment, form), NOT_TAKEN
    flash(gettext("Your report has come in. The buyer hears of it at once and will get in touch."), "success")
    return redirect(url_for("supplier.assessment", assessment_id=assessment.id))


def _form(assessment: Assessment) -> OwnEventForm:
    form = OwnEventForm()
    form.offer((one.id, f"{one.number} {one.title}") for one in assessment.contracts)
    if len(assessment.contracts) == 1 and not form.contract.data:
        form.contract.data = str(assessment.contracts[0].id)
    return form


def _page(assessment: Assessment, form: OwnEventForm) -> str:
    return render_template("supplier/event_form.html", form=form, assessment=assessment)
