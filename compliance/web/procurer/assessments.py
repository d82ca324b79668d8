"""Assessments: the list of rounds, and the pages of one.

Before submission the answers are the supplier's own: the page then shows where the round stands and nothing else.
Afterwards it shows the newest snapshot, never what a supplier is typing after its answers were sent back.
"""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, Scorecard
from compliance.storage.queries import assessments as queries
from compliance.storage.queries.contracts import open_severities
from compliance.storage.queries.messages import find_messages
from compliance.storage.queries.timelines import find_events
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.action_lines import action_lines
from compliance.web.procurer.answer_lines import document_ids, sections_of
from compliance.web.procurer.answer_marks import marks_in
from compliance.web.procurer.authenticity import question_lines
from compliance.web.procurer.event_words import timeline_entries
from compliance.web.procurer.messages import STATES as MAIL_STATES
from compliance.web.procurer.messages import kind_words
from compliance.web.procurer.request_words import request_in_words
from compliance.web.procurer.requested import found, may_change, or_404, session, today
from compliance.web.procurer.result_lines import anchor, result_lines
from compliance.web.procurer.state_words import ROUND_STATES
from compliance.web.received import row_id
from compliance.workflow.moving import possible_move
from compliance.workflow.recording import assessment_case

CANCELLABLE = OPEN_TO_SUPPLIER | {State.DECLINED}


@procurer.get("/assessments")
@allow(Access.STAFF)
def assessments() -> ResponseReturnValue:
    """Rounds, newest first."""
    state = request.args.get("state", "")
    state = state if state in ROUND_STATES else ""
    after = request.args.get("after", type=row_id)
    return render_template(
        "procurer/assessments.html",
        listing=queries.find_assessments(session(), state=state, after=after),
        state=state,
        after=after,
        state_choices=[("", gettext("All")), *((code, text) for code, (text, _) in ROUND_STATES.items())],
    )


@procurer.get("/assessments/<int:assessment_id>")
@allow(Access.STAFF)
def assessment(assessment_id: int) -> ResponseReturnValue:
    """One round: where it stands, and once submitted what it is worth and why."""
    row = found(Assessment, assessment_id)
    card = submitted_snapshot(row)
    return render_template(
        "procurer/assessment.html",
        assessment=row,
        card=card,
        result=result_lines(card) if card else None,
        actions=action_lines(row),
        questions=question_lines(row, card),
        earlier=queries.scorecards_of(session(), row.id)[1:] if card else [],
        parts=parts_of(card),
        part_titles=dict(parts_of(card)),
        requests=queries.requests_of(session(), row.id),
        request_in_words=request_in_words,
        mails=find_messages(session(), assessment_id=row.id).rows,
        mail_states=MAIL_STATES,
        kind_words=kind_words,
        under_review=open_severities(session(), [contract.id for contract in row.contracts]),
        can_answer=State(row.state) in OPEN_TO_SUPPLIER,
        can_cancel=State(row.state) in CANCELLABLE,
        can_move=possible_move(row) is not None,
        timeline=timeline_entries(find_events(session(), [assessment_case(row.id)])),
        may_change=may_change(),
        today=today(),
    )


@procurer.get("/assessments/<int:assessment_id>/answers/<questionnaire>")
@allow(Access.STAFF)
def answers(assessment_id: int, questionnaire: str) -> ResponseReturnValue:
    """The answers of one questionnaire with proof and score side by side."""
    row = found(Assessment, assessment_id)
    card = or_404(submitted_snapshot(row))
    parts = parts_of(card)
    if questionnaire not in dict(parts):
        abort(404)
    documents = queries.documents_by_id(session(), document_ids(card))
    return render_template(
        "procurer/answers.html",
        assessment=row,
        card=card,
        parts=parts,
        part_title=dict(parts)[questionnaire],
        questionnaire=questionnaire,
        sections=sections_of(card, questionnaire, row.contracts, documents),
        anchor=anchor,
        answer_marks=marks_in(card),
        can_judge=may_change() and State(row.state) is State.SUBMITTED,
        may_change=may_change(),
    )


def submitted_snapshot(row: Assessment) -> Scorecard | None:
    """The result to show; None before the first submission."""
    return queries.newest_scorecard(session(), row.id) if row.submitted_at is not None else None


def parts_of(card: Scorecard | None) -> list[tuple[str, str]]:
    """The questionnaires to look at, in the order of the form: (key, title)."""
    if card is None:
        return []
    versions = {
        entry["questionnaire"]: entry["version"] for entry in card.inputs["questions"] if entry["asked"]
    }
    forms = catalogue.in_order(catalogue.get(key, version) for key, version in versions.items())
    return [
        (form.key, form.title.to(current_language()) if form.area else gettext("About the company"))
        for form in forms
    ]
