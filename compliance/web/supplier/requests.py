"""Asking for something instead of answering: another person, more time, or that the company no longer delivers."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment
from compliance.storage.queries.assessments import requests_of
from compliance.web.access import Access, allow
from compliance.web.supplier import supplier
from compliance.web.supplier.forms import MoreTimeForm, NoLongerDeliversForm, OtherPersonForm
from compliance.web.supplier.requested import is_open, me, own, session, today
from compliance.web.supplier.sections import closed
from compliance.workflow import requesting

NOT_TAKEN = 422
FORMS: dict[str, type[FlaskForm]] = {
    requesting.OTHER_PERSON: OtherPersonForm,
    requesting.MORE_TIME: MoreTimeForm,
    requesting.NO_LONGER_DELIVERS: NoLongerDeliversForm,
}
ASK: dict[str, Callable[..., Any]] = {
    requesting.OTHER_PERSON: requesting.name_other_person,
    requesting.MORE_TIME: requesting.ask_for_more_time,
    requesting.NO_LONGER_DELIVERS: requesting.say_no_longer_delivers,
}


@supplier.get("/supplier/assessments/<int:assessment_id>/ask/<kind>")
@allow(Access.SUPPLIER)
def ask(assessment_id: int, kind: str) -> ResponseReturnValue:
    """The form of one kind of request."""
    assessment = own(assessment_id)
    if not is_open(assessment):
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    return _page(assessment, kind, _form(assessment, kind))


@supplier.post("/supplier/assessments/<int:assessment_id>/ask/<kind>")
@allow(Access.SUPPLIER)
def send_request(assessment_id: int, kind: str) -> ResponseReturnValue:
    """Pass the request on to the buyer."""
    assessment = own(assessment_id)
    form = _form(assessment, kind)
    if not form.validate():
        return _page(assessment, kind, form), NOT_TAKEN
    details = {name: value for name, value in form.data.items() if name != "csrf_token"}
    try:
        ASK[kind](session(), assessment, **details, by=me(), now=clock.now())
    except NotAllowedNow:
        return closed(assessment)
    return redirect(url_for("supplier.request_sent", assessment_id=assessment.id, kind=kind))


@supplier.get("/supplier/assessments/<int:assessment_id>/asked/<kind>")
@allow(Access.SUPPLIER)
def request_sent(assessment_id: int, kind: str) -> ResponseReturnValue:
    """What was asked for, and what happens next."""
    assessment = own(assessment_id)
    asked = next((one for one in requests_of(session(), assessment.id) if one.kind == kind), None)
    if asked is None:
        abort(404)
    return render_template("supplier/request_sent.html", assessment=assessment, asked=asked)


@supplier.post("/supplier/assessments/<int:assessment_id>/delivers-after-all")
@allow(Access.SUPPLIER)
def take_back(assessment_id: int) -> ResponseReturnValue:
    """The company delivers after all; or somebody has answered that it does not."""
    assessment = own(assessment_id)
    to_tasks = redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    try:
        requesting.take_back(session(), assessment, by=me(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("There was nothing to take back. This is where your round stands."), "info")
        return to_tasks
    flash(gettext("You deliver to us after all. You can go on answering where you were."), "success")
    return to_tasks


def _form(assessment: Assessment, kind: str) -> FlaskForm:
    if kind not in FORMS:
        abort(404)
    form = FORMS[kind](request.form) if request.method == "POST" else FORMS[kind]()
    if isinstance(form, MoreTimeForm):
        form.earliest = max(assessment.due_on, today())
    return form


def _page(assessment: Assessment, kind: str, form: FlaskForm) -> str:
    return render_template(f"supplier/ask_{kind}.html", assessment=assessment, form=form)
