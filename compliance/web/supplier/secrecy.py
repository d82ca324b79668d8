"""Asking that an answer be kept secret: what the supplier can ask for, and what nobody can promise."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.answers.routing import Item
from compliance.answers.values import item_id
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment
from compliance.storage.queries.marks import secrecy_for
from compliance.web.access import Access, allow
from compliance.web.forms.colleagues import SecrecyForm
from compliance.web.received import row_id
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import asked, is_open, journey, me, own, section_of, session
from compliance.web.supplier.sections import closed
from compliance.workflow import marking

NOT_TAKEN = 422
PATH = "/supplier/assessments/<int:assessment_id>/answers/<question_id>/secrecy"


@supplier.get(PATH)
@allow(Access.SUPPLIER)
def secrecy(assessment_id: int, question_id: str) -> ResponseReturnValue:
    """The form of one answer, with what was asked before."""
    assessment = own(assessment_id)
    item = _item(assessment, question_id)
    if not is_open(assessment):
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    wish = secrecy_for(session(), assessment.id, item.key)
    form = SecrecyForm(formdata=None, obj=wish)
    return _page(assessment, item, form, standing=wish is not None)


@supplier.post(PATH)
@allow(Access.SUPPLIER)
def ask_for_secrecy(assessment_id: int, question_id: str) -> ResponseReturnValue:
    """Ask for secrecy about one answer, or take that back (`take_back`)."""
    assessment = own(assessment_id)
    item, form = _item(assessment, question_id), SecrecyForm()
    standing = secrecy_for(session(), assessment.id, item.key) is not None
    taking_back = "take_back" in request.form
    if not taking_back and not form.validate():
        return _page(assessment, item, form, standing=standing), NOT_TAKEN
    try:
        if taking_back:
            marking.take_back_secrecy(session(), assessment, item, by=me(), now=clock.now())
            flash(gettext("You no longer ask for secrecy about this answer."), "success")
        else:
            _ask(assessment, item, form)
            flash(gettext("Your wish is noted beside the answer, with your reason."), "success")
    except NotAllowedNow:
        return closed(assessment)
    return redirect(_back(assessment, item))


def _ask(assessment: Assessment, item: Item, form: SecrecyForm) -> None:
    marking.ask_for_secrecy(
        session(),
        assessment,
        item,
        covers=form.covers.data,
        reason=form.reason.data.strip(),
        by=me(),
        now=clock.now(),
    )


def _item(assessment: Assessment, question_id: str) -> Item:
    return asked(journey(assessment), item_id(question_id, request.args.get("contract", type=row_id)))


def _page(assessment: Assessment, item: Item, form: SecrecyForm, *, standing: bool) -> str:
    back = _back(assessment, item)
    return render_template(
        "supplier/secrecy.html", assessment=assessment, item=item, form=form, standing=standing, back=back
    )


def _back(assessment: Assessment, item: Item) -> str:
    """The question in its page."""
    page = section_of(journey(assessment), item)
    return url_for(
        "supplier.section", assessment_id=assessment.id, section_key=page.key, _anchor=f"q-{item.id}"
    )
