"""Suppliers: the list, and the page of one."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from compliance.storage.models import Supplier
from compliance.storage.queries import suppliers as queries
from compliance.storage.queries.suppliers import SupplierSearch
from compliance.storage.queries.timelines import find_events
from compliance.web.access import Access, allow
from compliance.web.forms.supplier import country_name
from compliance.web.procurer import procurer
from compliance.web.procurer.event_words import timeline_entries
from compliance.web.procurer.requested import found, may_change, session
from compliance.web.procurer.state_words import RISKS as RISK_WORDS
from compliance.web.received import row_id
from compliance.workflow.recording import assessment_case, contract_case, supplier_case
from compliance.workflow.registering import identity_of

BANDS = ("A", "B", "C", "D", "E", "none")
RISKS = ("low", "medium", "high", "unknown")
FEWEST_DIGITS = 5
"""A search with so many digits is for a number; names of companies have fewer."""


@procurer.get("/suppliers")
@allow(Access.STAFF)
def suppliers() -> ResponseReturnValue:
    """Suppliers by name, filtered by band and risk."""
    search = SupplierSearch(
        name=request.args.get("name", "").strip()[:100],
        band=_one_of(request.args.get("band", ""), BANDS),
        risk=_one_of(request.args.get("risk", ""), RISKS),
        after=request.args.get("after", type=row_id),
    )
    return render_template(
        "procurer/suppliers.html",
        search=search,
        listing=queries.find_suppliers(session(), search),
        band_choices=_band_choices(),
        risk_choices=[("", gettext("All")), *((code, RISK_WORDS[code]) for code in RISKS)],
        identity_of=identity_of,
        may_change=may_change(),
    )


def _band_choices() -> list[tuple[str, str]]:
    known = {"": gettext("All"), "none": gettext("No result yet")}
    return [(band, known.get(band, band)) for band in ("", *BANDS)]


@procurer.post("/suppliers/search")
@allow(Access.STAFF)
def search_suppliers() -> ResponseReturnValue:
    """Search by name or number. Posted, because a sole trader's number must not stand in an address."""
    text = request.form.get("text", "").strip()[:100]
    if len(re.sub(r"\D", "", text)) < FEWEST_DIGITS:
        band, risk = (
            _one_of(request.form.get(name, ""), known) for name, known in (("band", BANDS), ("risk", RISKS))
        )
        return redirect(
            url_for("procurer.suppliers", name=text or None, band=band or None, risk=risk or None)
        )
    supplier = session().scalar(select(Supplier).where(_has_number(text)).limit(1))
    if supplier is not None:
        return redirect(url_for("procurer.supplier", supplier_id=supplier.id))
    flash(gettext("No supplier has that number. Check it, or register the supplier."), "warning")
    return redirect(url_for("procurer.suppliers"))


def _has_number(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Numbers as people write them: with dashes, spaces, century or country."""
    plain = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    swedish = plain[2:] if plain.isdigit() and len(plain) == 12 else plain  # noqa: PLR2004  with the century
    foreign = {f"{plain[:2]}:{kind}:{rest}" for kind in ("vat", "reg") for rest in (plain, plain[2:])}
    return Supplier.identity_number.in_([swedish, *sorted(foreign)])


@procurer.get("/suppliers/<int:supplier_id>")
@allow(Access.STAFF)
def supplier(supplier_id: int) -> ResponseReturnValue:
    """One supplier: who it is, who answers, contracts, rounds, documents, what happened."""
    row = found(Supplier, supplier_id)
    identity = identity_of(row)
    rounds = queries.rounds_of(session(), row.id)
    cases = [
        supplier_case(row.id),
        *(contract_case(contract.id) for contract in row.contracts),
        *(assessment_case(assessment.id) for assessment in rounds),
    ]
    return render_template(
        "procurer/supplier.html",
        supplier=row,
        identity=identity,
        country=country_name(identity.country),
        rounds=rounds,
        open_round=next((one for one in rounds if one.state not in queries.ENDED), None),
        documents=queries.submitted_documents(session(), row.id),
        timeline=timeline_entries(find_events(session(), cases)),
        may_change=may_change(),
    )


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""
