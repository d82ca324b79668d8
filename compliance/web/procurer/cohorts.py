"""Inviting many suppliers to their first round: chosen from the contracts, looked at, and then sent a few a day."""

from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from compliance import clock
from compliance.storage.queries.contracts import find_contracts
from compliance.suppliers.calendar import working_day_on_or_after
from compliance.web.access import Access, allow
from compliance.web.forms.cohort import CohortForm
from compliance.web.procurer import procurer
from compliance.web.procurer.contract_filters import filter_lists, search_of
from compliance.web.procurer.requested import actor, session, today
from compliance.web.procurer.rounds import questionnaire_choices, usual_questionnaires, versions_of
from compliance.workflow import cohorts
from compliance.workflow.cohorts import MOST_A_DAY, CohortLine, Pace, TooLittleTimeError
from compliance.workflow.starting import DayOutOfRangeError

NOT_TAKEN = 422
LISTED = 200
USUAL_DAYS, USUAL_A_DAY = 42, 10


@procurer.get("/contracts/invite")
@allow(Access.PROCURER)
def cohort() -> ResponseReturnValue:
    """Choose contracts by risk, value and end, and say until when the suppliers are to answer."""
    form = CohortForm(
        questionnaires=usual_questionnaires(),
        due_on=working_day_on_or_after(today() + timedelta(days=USUAL_DAYS)),
        a_day=USUAL_A_DAY,
    )
    form.offer(questionnaire_choices())
    return _page(form)


@procurer.post("/contracts/invite")
@allow(Access.PROCURER)
def invite_cohort() -> ResponseReturnValue:
    """Show who would be invited when; with `confirm` start the rounds."""
    form = CohortForm()
    form.offer(questionnaire_choices())
    lines = _plan(form) if form.validate() else None
    if lines is None:
        return _page(form), NOT_TAKEN
    if "confirm" not in request.form:
        return _preview(form, lines)
    started = cohorts.invite_cohort(
        session(),
        form.contract_ids(),
        _pace(form),
        versions_of(form.questionnaires.data),
        actor=actor(),
        actor_id=current_user.id,
        now=clock.now(),
    )
    flash(ngettext("%(num)d supplier is invited.", "%(num)d suppliers are invited.", len(started)), "success")
    return redirect(url_for("procurer.assessments"))


def _plan(form: CohortForm) -> list[CohortLine] | None:
    """Who is invited on which day; None with the mistake at its field."""
    if not 1 <= form.a_day.data <= MOST_A_DAY:
        form.a_day.errors = [gettext("Write a number between 1 and %(most)s.", most=MOST_A_DAY)]
        return None
    try:
        return cohorts.plan_cohort(session(), form.contract_ids(), _pace(form), today=today())
    except DayOutOfRangeError:
        form.due_on.errors = [gettext("Choose a day from today and at most a year ahead.")]
    except TooLittleTimeError as error:
        form.due_on.errors = [
            gettext(
                "The last ones would be invited on %(day)s and have %(days)s days to answer. "
                "Choose a later day, or more invitations a day.",
                day=error.last_on.isoformat(),
                days=error.days,
            )
        ]
    return None


def _pace(form: CohortForm) -> Pace:
    return Pace(due_on=form.due_on.data, a_day=form.a_day.data)


def _preview(form: CohortForm, lines: list[CohortLine]) -> str:
    invited = [line for line in lines if not line.problem]
    waves = [(day, list(each)) for day, each in groupby(invited, key=lambda line: line.send_on)]
    return render_template(
        "procurer/cohort_preview.html",
        form=form,
        waves=waves,
        invited=invited,
        passed_over=[line for line in lines if line.problem],
    )


def _page(form: CohortForm) -> str:
    search, shown = search_of(request.args)
    search = replace(search, running_on=today(), uninvited="all" not in request.args, after=None)
    listing = find_contracts(session(), search, size=LISTED)
    chosen = set(form.contracts.data or ()) if form.is_submitted() else None
    return render_template(
        "procurer/cohort.html",
        form=form,
        lines=listing.rows,
        more=listing.following is not None,
        listed=LISTED,
        chosen=chosen,
        search=search,
        shown=shown,
        lists=filter_lists(),
        all="all" in request.args,
    )
