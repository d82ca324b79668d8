"""Registering and changing contracts."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.storage.models import Contract, Supplier
from compliance.storage.queries.contracts import possible_owners
from compliance.suppliers.contract_json import RefusedError
from compliance.web.access import Access, allow
from compliance.web.forms.contract import ContractForm, filled_from
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow import contracting
from compliance.workflow.contracting import NumberTakenError


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
    if form.validate():
        try:
            row = contracting.register_contract(
                session(), supplier, form.details(), actor=actor(), now=clock.now()
            )
        except RefusedError as error:
            form.refuse(error.refusals)
        except NumberTakenError as error:
            taken = _say_taken(form, error)
        else:
            flash(gettext("The contract is registered. Its days to act are below."), "success")
            return redirect(url_for("procurer.contract", contract_id=row.id))
    return _page(form, supplier, None, taken), 422


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
    if form.validate():
        try:
            changes = contracting.change_contract(
                session(), row, form.details(), actor=actor(), now=clock.now()
            )
        except RefusedError as error:
            form.refuse(error.refusals)
        except NumberTakenError as error:
            taken = _say_taken(form, error)
        else:
            if "terms" in changes:
                flash(
                    gettext("The contract is changed. Days to act and reminders were computed anew."),
                    "success",
                )
            else:
                flash(gettext("The changes are saved."), "success")
            return redirect(url_for("procurer.contract", contract_id=row.id))
    return _page(form, row.supplier, row, taken), 422


def _form(**values: Any) -> ContractForm:
    form = ContractForm(**values)
    form.offer_owners(possible_owners(session()))
    return form


def _say_taken(form: ContractForm, error: NumberTakenError) -> Contract:
    form.number.errors = [gettext("Another contract has this number.")]
    return error.contract


def _page(form: ContractForm, supplier: Supplier, row: Contract | None, taken: Contract | None = None) -> str:
    return render_template(
        "procurer/contract_form.html", form=form, supplier=supplier, contract=row, taken=taken
    )
