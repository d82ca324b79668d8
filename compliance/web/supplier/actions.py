"""What the result calls for: the recommended actions, and what the supplier says that it will do about each."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.decisions.actions import Reply
from compliance.storage.models import Assessment, ProposedAction
from compliance.storage.queries.actions import actions_of
from compliance.web.access import Access, allow
from compliance.web.supplier import supplier
from compliance.web.supplier.action_view import (
    ActionView,
    Typed,
    error_links,
    in_words,
    read_reply,
    typed_reply,
    views_of,
)
from compliance.web.supplier.requested import journey, me, own, session
from compliance.web.transactions import commit_now
from compliance.workflow.proposing import (
    ReplyRefusedError,
    StaleReplyError,
    is_open_to_replies,
    reply_to,
)

CONFLICT, NOT_TAKEN = 409, 422
PATH = "/supplier/assessments/<int:assessment_id>/actions"


@supplier.get(PATH)
@allow(Access.SUPPLIER)
def actions(assessment_id: int) -> ResponseReturnValue:
    """Every action that is recommended, with what was replied."""
    assessment = own(assessment_id)
    if assessment.submitted_at is None:
        return render_template("supplier/no_result.html", assessment=assessment)
    return _page(assessment, views_of(assessment, actions_of(session(), assessment.id), journey(assessment)))


@supplier.post(PATH)
@allow(Access.SUPPLIER)
def reply_to_actions(assessment_id: int) -> ResponseReturnValue:
    """Save every reply of the page by itself, so that one that cannot be taken holds up no other."""
    assessment = own(assessment_id)
    rows = actions_of(session(), assessment.id)
    try:
        saved, troubled = _save_all(rows)
    except NotAllowedNow:
        flash(
            gettext("The round is closed, so replies can no longer be changed. Nothing was saved."), "warning"
        )
        return redirect(url_for("supplier.actions", assessment_id=assessment.id))
    if not troubled:
        _tell(saved)
        return redirect(url_for("supplier.actions", assessment_id=assessment.id))
    commit_now()  # what could be saved is saved
    views = views_of(assessment, rows, journey(assessment), troubled)
    return _page(assessment, views), CONFLICT if any(one.newer for one in troubled.values()) else NOT_TAKEN


def _save_all(rows: Sequence[ProposedAction]) -> tuple[int, dict[int, Typed]]:
    """How many replies were saved, and those that were not, by action."""
    saved, troubled = 0, {}
    for row in rows:
        typed = typed_reply(request.form, row, accept="accept_all" in request.form)
        if typed is None:
            continue
        before = row.revision
        problem = _save(row, typed)
        if problem is not None:
            troubled[row.id] = problem
        elif row.revision != before:
            saved += 1
    return saved, troubled


def _save(row: ProposedAction, typed: Typed) -> Typed | None:
    """Save one reply; what was typed, with what is wrong, when it cannot be taken."""
    reply, messages = read_reply(typed)
    if messages:
        return typed.with_trouble(messages)
    assert isinstance(reply, Reply), "what has no message has been read"
    try:
        reply_to(session(), row, reply, seen=typed.seen, by=me(), now=clock.now())
    except ReplyRefusedError as error:
        return typed.with_trouble({one.at: in_words(one) for one in error.refusals})
    except StaleReplyError as stale:
        return typed.overtaken(stale.saved)
    return None


def _tell(saved: int) -> None:
    if saved:
        told = ngettext("%(num)s reply is saved.", "%(num)s replies are saved.", saved)
        flash(told, "success")
    else:
        flash(gettext("Nothing was changed."), "info")


def _page(assessment: Assessment, views: list[ActionView]) -> str:
    return render_template(
        "supplier/actions.html",
        assessment=assessment,
        views=views,
        open=is_open_to_replies(assessment),
        errors=error_links(views),
        today=clock.today(),
    )
