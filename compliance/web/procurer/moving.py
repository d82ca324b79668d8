"""Moving a running round to the newest questions: tells in words what changes, and does it on the procurer's word."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.questionnaires.change_words import details_of
from compliance.questionnaires.versions import Change
from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow.moving import Move, MovedOnError, move_round, possible_move


@dataclass(frozen=True)
class ChangedQuestion:
    """One question of the page: its heading, and what exactly differs."""

    id: str
    name: str
    text: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The changed questions by what becomes of their answers."""

    afresh: tuple[ChangedQuestion, ...]
    added: tuple[ChangedQuestion, ...]
    removed: tuple[ChangedQuestion, ...]
    kept: tuple[ChangedQuestion, ...]


@procurer.get("/assessments/<int:assessment_id>/move")
@allow(Access.PROCURER)
def move(assessment_id: int) -> ResponseReturnValue:
    """What moving the round would change."""
    assessment = found(Assessment, assessment_id)
    return _page(assessment, possible_move(assessment))


@procurer.post("/assessments/<int:assessment_id>/move")
@allow(Access.PROCURER)
def move_to_newest(assessment_id: int) -> ResponseReturnValue:
    """Move the round to exactly what was shown."""
    assessment = found(Assessment, assessment_id)
    try:
        move_round(session(), assessment, request.form.get("mark", ""), actor=actor(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("The supplier cannot answer now, so the questions were not changed."), "error")
    except MovedOnError:
        flash(gettext("The questions have changed since you opened the page. Read what is new."), "error")
        return _page(assessment, possible_move(assessment)), 409
    else:
        flash(
            gettext("The round has the newest questions. The supplier sees which ones have changed."),
            "success",
        )
    return redirect(url_for("procurer.assessment", assessment_id=assessment.id))


def _page(assessment: Assessment, planned: Move | None) -> str:
    changes = _in_words(planned.changes) if planned else None
    return render_template("procurer/move.html", assessment=assessment, move=planned, changes=changes)


def _in_words(changes: tuple[Change, ...]) -> Changes:
    return Changes(
        afresh=tuple(_told(one) for one in changes if one.asks_afresh),
        added=tuple(_told(one) for one in changes if one.kind == "added"),
        removed=tuple(_told(one) for one in changes if one.kind == "removed"),
        kept=tuple(_told(one) for one in changes if one.keeps_answer),
    )


def _told(change: Change) -> ChangedQuestion:
    language, question = current_language(), change.new or change.old
    return ChangedQuestion(
        id=change.question,
        name=change.name.to(language),
        text=question.text.to(language) if question else "",
        details=tuple(detail.to(language) for detail in details_of(change)),
    )
