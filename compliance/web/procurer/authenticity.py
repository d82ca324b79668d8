"""Questions about the authenticity of documents: asked of the reviewer, never answered by the machine."""

from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.evidence.authenticity import QUESTIONS
from compliance.storage.models import Assessment, Scorecard
from compliance.storage.queries.assessments import newest_scorecard
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.answer_lines import document_ids
from compliance.web.procurer.requested import found, or_404, session
from compliance.workflow.questioning import Question, look_at, questions_about

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class QuestionLine:
    """One question in words: what is asked, why it may be innocent, what to do, and what a reviewer found."""

    row: Question
    sentence: str
    innocent: str
    advice: str


def question_lines(assessment: Assessment, card: Scorecard | None) -> list[QuestionLine]:
    """The questions that the documents of a submitted round raise, those nobody has looked at first."""
    if card is None:
        return []
    rows = questions_about(session(), assessment, document_ids(card))
    return sorted((_line(row) for row in rows), key=lambda line: line.row.looked is not None)


@procurer.post("/assessments/<int:assessment_id>/authenticity")
@allow(Access.PROCURER)
def look_at_question(assessment_id: int) -> ResponseReturnValue:
    """Say that a question was looked at, and what came of it."""
    row = found(Assessment, assessment_id)
    card = or_404(newest_scorecard(session(), row.id) if row.submitted_at is not None else None)
    question = _asked(row, card)
    note = " ".join(_note(question).split())
    if not note or len(note) > LONGEST_NOTE:
        flash(gettext("Write in a few words what you found (at most 2,000 characters)."), "error")
    else:
        look_at(session(), row, question, note, by=current_user.id, now=clock.now())
        flash(gettext("Your note is saved."), "success")
    return redirect(url_for("procurer.assessment", assessment_id=row.id, _anchor="authenticity"))


def _asked(row: Assessment, card: Scorecard) -> Question:
    """The question that the form is about, or 404."""
    wanted = (
        request.form.get("question", ""),
        request.form.get("document", 0, type=int),
        request.form.get("other", 0, type=int),
    )
    asked = questions_about(session(), row, document_ids(card))
    one = next((one for one in asked if (one.kind, one.document.id, one.other_id) == wanted), None)
    return one if one is not None else abort(404)


def _note(question: Question) -> str:
    """The note as it was typed; its field carries the question's name, for a page holds several."""
    name = f"note-{question.kind}-{question.document.id}-{question.other_id}"
    return request.form.get(name, "")


def _line(row: Question) -> QuestionLine:
    words = QUESTIONS[row.kind]
    return QuestionLine(
        row, gettext(words.sentence) % row.params, gettext(words.innocent), gettext(words.advice)
    )
