"""The social commitments of a contract, and the meeting with which it starts."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.storage.models import Contract, SocialCommitment
from compliance.suppliers.contract_json import RefusedError
from compliance.web.access import Access, allow
from compliance.web.forms.register import CommitmentForm, ReportForm, SeenForm, StartUpForm, shown_commitment
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session, today
from compliance.workflow import committing, contracting
from compliance.workflow.committing import CommitmentChangedMeanwhileError
from compliance.workflow.contracting import ChangedMeanwhileError, details_of

NOT_TAKEN = 422
STARTUP = ("startup_planned_on", "startup_held_on", "startup_note")


@procurer.get("/contracts/<int:contract_id>/start-up")
@allow(Access.PROCURER)
def start_up(contract_id: int) -> ResponseReturnValue:
    """The form of the start-up meeting."""
    row = found(Contract, contract_id)
    values = {name: getattr(row, name) for name in STARTUP}
    return _start_up_page(StartUpForm(revision=str(row.revision), **values), row)


@procurer.post("/contracts/<int:contract_id>/start-up")
@allow(Access.PROCURER)
def change_start_up(contract_id: int) -> ResponseReturnValue:
    """Store when the meeting is or was, and what was said."""
    row, form = found(Contract, contract_id), StartUpForm()
    if not form.validate():
        return _start_up_page(form, row), NOT_TAKEN
    values: dict[str, Any] = {name: form[name].data or None for name in STARTUP[:2]}
    details = replace(details_of(row), **values, startup_note=form.startup_note.data or "")
    try:
        contracting.change_contract(session(), row, details, actor=actor(), now=clock.now(), seen=form.seen())
    except ChangedMeanwhileError:
        return _meanwhile(contract_id)
    except RefusedError as error:
        form.refuse(error.refusals)
        return _start_up_page(form, row), NOT_TAKEN
    flash(gettext("The changes are saved."), "success")
    return _back(contract_id)


@procurer.get("/contracts/<int:contract_id>/commitments/new")
@allow(Access.PROCURER)
def new_commitment(contract_id: int) -> ResponseReturnValue:
    """The form of something that was promised."""
    return _page(CommitmentForm(), found(Contract, contract_id), None)


@procurer.post("/contracts/<int:contract_id>/commitments/new")
@allow(Access.PROCURER)
def add_commitment(contract_id: int) -> ResponseReturnValue:
    """Write down what was promised."""
    contract, form = found(Contract, contract_id), CommitmentForm()
    if form.validate():
        try:
            committing.add_commitment(session(), contract, form.details(), actor=actor(), now=clock.now())
        except RefusedError as error:
            form.refuse(error.refusals)
        else:
            flash(gettext("The commitment is saved."), "success")
            return _back(contract_id)
    return _page(form, contract, None), NOT_TAKEN


@procurer.get("/contracts/<int:contract_id>/commitments/<int:commitment_id>")
@allow(Access.PROCURER)
def commitment(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """The form of what was promised, as it stands."""
    row = _commitment(contract_id, commitment_id)
    return _page(CommitmentForm(**shown_commitment(row)), row.contract, row)


@procurer.post("/contracts/<int:contract_id>/commitments/<int:commitment_id>")
@allow(Access.PROCURER)
def change_commitment(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """Store a changed promise."""
    row, form = _commitment(contract_id, commitment_id), CommitmentForm()
    if form.validate():
        try:
            committing.change_commitment(
                session(), row, form.details(), seen=form.seen(), actor=actor(), now=clock.now()
            )
        except CommitmentChangedMeanwhileError:
            return _meanwhile(contract_id)
        except RefusedError as error:
            form.refuse(error.refusals)
        else:
            flash(gettext("The changes are saved."), "success")
            return _back(contract_id)
    return _page(form, row.contract, row), NOT_TAKEN


@procurer.get("/contracts/<int:contract_id>/commitments/<int:commitment_id>/report")
@allow(Access.PROCURER)
def commitment_report(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """The form of what was reported."""
    row = _commitment(contract_id, commitment_id)
    form = ReportForm(
        reported_quantity=row.reported_quantity,
        reported_on=row.reported_on or today(),
        reported_by=row.reported_by,
        note=row.note,
        revision=str(row.revision),
    )
    return render_template("procurer/commitment_report.html", form=form, contract=row.contract, row=row)


@procurer.post("/contracts/<int:contract_id>/commitments/<int:commitment_id>/report")
@allow(Access.PROCURER)
def report_commitment(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """Write down what was reported."""
    row, form = _commitment(contract_id, commitment_id), ReportForm()
    if form.validate():
        try:
            committing.report_commitment(
                session(), row, form.report(), seen=form.seen(), actor=actor(), now=clock.now()
            )
        except CommitmentChangedMeanwhileError:
            return _meanwhile(contract_id)
        except RefusedError as error:
            form.refuse(error.refusals)
        else:
            flash(gettext("The report is saved. It can now be verified."), "success")
            return _back(contract_id)
    page = render_template("procurer/commitment_report.html", form=form, contract=row.contract, row=row)
    return page, NOT_TAKEN


@procurer.post("/contracts/<int:contract_id>/commitments/<int:commitment_id>/verify")
@allow(Access.PROCURER)
def verify_commitment(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """Say that what was reported is true."""
    row = _commitment(contract_id, commitment_id)
    try:
        committing.verify_commitment(
            session(), row, seen=SeenForm().seen(), actor=actor(), actor_id=current_user.id, now=clock.now()
        )
    except CommitmentChangedMeanwhileError:
        return _meanwhile(contract_id)
    except RefusedError as error:
        flash(gettext(error.refusals[0].sentence), "error")
    else:
        flash(gettext("The commitment is verified."), "success")
    return _back(contract_id)


@procurer.post("/contracts/<int:contract_id>/commitments/<int:commitment_id>/remove")
@allow(Access.PROCURER)
def remove_commitment(contract_id: int, commitment_id: int) -> ResponseReturnValue:
    """Take away what was written down by mistake."""
    row = _commitment(contract_id, commitment_id)
    try:
        committing.remove_commitment(session(), row, seen=SeenForm().seen(), actor=actor(), now=clock.now())
    except CommitmentChangedMeanwhileError:
        return _meanwhile(contract_id)
    flash(gettext("The entry is taken away. It stays in the history."), "success")
    return _back(contract_id)


def _commitment(contract_id: int, commitment_id: int) -> SocialCommitment:
    row = found(SocialCommitment, commitment_id)
    if row.contract_id != contract_id or row.removed_at is not None:
        abort(404)
    return row


def _page(form: CommitmentForm, contract: Contract, row: SocialCommitment | None) -> str:
    return render_template("procurer/commitment.html", form=form, contract=contract, row=row)


def _start_up_page(form: StartUpForm, row: Contract) -> str:
    return render_template("procurer/start_up.html", form=form, contract=row)


def _meanwhile(contract_id: int) -> ResponseReturnValue:
    """Somebody else was faster: nothing is saved, the page shows what stands now."""
    session().rollback()
    flash(
        gettext("Somebody else changed this meanwhile, so nothing was saved. Look at it and try again."),
        "error",
    )
    return _back(contract_id)


def _back(contract_id: int) -> ResponseReturnValue:
    return redirect(url_for("procurer.contract", contract_id=contract_id, _anchor="commitments"))
