"""The supplier's first page and the task list of a round."""

from dataclasses import dataclass
from itertools import groupby

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from compliance.answers.journey import Journey, JourneySection
from compliance.assessments import State
from compliance.questionnaires.model import Questionnaire
from compliance.storage.queries.actions import actions_of
from compliance.storage.queries.answering import assessments_of, open_requests_of
from compliance.storage.queries.colleagues import invitations_of, rounds_shared_with
from compliance.storage.queries.marks import paper_of
from compliance.web.access import Access, allow
from compliance.web.supplier import supplier
from compliance.web.supplier.carried_view import renewal_of
from compliance.web.supplier.changed_questions import changed_questions
from compliance.web.supplier.colleagues import shared_page
from compliance.web.supplier.kept import offers
from compliance.web.supplier.requested import is_colleague, is_open, journey, own, session
from compliance.workflow.carrying import forecast_of
from compliance.workflow.submitting import receipt_head


@dataclass(frozen=True)
class Task:
    """A section in the task list with its state in words."""

    section: JourneySection
    status: str
    tone: str


@dataclass(frozen=True)
class TaskGroup:
    """The sections of one questionnaire."""

    questionnaire: Questionnaire
    tasks: list[Task]


@supplier.get("/supplier")
@allow(Access.COMPANY)
def home() -> ResponseReturnValue:
    """The rounds of this company; when only one waits for answers, that one at once."""
    rounds = (
        rounds_shared_with(session(), current_user.contact_id)
        if is_colleague()
        else assessments_of(session(), current_user.supplier_id)
    )
    waiting = [one for one in rounds if is_open(one)]
    if len(waiting) == 1:
        return redirect(url_for("supplier.assessment", assessment_id=waiting[0].id))
    return render_template("supplier/home.html", rounds=rounds, waiting=waiting, states=state_words())


@supplier.get("/supplier/assessments/<int:assessment_id>")
@allow(Access.COMPANY)
def assessment(assessment_id: int) -> ResponseReturnValue:
    """What there is to do in a round, or what became of it."""
    row = own(assessment_id)
    if is_colleague():
        return shared_page(row)
    if not is_open(row):
        head = receipt_head(session(), row)
        return render_template(
            "supplier/round.html",
            assessment=row,
            head=head,
            actions=actions_of(session(), row.id) if head else (),
            states=state_words(),
        )
    plan = journey(row)
    return render_template(
        "supplier/tasks.html",
        assessment=row,
        plan=plan,
        renewal=renewal_of(row, plan),
        forecast=forecast_of(session(), row, plan),
        groups=_groups(plan),
        requests=open_requests_of(session(), row.id),
        offers=offers(row, plan),
        started=plan.progress.answered > 0,
        paper=paper_of(session(), row.id),
        changed=changed_questions(row, plan),
        helpers=sum(one.withdrawn_at is None for one in invitations_of(session(), row.id)),
    )


def state_words() -> dict[str, tuple[str, str]]:
    """Where a round stands, as the supplier is told it, with a tone."""
    return {
        State.INVITED: (gettext("Not started"), "waiting"),
        State.ANSWERING: (gettext("Being answered"), "info"),
        State.SUBMITTED: (gettext("Sent in"), "good"),
        State.SENT_BACK: (gettext("To be completed"), "attention"),
        State.CLOSED: (gettext("Finished"), "good"),
        State.DECLINED: (gettext("You no longer deliver"), "neutral"),
        State.CANCELLED: (gettext("Cancelled"), "neutral"),
    }


def _groups(plan: Journey) -> list[TaskGroup]:
    by_questionnaire = groupby(plan.sections, key=lambda section: section.questionnaire.key)
    return [
        TaskGroup(listed[0].questionnaire, [_task(section) for section in listed])
        for listed in (list(sections) for _, sections in by_questionnaire)
    ]


def _task(section: JourneySection) -> Task:
    progress, left = section.progress, len(section.confirmable)
    if left:
        return Task(section, _to_confirm(left, progress.asked - progress.answered - left), "info")
    if progress.done:
        return Task(section, gettext("Done"), "good")
    if not progress.answered:
        return Task(section, gettext("Not started"), "neutral")
    status = gettext("%(done)s of %(total)s", done=progress.answered, total=progress.asked)
    return Task(section, status, "info")


def _to_confirm(confirmable: int, others: int) -> str:
    told = str(ngettext("%(num)s to confirm", "%(num)s to confirm", confirmable))
    rest = str(ngettext("%(num)s to answer", "%(num)s to answer", others))
    return f"{told}, {rest}" if others else told
