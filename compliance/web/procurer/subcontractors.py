"""The list of subcontractors of a contract: added, changed, approved, taken away."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.storage.models import Contract, Subcontractor
from compliance.storage.queries.register import subcontractors_of
from compliance.suppliers.contract_json import RefusedError
from compliance.web.access import Access, allow
from compliance.web.forms.register import ApprovalForm, SubcontractorForm, shown_subcontractor
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow import subcontracting
from compliance.workflow.registering import identity_of
from compliance.workflow.subcontracting import EntryChangedMeanwhileError

NOT_TAKEN, CONFLICT = 422, 409


@procurer.get("/contracts/<int:contract_id>/subcontractors/new")
@allow(Access.PROCURER)
def new_subcontractor(contract_id: int) -> ResponseReturnValue:
    """The form of one more company below a contract."""
    contract = found(Contract, contract_id)
    return _page(_form(contract), contract, None)


@procurer.post("/contracts/<int:contract_id>/subcontractors/new")
@allow(Access.PROCURER)
def add_subcontractor(contract_id: int) -> ResponseReturnValue:
    """Put a company on the list; it waits for a decision."""
    contract = found(Contract, contract_id)
    form = _form(contract)
    if form.validate():
        try:
            subcontracting.add_subcontractor(
                session(), contract, form.details(), actor=actor(), now=clock.now()
            )
        except RefusedError as error:
            form.refuse(error.refusals)
        else:
            flash(gettext("The subcontractor is on the list and waits for a decision."), "success")
            return _back(contract_id)
    return _page(form, contract, None), NOT_TAKEN


@procurer.get("/contracts/<int:contract_id>/subcontractors/<int:subcontractor_id>")
@allow(Access.PROCURER)
def subcontractor(contract_id: int, subcontractor_id: int) -> ResponseReturnValue:
    """The form of an entry as it stands."""
    row = _entry(contract_id, subcontractor_id)
    return _page(_form(row.contract, row, filled=True), row.contract, row)


@procurer.post("/contracts/<int:contract_id>/subcontractors/<int:subcontractor_id>")
@allow(Access.PROCURER)
def change_subcontractor(contract_id: int, subcontractor_id: int) -> ResponseReturnValue:
    """Store a changed entry."""
    row = _entry(contract_id, subcontractor_id)
    form = _form(row.contract, row)
    if form.validate():
        try:
            changes = subcontracting.change_subcontractor(
                session(), row, form.details(), seen=form.seen(), actor=actor(), now=clock.now()
            )
        except EntryChangedMeanwhileError:
            return _overtaken(contract_id, row)
        except RefusedError as error:
            form.refuse(error.refusals)
        else:
            waits = "approval" in changes
            flash(
                gettext("The changes are saved. The company waits for a decision again.")
                if waits
                else gettext("The changes are saved."),
                "success",
            )
            return _back(contract_id)
    return _page(form, row.contract, row), NOT_TAKEN


@procurer.get("/contracts/<int:contract_id>/subcontractors/<int:subcontractor_id>/decide")
@allow(Access.PROCURER)
def subcontractor_decision(contract_id: int, subcontractor_id: int) -> ResponseReturnValue:
    """Ask whether the company may work on the contract."""
    row = _entry(contract_id, subcontractor_id)
    return _decision_page(ApprovalForm(revision=str(row.revision)), row)


@procurer.post("/contracts/<int:contract_id>/subcontractors/<int:subcontractor_id>/decide")
@allow(Access.PROCURER)
def decide_subcontractor(contract_id: int, subcontractor_id: int) -> ResponseReturnValue:
    """Approve or refuse."""
    row, form = _entry(contract_id, subcontractor_id), ApprovalForm()
    if not form.validate():
        return _decision_page(form, row), NOT_TAKEN
    try:
        subcontracting.decide_subcontractor(
            session(),
            row,
            approved=form.approved.data == "yes",
            note=form.note.data,
            seen=form.seen(),
            actor=actor(),
            actor_id=current_user.id,
            now=clock.now(),
        )
    except EntryChangedMeanwhileError:
        return _overtaken(contract_id, row)
    flash(gettext("The decision about the subcontractor is saved."), "success")
    return _back(contract_id)


@procurer.post("/contracts/<int:contract_id>/subcontractors/<int:subcontractor_id>/remove")
@allow(Access.PROCURER)
def remove_subcontractor(contract_id: int, subcontractor_id: int) -> ResponseReturnValue:
    """Take away an entry that should not have been made."""
    row, form = _entry(contract_id, subcontractor_id), ApprovalForm()
    try:
        subcontracting.remove_subcontractor(session(), row, seen=form.seen(), actor=actor(), now=clock.now())
    except EntryChangedMeanwhileError:
        return _overtaken(contract_id, row)
    except RefusedError as error:
        flash(gettext(error.refusals[0].sentence), "error")
        return _back(contract_id)
    flash(gettext("The entry is taken away. It stays in the history."), "success")
    return _back(contract_id)


def _entry(contract_id: int, subcontractor_id: int) -> Subcontractor:
    row = found(Subcontractor, subcontractor_id)
    if row.contract_id != contract_id or row.removed_at is not None:
        abort(404)
    return row


def _form(contract: Contract, row: Subcontractor | None = None, *, filled: bool = False) -> SubcontractorForm:
    identity = identity_of(row) if row else None
    shown = shown_subcontractor(row, identity) if filled and row and identity else {}
    form = SubcontractorForm(**shown)
    form.offer([one for one in subcontractors_of(session(), contract.id) if one is not row], identity)
    return form


def _page(form: SubcontractorForm, contract: Contract, row: Subcontractor | None) -> str:
    return render_template("procurer/subcontractor.html", form=form, contract=contract, entry=row)


def _decision_page(form: ApprovalForm, row: Subcontractor) -> str:
    return render_template(
        "procurer/subcontractor_decision.html",
        form=form,
        contract=row.contract,
        entry=row,
        identity=identity_of(row),
    )


def _overtaken(contract_id: int, row: Subcontractor) -> ResponseReturnValue:
    """Somebody else was faster: show the entry as it stands now."""
    session().refresh(row)
    if row.removed_at is not None:
        flash(gettext("Somebody else took this entry away meanwhile."), "error")
        return _back(contract_id)
    form = _form(row.contract, row, filled=True)
    form.process(None, **shown_subcontractor(row, identity_of(row)))
    form.offer([one for one in subcontractors_of(session(), contract_id) if one is not row])
    page = render_template(
        "procurer/subcontractor.html", form=form, contract=row.contract, entry=row, overtaken=True
    )
    return page, CONFLICT


def _back(contract_id: int) -> ResponseReturnValue:
    return redirect(url_for("procurer.contract", contract_id=contract_id, _anchor="subcontractors"))
