"""The demo's suppliers and contracts, registered through the same functions as the pages use."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from compliance.storage.models import Supplier, User
from compliance.suppliers.calendar import add_days, add_months
from compliance.suppliers.identity import Identity, foreign_by_registration, legal_person, sole_trader
from compliance.workflow.contacting import ContactDetails
from compliance.workflow.contracting import ContractDetails, register_contract
from compliance.workflow.registering import SupplierDetails, register_supplier

DEFINITION = Path(__file__).with_name("suppliers.yaml")
TERMS = ("notice", "renewal")
SCHEDULE = ("start_months", "end_months")


def sample_suppliers() -> list[dict[str, Any]]:
    """The companies as they are described."""
    read: list[dict[str, Any]] = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return read


def names() -> dict[str, str]:
    """What papers may say of the companies: name_KEY and number_KEY."""
    found = {}
    for entry in sample_suppliers():
        found[f"name_{entry['key']}"] = entry["name"]
        found[f"number_{entry['key']}"] = entry["identity"]["number"]
    return found


def load_suppliers(session: Session, owner: User, *, today: date, now: datetime) -> dict[str, Supplier]:
    """Register every company with its contact and contracts, as of `now`; their dates are counted from `today`."""
    actor = f"user:{owner.id}"
    loaded = {}
    for entry in sample_suppliers():
        details = SupplierDetails(
            name=entry["name"], identity=_identity(entry["identity"]), inherent_risk=entry["inherent_risk"]
        )
        supplier = register_supplier(
            session, details, ContactDetails(**entry["contact"]), actor=actor, now=now
        )
        for contract in entry["contracts"]:
            register_contract(session, supplier, _contract(contract, owner, today), actor=actor, now=now)
        loaded[entry["key"]] = supplier
    return loaded


def _identity(entry: Mapping[str, str]) -> Identity:
    if entry["kind"] == "foreign":
        return foreign_by_registration(entry["country"], entry["number"])
    return {"legal_person": legal_person, "sole_trader": sole_trader}[entry["kind"]](entry["number"])


def _contract(entry: Mapping[str, Any], owner: User, today: date) -> ContractDetails:
    start = add_months(today.replace(day=1), entry["start_months"])
    end = add_days(add_months(today.replace(day=1), entry["end_months"] + 1), -1)
    terms = {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "notice": entry.get("notice"),
        "renewal": entry["renewal"],
        "notice_given_on": None,
    }
    plain = {name: value for name, value in entry.items() if name not in (*TERMS, *SCHEDULE)}
    case_number = f"DNR {start.year}-{entry['number'][-3:]}"
    return ContractDetails(**plain, case_number=case_number, owner_id=owner.id, terms=terms)
