"""Registering and changing suppliers and the people who answer for them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance import clock
from compliance.storage.models import Contact, Supplier
from compliance.web.access import Access, allow
from compliance.web.forms.supplier import ContactForm, SupplierChangeForm, SupplierForm
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.workflow import contacting, registering
from compliance.workflow.contacting import ContactNeededError
from compliance.workflow.registering import SupplierDetails, SupplierKnownError


@procurer.get("/suppliers/new")
@allow(Access.PROCURER)
def new_supplier() -> ResponseReturnValue:
    """The form of a new supplier."""
    return render_template("procurer/supplier_form.html", form=SupplierForm(), known=None)


@procurer.post("/suppliers/new")
@allow(Access.PROCURER)
def register_supplier() -> ResponseReturnValue:
    """Write a supplier down, unless it is known already."""
    form, known = SupplierForm(), None
    if form.validate() and form.identity is not None:
        details = SupplierDetails(
            name=form.name.data, identity=form.identity, inherent_risk=form.inherent_risk.data
        )
        try:
            row = registering.register_supplier(
                session(), details, form.contact_details(), actor=actor(), now=clock.now()
            )
        except SupplierKnownError as error:
            known = error.supplier
            form.number.errors = [
                gettext("This supplier is registered already, as %(name)s.", name=known.name)
            ]
        else:
            flash(gettext("The supplier is registered. Now register a contract."), "success")
            return redirect(url_for("procurer.supplier", supplier_id=row.id))
    return render_template("procurer/supplier_form.html", form=form, known=known), 422


@procurer.get("/suppliers/<int:supplier_id>/change")
@allow(Access.PROCURER)
def supplier_change(supplier_id: int) -> ResponseReturnValue:
    """The form of what may change about a supplier."""
    row = found(Supplier, supplier_id)
    form = SupplierChangeForm(name=row.name, inherent_risk=row.inherent_risk)
    return render_template("procurer/supplier_change.html", form=form, supplier=row)


@procurer.post("/suppliers/<int:supplier_id>/change")
@allow(Access.PROCURER)
def change_supplier(supplier_id: int) -> ResponseReturnValue:
    """Store another name or risk."""
    row, form = found(Supplier, supplier_id), SupplierChangeForm()
    if not form.validate():
        return render_template("procurer/supplier_change.html", form=form, supplier=row), 422
    registering.change_supplier(
        session(),
        row,
        name=form.name.data,
        inherent_risk=form.inherent_risk.data,
        actor=actor(),
        now=clock.now(),
    )
    flash(gettext("The changes are saved."), "success")
    return redirect(url_for("procurer.supplier", supplier_id=row.id))


@procurer.get("/suppliers/<int:supplier_id>/contacts/new")
@allow(Access.PROCURER)
def new_contact(supplier_id: int) -> ResponseReturnValue:
    """The form of one more contact."""
    row = found(Supplier, supplier_id)
    return render_template("procurer/contact_form.html", form=ContactForm(), supplier=row, contact=None)


@procurer.post("/suppliers/<int:supplier_id>/contacts/new")
@allow(Access.PROCURER)
def add_contact(supplier_id: int) -> ResponseReturnValue:
    """Store one more contact."""
    row, form = found(Supplier, supplier_id), ContactForm()
    if not form.validate():
        return render_template("procurer/contact_form.html", form=form, supplier=row, contact=None), 422
    contacting.add_contact(session(), row, form.contact_details(), actor=actor(), now=clock.now())
    flash(gettext("The contact is added."), "success")
    return redirect(url_for("procurer.supplier", supplier_id=row.id))


@procurer.get("/suppliers/<int:supplier_id>/contacts/<int:contact_id>")
@allow(Access.PROCURER)
def contact(supplier_id: int, contact_id: int) -> ResponseReturnValue:
    """The form of a contact as it stands."""
    row = _contact(supplier_id, contact_id)
    form = ContactForm(contact_name=row.name, email=row.email, phone=row.phone, locale=row.locale)
    return render_template("procurer/contact_form.html", form=form, supplier=row.supplier, contact=row)


@procurer.post("/suppliers/<int:supplier_id>/contacts/<int:contact_id>")
@allow(Access.PROCURER)
def change_contact(supplier_id: int, contact_id: int) -> ResponseReturnValue:
    """Store a changed contact; another address ends its links and is told to the old one."""
    row, form = _contact(supplier_id, contact_id), ContactForm()
    if not form.validate():
        return render_template(
            "procurer/contact_form.html", form=form, supplier=row.supplier, contact=row
        ), 422
    moved = row.email.casefold() != form.email.data.casefold()
    contacting.change_contact(session(), row, form.contact_details(), actor=actor(), now=clock.now())
    if moved:
        flash(
            gettext(
                "The contact is changed. Earlier links no longer work, and the old address has been told."
            ),
            "success",
        )
    else:
        flash(gettext("The contact is changed."), "success")
    return redirect(url_for("procurer.supplier", supplier_id=supplier_id))


@procurer.post("/suppliers/<int:supplier_id>/contacts/<int:contact_id>/remove")
@allow(Access.PROCURER)
def remove_contact(supplier_id: int, contact_id: int) -> ResponseReturnValue:
    """The person no longer answers for the supplier."""
    row = _contact(supplier_id, contact_id)
    try:
        contacting.deactivate_contact(session(), row, actor=actor(), now=clock.now())
    except ContactNeededError:
        flash(
            gettext("This person answers an open round. Hand the round over to somebody else first."), "error"
        )
    else:
        flash(gettext("The contact gets no more mail and can no longer sign in."), "success")
    return redirect(url_for("procurer.supplier", supplier_id=supplier_id))


def _contact(supplier_id: int, contact_id: int) -> Contact:
    row = found(Contact, contact_id)
    if row.supplier_id != supplier_id:
        abort(404)
    return row
