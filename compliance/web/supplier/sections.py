"""A section of the form: its questions on one page, saved together without a script and one by one with it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from compliance.answers.journey import Journey, JourneySection
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.languages import switch_language
from compliance.web.supplier import supplier
from compliance.web.supplier.carried_view import renewal_of, with_last_time
from compliance.web.supplier.marks import with_marks
from compliance.web.supplier.page_marks import page_mark
from compliance.web.supplier.posted import fields_of
from compliance.web.supplier.question_filling import draw
from compliance.web.supplier.question_view import NO_TROUBLE, Trouble, error_links, position, views_of
from compliance.web.supplier.requested import after_saving, is_colleague, is_open, journey, own
from compliance.web.supplier.saving import save_section
from compliance.web.transactions import commit_now

CONFLICT, NOT_TAKEN = 409, 422


@supplier.get("/supplier/assessments/<int:assessment_id>/sections/<section_key>")
@allow(Access.COMPANY)
def section(assessment_id: int, section_key: str) -> ResponseReturnValue:
    """The questions of a section with the answers given so far."""
    assessment = own(assessment_id)
    if not is_open(assessment):
        own_page = "supplier.assessment" if is_colleague() else "supplier.answers"
        return redirect(url_for(own_page, assessment_id=assessment.id))
    plan = journey(assessment)
    page = plan.section(section_key)
    if page is None:
        abort(404)
    return section_page(assessment, plan, page)


@supplier.post("/supplier/assessments/<int:assessment_id>/sections/<section_key>")
@allow(Access.COMPANY)
def save(assessment_id: int, section_key: str) -> ResponseReturnValue:
    """Save the whole section, then go on, or come back to what must be looked at."""
    assessment = own(assessment_id)
    switch_language(request.form.get("language", ""))
    page = journey(assessment).section(section_key)
    if page is None and is_colleague():
        abort(404)
    if page is None:
        flash(gettext("These questions no longer apply to you. Nothing was saved from that page."), "info")
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    try:
        plan, troubled = save_form(assessment, page, request.form)
    except NotAllowedNow:
        return closed(assessment)
    return troubled or redirect(_next_address(assessment, plan, page))


def save_form(
    assessment: Assessment, page: JourneySection, form: MultiDict[str, str]
) -> tuple[Journey, ResponseReturnValue | None]:
    """Save a section's form: the journey after it, and the page to come back to when something was in the way.

    Raises `NotAllowedNow`.
    """
    trouble = save_section(assessment, page, form)
    plan = after_saving(assessment)
    if not trouble:
        return plan, None
    commit_now()  # what could be saved is saved, also when something else on the page could not
    still = plan.section(page.key) or page
    return plan, (section_page(assessment, plan, still, trouble), CONFLICT if trouble.newer else NOT_TAKEN)


def section_page(
    assessment: Assessment, plan: Journey, page: JourneySection, trouble: Trouble = NO_TROUBLE
) -> str:
    """The page of a section."""
    renewal = renewal_of(assessment, plan)
    marked = with_marks(assessment, views_of(assessment, page.items, trouble))
    views = with_last_time(renewal, marked)
    return render_template(
        "supplier/section.html",
        assessment=assessment,
        plan=plan,
        section=page,
        renewal=renewal,
        questions=[draw(view) for view in views],
        errors=error_links(views),
        page_mark=page_mark(assessment),
        position=position(plan, page) if page in plan.sections else "",
    )


def closed(assessment: Assessment) -> ResponseReturnValue:
    """Answers came for a round that takes none now."""
    flash(
        gettext("Your answers have been sent in and can no longer be changed. Nothing was saved now."),
        "warning",
    )
    return redirect(url_for("supplier.assessment", assessment_id=assessment.id))


def _next_address(assessment: Assessment, plan: Journey, page: JourneySection) -> str:
    """Back to the question of the button that was pressed, else on to the next section, at last to the check."""
    if "language" in request.form:
        return _address(assessment, page)
    for name in ("stay", "clear", "theirs", "remove"):
        if name in request.form:
            question = request.form[name].rpartition("/")[0] if name == "remove" else request.form[name]
            if plan.section(page.key) is None:
                return url_for("supplier.assessment", assessment_id=assessment.id)
            return _address(assessment, page, question)
    if more := _more_questions(plan, page):
        flash(gettext("Your answers led to more questions on this page."), "info")
        return _address(assessment, page, more)
    following = plan.section_after(page.key) if plan.section(page.key) else plan.next_section
    if following is None:
        return url_for(
            "supplier.assessment" if is_colleague() else "supplier.check", assessment_id=assessment.id
        )
    return _address(assessment, following)


def _more_questions(plan: Journey, page: JourneySection) -> str:
    """The first question that the posted page did not have yet and that has no answer."""
    now = plan.section(page.key)
    fresh = (item for item in (now.items if now else ()) if not fields_of(request.form, item).present)
    return next((item.id for item in fresh if not item.answered), "")


def _address(assessment: Assessment, page: JourneySection, question: str = "") -> str:
    return url_for(
        "supplier.section",
        assessment_id=assessment.id,
        section_key=page.key,
        _anchor=f"q-{question}" if question else None,
    )
