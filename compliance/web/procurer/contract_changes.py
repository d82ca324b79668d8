"""Registering and changing contracts."""

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.storage.models import Contract, Supplier
from compliance.storage.queries.contracts import possible_owners
from compliance.storage.queries.register import codes_of_conduct, contract_numbered
from compliance.suppliers.contract_json import RefusedError
from compliance.web.access import Access, allow
from compliance.web.forms.contract import ContractForm, filled_from
from compliance.web.procurer import procurer
from compliance.web.procurer.change_words import FIELDS, in_words
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow import contracting
from compliance.workflow.contracting import ChangedMeanwhileError, ContractDetails, NumberTakenError
from compliance.workflow.history import differences

CONFLICT, NOT_TAKEN = 409, 422
OF_OTHER_PAGES = ("startup_planned_on", "startup_held_on", "startup_note")


@procurer.get("/suppliers/<int:supplier_id>/contracts/new")
@allow(Access.PROCURER)
def new_contract(supplier_id: int) -> ResponseReturnValue:
    """The form of a new contract."""
    return _page(_form(owner_id=str(current_user.id)), found(Supplier, supplier_id), None)


@procurer.post("/suppliers/<int:supplier_id>/contracts/new")
@allow(Access.PROCURER)
def register_contract(supplier_id: int) -> ResponseReturnValue:
    """Write a contract down and arm its days."""
    supplier, form, taken = found(Supplier, supplier_id), _form(), None
    details = _details(form) if form.validate() else None
    if details is not None:
        try:
            row = contracting.register_contract(session(), supplier, details, actor=actor(), now=clock.now())
        except RefusedError as error:
            form.refuse(error.refusals)
        except NumberTakenError as error:
            taken = _say_taken(form, error)
        else:
            flash(gettext("The contract is registered. Its days to act are below."), "success")
            return redirect(url_for("procurer.contract", contract_id=row.id))
    return _page(form, supplier, None, taken=taken), NOT_TAKEN


@procurer.get("/contracts/<int:contract_id>/change")
@allow(Access.PROCURER)
def contract_change(contract_id: int) -> ResponseReturnValue:
    """The form of a contract as it stands."""
    row = found(Contract, contract_id)
    return _page(_form(**filled_from(row)), row.supplier, row)


@procurer.post("/contracts/<int:contract_id>/change")
@allow(Access.PROCURER)
def change_contract(contract_id: int) -> ResponseReturnValue:
    """Store a changed contract; its days are computed and armed anew."""
    row, form, taken = found(Contract, contract_id), _form(), None
    details = _details(form, row) if form.validate() else None
    if details is not None:
        try:
            changes = contracting.change_contract(
                session(), row, details, actor=actor(), now=clock.now(), seen=form.seen_revision()
            )
        except ChangedMeanwhileError:
            return _conflict(form, row, details), CONFLICT
        except RefusedError as error:
            form.refuse(error.refusals)
        except NumberTakenError as error:
            taken = _say_taken(form, error)
        else:
            _say_changed(changes)
            return redirect(url_for("procurer.contract", contract_id=row.id))
    return _page(form, row.supplier, row, taken=taken), NOT_TAKEN


def _say_changed(changes: dict[str, Any]) -> None:
    if "terms" in changes:
        flash(gettext("The contract is changed. Days to act and reminders were computed anew."), "success")
    else:
        flash(gettext("The changes are saved."), "success")


def _form(**values: Any) -> ContractForm:
    form = ContractForm(**values)
    form.offer(possible_owners(session()), codes_of_conduct(session()))
    return form


def _details(form: ContractForm, row: Contract | None = None) -> ContractDetails | None:
    """What the form says, with the values that stand on other pages; None when its framework is not there."""
    others = {name: getattr(row, name) for name in OF_OTHER_PAGES} if row else {}
    framework_id = None
    if form.framework.data:
        framework = contract_numbered(session(), form.framework.data)
        if framework is None:
            form.framework.errors = [gettext("No contract has this number. Register the framework first.")]
            return None
        framework_id = framework.id
    return form.details(framework_id=framework_id, **others)


def _say_taken(form: ContractForm, error: NumberTakenError) -> Contract:
    form.number.errors = [gettext("Another contract has this number.")]
    return error.contract


def _conflict(form: ContractForm, row: Contract, details: ContractDetails) -> str:
    """Both values of every field that differs; saving again is then done knowing them."""
    form.revision.raw_data, form.revision.data = None, str(row.revision)
    both = [
        {"name": FIELDS[name], "mine": in_words(name, mine), "theirs": in_words(name, theirs)}
        for name, (theirs, mine) in differences(row, asdict(details)).items()
    ]
    return _page(form, row.supplier, row, both=both)


def _page(
    form: ContractForm,
    supplier: Supplier,
    row: Contract | None,
    *,
    taken: Contract | None = None,
    both: list[dict[str, str]] | None = None,
) -> str:
    return render_template(
        "procurer/contract_form.html", form=form, supplier=supplier, contract=row, taken=taken, both=both
    )
