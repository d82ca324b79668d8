"""One answer, saved as it is given: what the script in the page talks to."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.answers.journey import Journey
from compliance.answers.routing import Item
from compliance.answers.values import item_id
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment
from compliance.storage.queries.answering import answer_to
from compliance.web.access import Access, allow
from compliance.web.received import row_id
from compliance.web.supplier import supplier
from compliance.web.supplier.posted import BadAnswerError, Fields, typed_from
from compliance.web.supplier.proof_view import rule_for
from compliance.web.supplier.question_view import Trouble, lacks_of, views_of
from compliance.web.supplier.requested import (
    after_saving,
    asked,
    is_open,
    journey,
    own,
    saved_when,
    section_of,
    session,
    wants_json,
)
from compliance.web.supplier.saving import save_one
from compliance.web.supplier.sections import CONFLICT, NOT_TAKEN, closed, section_page
from compliance.workflow.answering import StaleAnswerError

GONE = 410


@supplier.post("/supplier/assessments/<int:assessment_id>/answers/<question_id>")
@allow(Access.COMPANY)
def save_answer(assessment_id: int, question_id: str) -> ResponseReturnValue:
    """Save one answer. The form holds value, comment, na_reason, revision and the mark `present`."""
    assessment = own(assessment_id)
    plan = journey(assessment)
    item = asked(plan, item_id(question_id, request.values.get("contract", type=row_id)))
    fields = Fields(request.form)
    if not is_open(assessment):
        return _closed(assessment)
    if not fields.present:
        return _answer(assessment, plan, item)
    typed = fields.typed()
    try:
        save_one(assessment, item, typed, clear="clear" in request.form)
    except NotAllowedNow:
        return _closed(assessment)
    except BadAnswerError as error:
        trouble = Trouble(typed={item.id: typed}, messages={item.id: error.messages})
        return _troubled(assessment, plan, item, trouble), NOT_TAKEN
    except StaleAnswerError as stale:
        trouble = Trouble(typed={item.id: typed}, newer={item.id: stale.saved})
        return _troubled(assessment, plan, item, trouble), CONFLICT
    after = after_saving(assessment)
    return _answer(assessment, after, item, before=plan)


def _answer(
    assessment: Assessment, plan: Journey, item: Item, *, before: Journey | None = None
) -> ResponseReturnValue:
    """What was saved, and what that changed in the form."""
    now = plan.item(item.id) or item
    if not wants_json():
        page = section_of(plan, now) if now in plan.items else plan.sections[0]
        return redirect(
            url_for(
                "supplier.section",
                assessment_id=assessment.id,
                section_key=page.key,
                _anchor=f"q-{item.id}",
            )
        )
    row = answer_to(session(), assessment.id, now.key)
    typed = typed_from(row, now)
    return {
        "revision": typed.seen,
        "was": typed.was,
        "saved": gettext("Saved %(time)s", time=saved_when(row.saved_at if row else clock.now())),
        "answered": bool(typed.values),
        "lacks": lacks_of(now),
        "proof_shown": rule_for(now) != "none" or bool(now.documents),
        "questions_changed": before is not None and _ids(before) != _ids(plan),
        "progress": render_template("supplier/progress.html", plan=plan),
    }


def _ids(plan: Journey) -> list[str]:
    return [item.id for item in plan.items]


def _troubled(assessment: Assessment, plan: Journey, item: Item, trouble: Trouble) -> str | dict[str, object]:
    """What stands in the way: for a script the messages, or both texts; for a person the page with them."""
    if not wants_json():
        return section_page(assessment, plan, section_of(plan, item), trouble)
    if trouble.messages:
        return {"errors": trouble.messages[item.id]}
    view = views_of(assessment, [item], trouble)[0]
    html = render_template("supplier/conflict.html", view=view)
    return {"revision": view.typed.seen, "was": view.typed.was, "html": html}


def _closed(assessment: Assessment) -> ResponseReturnValue:
    if wants_json():
        return {"error": gettext("The answers have been sent in and can no longer be changed.")}, GONE
    return closed(assessment)
