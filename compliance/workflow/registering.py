"""Registering: a supplier is written down once, known by a number that others have given it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.storage.models import Subcontractor, Supplier
from compliance.suppliers.identity import SWEDEN, Identity, Kind, NumberKind
from compliance.workflow.contacting import ContactDetails, add_contact
from compliance.workflow.recording import record, supplier_case

FOREIGN_PREFIXES: dict[NumberKind, str] = {"registration": "reg", "vat": "vat"}


@dataclass(frozen=True, kw_only=True)
class SupplierDetails:
    """A company as a procurer writes it down. `inherent_risk` is low, medium, high or unknown."""

    name: str
    identity: Identity
    inherent_risk: str = "unknown"


class SupplierKnownError(Exception):
    """This company is registered already; `supplier` is that row."""

    def __init__(self, supplier: Supplier) -> None:
        super().__init__(f"supplier {supplier.id}")
        self.supplier = supplier


def register_supplier(
    session: Session, details: SupplierDetails, contact: ContactDetails | None, *, actor: str, now: datetime
) -> Supplier:
    """A new supplier with its first contact, if one is known. Raises `SupplierKnownError`."""
    if (known := find_by_identity(session, details.identity)) is not None:
        raise SupplierKnownError(known)
    supplier = Supplier(
        name=details.name,
        identity_kind=details.identity.kind,
        identity_number=stored_number(details.identity),
        country=details.identity.country,
        inherent_risk=details.inherent_risk,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(supplier)
    except IntegrityError as error:  # somebody registered it in the same moment
        known = find_by_identity(session, details.identity)
        raise (SupplierKnownError(known) if known else error) from error
    payload = {"kind": details.identity.kind, "country": details.identity.country}
    record(session, supplier_case(supplier.id), "supplier_registered", actor=actor, now=now, payload=payload)
    if contact is not None:
        add_contact(session, supplier, contact, actor=actor, now=now)
    return supplier


def change_supplier(
    session: Session, supplier: Supplier, *, name: str, inherent_risk: str, actor: str, now: datetime
) -> None:
    """Another name or another inherent risk. The number never changes: another number is another company."""
    risk_before, renamed = supplier.inherent_risk, supplier.name != name
    if not renamed and risk_before == inherent_risk:
        return
    supplier.name, supplier.inherent_risk = name, inherent_risk
    payload = {"renamed": renamed, "inherent_risk": [risk_before, inherent_risk]}
    record(session, supplier_case(supplier.id), "supplier_changed", actor=actor, now=now, payload=payload)


def find_by_identity(session: Session, identity: Identity) -> Supplier | None:
    """The supplier with this number, if it is registered."""
    return session.scalar(select(Supplier).where(Supplier.identity_number == stored_number(identity)))


def stored_number(identity: Identity) -> str:
    """The number as it is kept: ten digits in Sweden; country, kind and number elsewhere."""
    if identity.country == SWEDEN:
        return identity.number
    return f"{identity.country}:{FOREIGN_PREFIXES[identity.number_kind]}:{identity.number}"


def identity_of(supplier: Supplier | Subcontractor) -> Identity:
    """Who a registered supplier or subcontractor is."""
    if supplier.identity_kind == "foreign":
        country, prefix, number = supplier.identity_number.split(":", 2)
        return Identity("foreign", country, "vat" if prefix == "vat" else "registration", number)
    kind: Kind = "sole_trader" if supplier.identity_kind == "sole_trader" else "legal_person"
    return Identity(kind, SWEDEN, "organisation", supplier.identity_number)
