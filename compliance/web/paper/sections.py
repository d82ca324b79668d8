"""Typing in a paper page by page: the questions as the supplier would see them, saved as the paper says."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from compliance import clock
from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Answer, Assessment, PaperEntry
from compliance.storage.queries.marks import paper_of
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import found, or_404, session, today
from compliance.web.supplier.posted import BadAnswerError, Typed, fields_of, is_given_as_documents, read
from compliance.web.supplier.proof_view import ProofView
from compliance.web.supplier.question_filling import draw
from compliance.web.supplier.question_view import (
    NO_TROUBLE,
    QuestionView,
    Trouble,
    error_links,
    position,
    views_of,
)
from compliance.web.supplier.requested import me
from compliance.web.transactions import commit_now
from compliance.workflow import transcribing
from compliance.workflow.answering import NOTHING, Content, StaleAnswerError, note_progress
from compliance.workflow.transcribing import OwnAnswerError

CONFLICT, NOT_TAKEN = 409, 422
PATH = "/assessments/<int:assessment_id>/paper/sections/<section_key>"


@procurer.get(PATH)
@allow(Access.PROCURER)
def paper_section(assessment_id: int, section_key: str) -> ResponseReturnValue:
    """The questions of a page with what has been typed in from the paper."""
    row, entry, plan = _asked_for(assessment_id)
    page = plan.section(section_key)
    if page is None:
        abort(404)
    return _page(row, entry, plan, page)


@procurer.post(PATH)
@allow(Access.PROCURER)
def save_paper_section(assessment_id: int, section_key: str) -> ResponseReturnValue:
    """Save what was typed in, then go on, or come back to what must be looked at."""
    row, entry, plan = _asked_for(assessment_id)
    page = plan.section(section_key)
    if page is None:
        abort(404)
    try:
        trouble = _save(row, page)
    except NotAllowedNow:
        flash(gettext("The supplier cannot answer now, so nothing can be typed in either."), "info")
        return redirect(url_for("procurer.assessment", assessment_id=row.id))
    note_progress(session(), row, now=clock.now())
    plan = transcribing.paper_journey(session(), row, now=clock.now())
    if not trouble:
        return redirect(_next(row, plan, page))
    commit_now()  # what could be saved is saved, also when something else on the page could not
    body = _page(row, entry, plan, plan.section(page.key) or page, trouble)
    return body, CONFLICT if trouble.newer else NOT_TAKEN


def own_here(row: Assessment, plan: Journey) -> frozenset[str]:
    """The questions of the paper that the supplier has answered itself."""
    own = transcribing.own_keys(session(), row)
    return frozenset(item.id for item in plan.items if item.key in own)


def _asked_for(assessment_id: int) -> tuple[Assessment, PaperEntry, Journey]:
    row = found(Assessment, assessment_id)
    entry = or_404(paper_of(session(), row.id))
    if entry.sent_in_at is not None:
        abort(404)
    return row, entry, transcribing.paper_journey(session(), row, now=clock.now())


def _save(row: Assessment, page: JourneySection) -> Trouble:
    typed: dict[str, Typed] = {}
    messages: dict[str, dict[str, str]] = {}
    newer: dict[str, Answer] = {}
    for item in page.items:
        fields = fields_of(request.form, item)
        if not fields.present or request.form.get("theirs") == item.id:
            continue
        try:
            _save_one(row, item, fields.typed())
        except BadAnswerError as error:
            typed[item.id], messages[item.id] = fields.typed(), dict(error.messages)
        except StaleAnswerError as stale:
            typed[item.id], newer[item.id] = fields.typed(), stale.saved
        except OwnAnswerError:
            flash(
                gettext("The supplier has answered a question itself meanwhile. Its own answer stands."),
                "info",
            )
    return Trouble(typed, messages, newer)


def _save_one(row: Assessment, item: Item, typed: Typed) -> None:
    cleared = request.form.get("clear") == item.id
    content = (
        Content(state=NOTHING.state, comment=typed.comment.strip())
        if cleared
        else read(typed, item, on=today())
    )
    if request.form.get(f"{item.id}:scan"):
        transcribing.show_scan(session(), row, item, by=me(), now=clock.now())
    if typed.was and content.fingerprint == typed.was:
        return
    transcribing.save_paper_answer(session(), row, item, content, seen=typed.seen, by=me(), now=clock.now())


def _page(
    row: Assessment, entry: PaperEntry, plan: Journey, page: JourneySection, trouble: Trouble = NO_TROUBLE
) -> str:
    own = own_here(row, plan)
    views = [
        _in_office(view, entry) for view in views_of(row, [i for i in page.items if i.id not in own], trouble)
    ]
    return render_template(
        "procurer/paper_section.html",
        assessment=row,
        entry=entry,
        section=page,
        questions=[draw(view) for view in views],
        left_alone=[item for item in page.items if item.id in own],
        errors=error_links(views),
        position=position(plan, page) if page in plan.sections else "",
    )


def _in_office(view: QuestionView, entry: PaperEntry) -> QuestionView:
    """A question without what is the supplier's alone: its documents, its addresses."""
    hung: dict[str, Markup] = {}
    if is_given_as_documents(view.item.question):
        hung["below"] = Markup(render_template("procurer/paper_scan.html", view=view, entry=entry))  # noqa: S704
    return replace(view, address="", proof=ProofView(rule="none"), hung=hung)


def _next(row: Assessment, plan: Journey, page: JourneySection) -> str:
    for name in ("stay", "clear", "theirs"):
        if name in request.form:
            here = url_for("procurer.paper_section", assessment_id=row.id, section_key=page.key)
            return f"{here}#q-{request.form[name]}" if plan.section(page.key) else _overview(row)
    following = plan.section_after(page.key)
    if following is None:
        return _overview(row)
    return url_for("procurer.paper_section", assessment_id=row.id, section_key=following.key)


def _overview(row: Assessment) -> str:
    return url_for("procurer.paper", assessment_id=row.id)
