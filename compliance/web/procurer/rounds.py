"""Rounds: inviting a supplier, and steering the round until it is submitted."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.questionnaires import catalogue
from compliance.questionnaires.effort import most_minutes
from compliance.questionnaires.model import Questionnaire
from compliance.storage.models import Assessment, Contact, Supplier
from compliance.web.access import Access, allow
from compliance.web.forms.invitation import DueDayForm, InvitationForm, is_day_off
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session, today
from compliance.workflow import starting
from compliance.workflow.remembering import round_to_renew
from compliance.workflow.starting import DayOutOfRangeError, Invitation, NoMailPossibleError, RoundOpenError


@procurer.get("/suppliers/<int:supplier_id>/invite")
@allow(Access.PROCURER)
def invitation(supplier_id: int) -> ResponseReturnValue:
    """The form of a new round, filled with what is usual."""
    supplier = found(Supplier, supplier_id)
    contacts = _reachable(supplier)
    form = _form(
        supplier,
        contact=str(contacts[0].id) if contacts else None,
        contracts=[str(contract.id) for contract in supplier.contracts],
        questionnaires=usual_questionnaires(),
        due_on=starting.suggested_due_day(today()),
        inherent_risk=supplier.inherent_risk,
    )
    return _page(form, supplier)


@procurer.post("/suppliers/<int:supplier_id>/invite")
@allow(Access.PROCURER)
def invite(supplier_id: int) -> ResponseReturnValue:
    """Start the round; the invitation goes out by e-mail."""
    supplier = found(Supplier, supplier_id)
    form = _form(supplier)
    if not form.validate():
        return _page(form, supplier), 422
    try:
        assessment = starting.invite(
            session(),
            supplier,
            _invitation(form, supplier),
            actor=actor(),
            actor_id=current_user.id,
            now=clock.now(),
        )
    except RoundOpenError:
        return _page(form, supplier), 422
    except DayOutOfRangeError:
        form.due_on.errors = [gettext("Choose a day from today and at most a year ahead.")]
        return _page(form, supplier), 422
    except NoMailPossibleError:
        form.contact.errors = [gettext("Mail to this address comes back. Correct the contact first.")]
        return _page(form, supplier), 422
    flash(gettext("The supplier is invited. The mail leaves within a minute."), "success")
    if is_day_off(form.due_on.data):
        flash(gettext("The last day to answer is not a working day."), "info")
    return redirect(url_for("procurer.assessment", assessment_id=assessment.id))


@procurer.post("/assessments/<int:assessment_id>/resend")
@allow(Access.PROCURER)
def resend(assessment_id: int) -> ResponseReturnValue:
    """Mail the invitation once more."""
    assessment = found(Assessment, assessment_id)
    try:
        starting.resend_invitation(session(), assessment, actor=actor(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("The supplier cannot answer now, so no invitation was sent."), "error")
    except NoMailPossibleError:
        flash(gettext("Mail to this address comes back. Correct the contact first."), "error")
    else:
        flash(gettext("The invitation is sent again, with a new link."), "success")
    return _back(assessment)


@procurer.get("/assessments/<int:assessment_id>/due-day")
@allow(Access.PROCURER)
def due_day(assessment_id: int) -> ResponseReturnValue:
    """The form of another last day."""
    assessment = found(Assessment, assessment_id)
    form = DueDayForm(due_on=assessment.due_on)
    return render_template("procurer/due_day.html", form=form, assessment=assessment)


@procurer.post("/assessments/<int:assessment_id>/due-day")
@allow(Access.PROCURER)
def change_due_day(assessment_id: int) -> ResponseReturnValue:
    """Give the supplier another last day."""
    assessment, form = found(Assessment, assessment_id), DueDayForm()
    if form.validate():
        try:
            starting.change_due_day(session(), assessment, form.due_on.data, actor=actor(), now=clock.now())
        except DayOutOfRangeError:
            form.due_on.errors = [gettext("Choose a day from today and at most a year ahead.")]
        except NotAllowedNow:
            flash(gettext("The supplier cannot answer now, so the day was not changed."), "error")
            return _back(assessment)
        else:
            flash(gettext("The last day is changed, and the supplier is told by e-mail."), "success")
            return _back(assessment)
    return render_template("procurer/due_day.html", form=form, assessment=assessment), 422


@procurer.get("/assessments/<int:assessment_id>/cancel")
@allow(Access.PROCURER)
def cancellation(assessment_id: int) -> ResponseReturnValue:
    """Ask before the round is cancelled."""
    return render_template("procurer/cancel_round.html", assessment=found(Assessment, assessment_id))


@procurer.post("/assessments/<int:assessment_id>/cancel")
@allow(Access.PROCURER)
def cancel(assessment_id: int) -> ResponseReturnValue:
    """End a round that has not been submitted."""
    assessment = found(Assessment, assessment_id)
    try:
        starting.cancel_round(session(), assessment, actor=actor(), now=clock.now())
    except NotAllowedNow:
        flash(gettext("The round can no longer be cancelled."), "error")
    else:
        flash(gettext("The round is cancelled, and the supplier is told by e-mail."), "success")
    return _back(assessment)


def _form(supplier: Supplier, **values: Any) -> InvitationForm:
    form = InvitationForm(**values)
    form.offer(_reachable(supplier), supplier.contracts, questionnaire_choices())
    return form


def _reachable(supplier: Supplier) -> Sequence[Contact]:
    return [contact for contact in supplier.contacts if contact.active]


def _current() -> list[Questionnaire]:
    """The newest released version of each questionnaire that is scored."""
    keys = dict.fromkeys(form.key for form in catalogue.released() if form.area)
    return [catalogue.current(key) for key in keys]


def usual_questionnaires() -> list[str]:
    """The keys of what is usually asked."""
    return [questionnaire.key for questionnaire in _current()]


def questionnaire_choices() -> list[tuple[str, str]]:
    """The current questionnaires with how much they ask."""
    return [(questionnaire.key, _with_effort(questionnaire)) for questionnaire in _current()]


def _with_effort(questionnaire: Questionnaire) -> str:
    text: str = gettext(
        "%(questionnaire)s (%(questions)s, at most %(minutes)s minutes)",
        questionnaire=questionnaire.title.to(current_language()),
        questions=ngettext("%(num)d question", "%(num)d questions", len(questionnaire.questions)),
        minutes=most_minutes([questionnaire], 1),
    )
    return text


def _invitation(form: InvitationForm, supplier: Supplier) -> Invitation:
    chosen = {str(value) for value in form.contracts.data}
    return Invitation(
        contact=next(row for row in supplier.contacts if str(row.id) == form.contact.data),
        contracts=[row for row in supplier.contracts if str(row.id) in chosen],
        questionnaires=versions_of(form.questionnaires.data),
        due_on=form.due_on.data,
        inherent_risk=form.inherent_risk.data,
    )


def versions_of(keys: Sequence[str]) -> dict[str, int]:
    """The chosen questionnaires and the profiles they look at, each in its present version."""
    chosen = [catalogue.current(key) for key in keys]
    profiles = [profile for form in chosen if (profile := catalogue.profile_of(form)) is not None]
    return {form.key: form.version for form in catalogue.in_order((*profiles, *chosen))}


def _page(form: InvitationForm, supplier: Supplier) -> str:
    return render_template(
        "procurer/invitation.html",
        form=form,
        supplier=supplier,
        contacts=_reachable(supplier),
        renewed=round_to_renew(session(), supplier),
        open_round=starting.open_round(session(), supplier),
    )


def _back(assessment: Assessment) -> ResponseReturnValue:
    return redirect(url_for("procurer.assessment", assessment_id=assessment.id))
