"""Bringing in: the good rows of a judged file become contracts, all in the transaction of the caller or none.

No review is opened and nobody is written to: the days of a new contract are stored at once, and what follows from
them is armed by the clock, contract by contract, so that a large file does not hold up everybody else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.storage.models import Contract, DueRow
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_json import read_contract
from compliance.workflow.arming import RECOMPUTE, store_dates
from compliance.workflow.contacting import ContactDetails
from compliance.workflow.contracting import change_contract, registered_payload
from compliance.workflow.importing import Verdict
from compliance.workflow.recording import contract_case, record_first
from compliance.workflow.registering import SupplierDetails, register_supplier, stored_number


@dataclass(slots=True)
class BroughtIn:
    """How many rows became what so far, which suppliers are new, and the ids of the new contracts by number."""

    counts: Counter[str] = field(default_factory=Counter)
    suppliers: dict[str, int] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)


def count(verdicts: Iterable[Verdict], so_far: BroughtIn) -> None:
    """Count a portion without applying it; a supplier that several rows bring in is counted once."""
    for verdict in verdicts:
        so_far.counts[verdict.kind] += 1
        if verdict.kind == "created" and verdict.supplier_id is None and verdict.row.identity:
            so_far.suppliers.setdefault(stored_number(verdict.row.identity), 0)


def apply(
    session: Session, verdicts: Sequence[Verdict], so_far: BroughtIn, *, actor: str, now: datetime
) -> None:
    """Apply the good rows of a portion."""
    for verdict in verdicts:
        so_far.counts[verdict.kind] += 1
    new = [verdict for verdict in verdicts if verdict.kind == "created"]
    _create(session, [one for one in new if not one.above], so_far, actor=actor, now=now)
    _create(session, [one for one in new if one.above], so_far, actor=actor, now=now)
    for verdict in verdicts:
        if verdict.kind == "changed":
            _change(session, verdict, so_far, actor=actor, now=now)


def _create(
    session: Session, verdicts: Sequence[Verdict], so_far: BroughtIn, *, actor: str, now: datetime
) -> None:
    contracts = [_contract(session, one, so_far, actor=actor, now=now) for one in verdicts]
    session.add_all(contracts)
    session.flush()
    payloads = {contract_case(row.id): registered_payload(row) for row in contracts}
    record_first(session, payloads, "contract_registered", actor=actor, now=now)
    session.add_all(_to_arm(row, now) for row in contracts)
    session.flush()
    for row in contracts:
        so_far.contracts[row.number] = row.id
        session.expunge(row)


def _contract(
    session: Session, verdict: Verdict, so_far: BroughtIn, *, actor: str, now: datetime
) -> Contract:
    assert verdict.details is not None, "a row without problems has details"
    supplier_id = _supplier(session, verdict, so_far, actor=actor, now=now)
    row = Contract(supplier_id=supplier_id, created_at=now, **asdict(verdict.details))
    if verdict.above:
        row.framework_id = so_far.contracts[verdict.above]
    today = day_of(now)
    store_dates(row, contract_dates(read_contract(row.terms).terms, on=today), today)
    return row


def _supplier(session: Session, verdict: Verdict, so_far: BroughtIn, *, actor: str, now: datetime) -> int:
    """The supplier by its number: registered already, made by an earlier row, or made now."""
    if verdict.supplier_id is not None:
        return verdict.supplier_id
    row, identity = verdict.row, verdict.row.identity
    assert identity is not None, "a new contract without a supplier is refused"
    key = stored_number(identity)
    if key not in so_far.suppliers:
        details = SupplierDetails(
            name=row.values["supplier_name"],
            identity=identity,
            inherent_risk=row.values.get("inherent_risk") or "unknown",
        )
        supplier = register_supplier(session, details, _contact(row.values), actor=actor, now=now)
        so_far.suppliers[key] = supplier.id
    return so_far.suppliers[key]


def _contact(values: Mapping[str, Any]) -> ContactDetails | None:
    email = values.get("contact_email")
    return ContactDetails(name=values.get("contact_name") or email, email=email) if email else None


def _change(session: Session, verdict: Verdict, so_far: BroughtIn, *, actor: str, now: datetime) -> None:
    assert verdict.details is not None, "a row without problems has details"
    details = verdict.details
    if verdict.above:
        details = replace(details, framework_id=so_far.contracts[verdict.above])
    contract = session.get_one(Contract, verdict.contract_id)
    change_contract(session, contract, details, actor=actor, now=now, source="import")


def _to_arm(contract: Contract, now: datetime) -> DueRow:
    """The clock sees the contract's dates anew at its next tick, and arms what follows from them."""
    today = day_of(now)
    return DueRow(
        key=f"{RECOMPUTE}:contract-{contract.id}:{today}",
        kind=RECOMPUTE,
        source=f"contract:{contract.id}",
        ladder="",
        due_on=today,
        due_at=now,
        params={},
    )
