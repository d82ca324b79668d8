"""Confirming last time's answers: the whole page in one act, with what was changed on it saved first."""

from collections.abc import Collection

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from compliance import clock
from compliance.answers.journey import Journey, JourneySection
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment
from compliance.storage.queries.answering import answers_of
from compliance.web.access import Access, allow
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import is_colleague, journey, me, own, seen, session
from compliance.web.supplier.sections import closed, save_form
from compliance.workflow import carrying


@supplier.post("/supplier/assessments/<int:assessment_id>/sections/<section_key>/confirm")
@allow(Access.COMPANY)
def confirm(assessment_id: int, section_key: str) -> ResponseReturnValue:
    """Save what was changed on the page, then make the answers of last time that it showed this round's."""
    assessment = own(assessment_id)
    page = journey(assessment).section(section_key)
    if page is None and is_colleague():
        abort(404)
    if page is None:
        flash(gettext("These questions no longer apply to you. Nothing was saved from that page."), "info")
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    shown = set(request.form.getlist("shown")) & {item.id for item in page.items}
    try:
        _, troubled = save_form(assessment, page, request.form)
        if troubled:
            return troubled
        done = carrying.confirm(session(), assessment, shown, by=me(), now=clock.now())
    except NotAllowedNow:
        return closed(assessment)
    _tell(assessment, page, done.confirmed, shown)
    return redirect(_next_address(assessment, seen(assessment, done.journey), page))


def _tell(
    assessment: Assessment, page: JourneySection, confirmed: Collection[str], shown: Collection[str]
) -> None:
    """How many were confirmed, and whether a colleague had answered some in the meantime."""
    if confirmed:
        told = ngettext("%(num)s answer is confirmed.", "%(num)s answers are confirmed.", len(confirmed))
        flash(told, "success")
    rows = answers_of(session(), assessment.id)
    left = [item for item in page.items if item.id in shown and item.id not in confirmed]
    theirs = [item for item in left if (row := rows.get(item.key)) and row.answered_by_id != me().id]
    if theirs:
        flash(
            ngettext(
                "%(num)s answer had been given by somebody else in the meantime. It stands as it was given.",
                "%(num)s answers had been given by somebody else in the meantime. They stand as they were given.",
                len(theirs),
            ),
            "info",
        )


def _next_address(assessment: Assessment, plan: Journey, page: JourneySection) -> str:
    """To the first question of the page that has no answer yet, else on to the next page, at last to the check."""
    still = plan.section(page.key)
    left = next((item for item in still.items if not item.answered), None) if still else None
    following = still if left else plan.next_section
    if following is None:
        end = "supplier.assessment" if is_colleague() else "supplier.check"
        return url_for(end, assessment_id=assessment.id)
    return url_for(
        "supplier.section",
        assessment_id=assessment.id,
        section_key=following.key,
        _anchor=f"q-{left.id}" if left else None,
    )
