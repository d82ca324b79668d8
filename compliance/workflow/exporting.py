"""Exporting: the contract register as rows of the very file that an import reads."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from compliance.storage.models import CodeOfConduct, Contract, User
from compliance.suppliers.contract_cells import Written, cells_of, header
from compliance.suppliers.identity import Identity
from compliance.suppliers.term_fields import flat_terms
from compliance.workflow.registering import identity_of

PORTION = 500
PLAIN = (
    "number",
    "title",
    "case_number",
    "procurement_number",
    "category",
    "cpv",
    "value_sek",
    "value_annual_sek",
    "procedure",
    "threshold",
    "special_labour_terms",
    "labour_levels",
    "agreed_terms",
    "fine_clause",
    "audit_right",
    "max_tiers",
    "sites",
    "priority",
    "follow_up_plan",
    "follow_up_on",
    "startup_planned_on",
    "startup_held_on",
    "startup_note",
    "note",
)


def exported_rows(session: Session, language: str) -> Iterator[list[Written]]:
    """The header, then every contract by number, read in portions so that memory stays small.

    Call-offs come last, after the framework agreements they hang on. A sole trader's number is masked: it is a
    personnummer.
    """
    yield [*header(language)]
    people = {row[0]: row[1] for row in session.execute(select(User.id, User.email))}
    codes = {row[0]: row[1] for row in session.execute(select(CodeOfConduct.id, CodeOfConduct.version))}
    for is_call_off in (False, True):
        last = ""
        while portion := _portion(session, last, is_call_off=is_call_off):
            for contract in portion:
                yield cells_of(_values(contract, people, codes), language)
            last = portion[-1].number
            for contract in portion:
                session.expunge(contract)


def _portion(session: Session, after: str, *, is_call_off: bool) -> list[Contract]:
    query = (
        select(Contract)
        .where(Contract.number > after, Contract.framework_id.is_not(None) == is_call_off)
        .order_by(Contract.number)
        .limit(PORTION)
        .options(joinedload(Contract.supplier), joinedload(Contract.framework))
    )
    return list(session.scalars(query))


def _values(contract: Contract, people: dict[int, str | None], codes: dict[int, str]) -> dict[str, Any]:
    return {
        **{name: getattr(contract, name) for name in PLAIN},
        **flat_terms(contract.terms),
        **_supplier(contract),
        "owner": people.get(contract.owner_id or 0),
        "substitute": people.get(contract.substitute_id or 0),
        "code_of_conduct": codes.get(contract.code_of_conduct_id or 0),
        "framework": contract.framework.number if contract.framework else None,
    }


def _supplier(contract: Contract) -> dict[str, Any]:
    identity = identity_of(contract.supplier)
    vat = identity.number_kind == "vat"
    return {
        "supplier_name": contract.supplier.name,
        "organisation_number": None if vat else _shown(identity),
        "vat_number": identity.number if vat else None,
        "country": identity.country,
        "inherent_risk": contract.supplier.inherent_risk,
    }


def _shown(identity: Identity) -> str:
    return identity.number if identity.kind == "foreign" else identity.display()
