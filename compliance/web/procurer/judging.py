"""A reviewer's judgement of proof and claims, closing a round, and documents to open."""

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.answers.values import item_id
from compliance.assessments import NotAllowedNow
from compliance.evidence.sealed import SEALED
from compliance.evidence.store import FolderStore, NotStoredError
from compliance.scoring.words import Verdict
from compliance.storage.models import AnswerDocument, Assessment
from compliance.storage.queries.suppliers import submitted_document
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, or_404, session
from compliance.web.procurer.result_lines import anchor
from compliance.web.received import row_id
from compliance.workflow import judging, reviewing
from compliance.workflow.judging import JUDGEMENTS, NothingToJudgeError
from compliance.workflow.reviewing import ReviewsOpenError
from compliance.workflow.scanning import INFECTED
from compliance.workflow.weighing import AnswerWord

SANDBOX = "default-src 'none'; sandbox"


@procurer.post("/assessments/<int:assessment_id>/judge-document")
@allow(Access.PROCURER)
def judge_document(assessment_id: int) -> ResponseReturnValue:
    """Say what a document is worth as proof of one answer."""
    use = found(AnswerDocument, request.form.get("use", 0, type=row_id))
    word = request.form.get("judgement", "")
    if use.assessment_id != assessment_id:
        abort(404)
    place = (request.form.get("questionnaire", ""), item_id(use.question_id, use.contract_id or None))
    if word not in {verdict.value for verdict in JUDGEMENTS}:
        flash(gettext("Choose what the document is worth."), "error")
        return _back(assessment_id, place)
    try:
        judging.judge_document(session(), use, Verdict(word), actor=actor(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("The round is not waiting for you now, so nothing was judged."), "error")
    else:
        flash(gettext("Your judgement is saved, and the score is computed anew."), "success")
    return _back(assessment_id, place)


@procurer.post("/assessments/<int:assessment_id>/judge-answer")
@allow(Access.PROCURER)
def judge_answer(assessment_id: int) -> ResponseReturnValue:
    """Say something about an answer: whether a claim holds, a failure was put right, or it is false."""
    row = found(Assessment, assessment_id)
    key = (request.form.get("question", ""), request.form.get("contract", type=row_id) or None)
    place = (request.form.get("questionnaire", ""), item_id(*key))
    word = request.form.get("word", "")
    if word not in set(AnswerWord):
        flash(gettext("Choose what to say about the answer."), "error")
        return _back(assessment_id, place)
    try:
        judging.judge_answer(session(), row, key, AnswerWord(word), actor=actor(), now=clock.now())
    except (NotAllowedNow, NothingToJudgeError):
        flash(gettext("The round is not waiting for you now, so nothing was judged."), "error")
    else:
        flash(gettext("Your judgement is saved, and the score is computed anew."), "success")
    return _back(assessment_id, place)


@procurer.post("/assessments/<int:assessment_id>/close")
@allow(Access.PROCURER)
def close_round(assessment_id: int) -> ResponseReturnValue:
    """The round was looked at and nothing needs a decision."""
    row = found(Assessment, assessment_id)
    try:
        reviewing.close_round(session(), row, actor=actor(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("The round is not waiting for you now, so it was not closed."), "error")
    except ReviewsOpenError:
        flash(
            gettext("Decide about the contracts under review first. The round then closes by itself."),
            "error",
        )
    else:
        flash(gettext("The round is closed."), "success")
    return redirect(url_for("procurer.assessment", assessment_id=assessment_id))


@procurer.get("/documents/<int:document_id>")
@allow(Access.STAFF)
def document(document_id: int) -> ResponseReturnValue:
    """A document that has been sent in, to save and open; never run or shown within our own pages."""
    row = or_404(submitted_document(session(), document_id))
    if row.file.scan_state == INFECTED:
        return render_template("procurer/infected.html", document=row), 403
    if row.file.media_type == SEALED:
        return redirect(url_for("procurer.sealed_document", document_id=row.id))
    store = FolderStore(current_app.config["SETTINGS"].uploads)
    try:
        content = store.get(row.sha256)
    except NotStoredError:
        abort(404)
    return as_download(content, row.file.media_type, row.name)


def as_download(content: bytes, media_type: str, name: str) -> Response:
    """A file from outside: saved under its name, kept by nobody on the way, and never run or shown on our pages."""
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _back(assessment_id: int, place: tuple[str, str]) -> ResponseReturnValue:
    questionnaire, item = place
    page = url_for("procurer.answers", assessment_id=assessment_id, questionnaire=questionnaire or "-")
    return redirect(f"{page}#{anchor(item)}")
