"""A section sent after the session had ended: kept for the one whose page it was, and offered when it comes back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict

from compliance import clock
from compliance.answers.journey import Journey
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment, KeptForm
from compliance.web import errors
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.supplier import supplier
from compliance.web.supplier.page_marks import MARK, owner_of
from compliance.web.supplier.requested import journey, me, or_404, own, session, wants_json
from compliance.web.supplier.sections import closed, save_form
from compliance.workflow import keeping

SEE_OTHER = 303
SECTION_FORMS = frozenset({"supplier.save", "supplier.confirm"})


@supplier.errorhandler(CSRFError)
def came_late(error: CSRFError) -> ResponseReturnValue:
    """A form whose session has ended, or is another by now. Kept if it is a section of somebody we know."""
    if request.endpoint not in SECTION_FORMS or wants_json():
        return errors.form_not_received(error)
    owner, assessment = owner_of(request.form.get(MARK, ""))
    asked = request.view_args or {}
    if owner is None or assessment is None or assessment.id != asked["assessment_id"]:
        return errors.form_not_received(error)
    key = asked["section_key"]
    fields = [field for field in request.form.items(multi=True) if ":" in field[0]]
    if not keeping.keep_form(session(), assessment, key, fields, of=owner, now=clock.now()):
        return errors.form_not_received(error)
    if current_user.is_authenticated and current_user.id == owner.id:
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id), SEE_OTHER)
    return redirect(url_for("supplier.come_back"), SEE_OTHER)


@supplier.get("/supplier/come-back")
@allow(Access.PUBLIC)
def come_back() -> ResponseReturnValue:
    """That what was sent is kept, and how to get to it."""
    return render_template("supplier/come_back.html", days=keeping.KEPT.days)


@supplier.post("/supplier/assessments/<int:assessment_id>/kept/<int:kept_id>")
@allow(Access.COMPANY)
def use_kept(assessment_id: int, kept_id: int) -> ResponseReturnValue:
    """Save what was kept as if it were sent now, or throw it away (`throw_away`)."""
    assessment = own(assessment_id)
    kept = or_404(keeping.kept_form(session(), assessment, kept_id, of=me()))
    to_tasks = redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    if "throw_away" in request.form:
        keeping.throw_away(session(), kept)
        return to_tasks
    page = journey(assessment).section(kept.section_key)
    if page is None:
        return to_tasks
    try:
        _, troubled = save_form(assessment, page, MultiDict(kept.fields))
    except NotAllowedNow:
        return closed(assessment)
    if troubled is not None:
        return troubled  # and still kept: not everything has been saved
    keeping.throw_away(session(), kept)
    flash(gettext("What you had written is saved now."), "success")
    return redirect(url_for("supplier.section", assessment_id=assessment.id, section_key=page.key))


def offers(assessment: Assessment, plan: Journey) -> list[tuple[KeptForm, str]]:
    """What waits for the reader, each with the name of its part; no name when nothing is asked there now."""
    return [(one, _title(one, plan)) for one in keeping.kept_forms(session(), assessment, of=me())]


def _title(kept: KeptForm, plan: Journey) -> str:
    page = plan.section(kept.section_key)
    return page.title.to(current_language()) if page else ""
