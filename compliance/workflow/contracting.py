"""Contracting: a contract is registered and changed; every day that follows from its terms is armed anew."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.storage.models import Contract, Supplier
from compliance.suppliers.contract_json import RefusedError, read_contract
from compliance.suppliers.refusals import Refusal
from compliance.workflow import arming
from compliance.workflow.recording import contract_case, record

CPV = re.compile(r"[0-9]{8}(-[0-9])?")


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


BAD_CPV = N_("A CPV code is eight digits, and perhaps a hyphen and a check digit: 45442100-8.")
NEGATIVE_VALUE = N_("The value cannot be less than 0.")
TOO_LARGE = N_("The value is larger than can be right. Write it in whole kronor.")
LARGEST_VALUE = 10**12


@dataclass(frozen=True, kw_only=True)
class ContractDetails:
    """A contract as a procurer writes it down. `terms` is the JSON of the contract-date rules, not yet checked."""

    number: str
    case_number: str = ""
    title: str
    cpv: str = ""
    value_sek: int | None = None
    special_labour_terms: bool = False
    note: str = ""
    owner_id: int | None = None
    terms: dict[str, Any]


class NumberTakenError(Exception):
    """Another contract has this number; `contract` is that one."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract.number)
        self.contract = contract


def register_contract(
    session: Session, supplier: Supplier, details: ContractDetails, *, actor: str, now: datetime
) -> Contract:
    """A new contract with its days armed. Raises `RefusedError` with every mistake, `NumberTakenError`."""
    _check(session, details, own_id=None)
    contract = Contract(supplier_id=supplier.id, created_at=now, **asdict(details))
    try:
        with session.begin_nested():
            session.add(contract)
    except IntegrityError:  # somebody registered it in the same moment
        _check(session, details, own_id=None)
        raise
    record(
        session,
        contract_case(contract.id),
        "contract_registered",
        actor=actor,
        now=now,
        payload={"supplier": supplier.id, "terms": details.terms},
    )
    arming.rearm_contract(session, contract, now=now)
    return contract


def change_contract(
    session: Session, contract: Contract, details: ContractDetails, *, actor: str, now: datetime
) -> dict[str, Any]:
    """Change a contract; gives what changed (before, after). Raises as `register_contract`.

    The days that followed from the old terms are cancelled and the new ones armed.
    """
    _check(session, details, own_id=contract.id)
    changes = {
        name: [getattr(contract, name), value]
        for name, value in asdict(details).items()
        if getattr(contract, name) != value
    }
    if not changes:
        return {}
    for name, (_, value) in changes.items():
        setattr(contract, name, value)
    session.flush()
    record(
        session,
        contract_case(contract.id),
        "contract_changed",
        actor=actor,
        now=now,
        payload={name: change for name, change in changes.items() if name != "note"} | _note(changes),
    )
    arming.rearm_contract(session, contract, now=now)
    return changes


def _note(changes: dict[str, Any]) -> dict[str, Any]:
    """A note is free text and may name people: the log says only that it was changed."""
    return {"note_changed": True} if "note" in changes else {}


def _check(session: Session, details: ContractDetails, *, own_id: int | None) -> None:
    refusals = [*_value_refusals(details)]
    try:
        read_contract(details.terms)
    except RefusedError as error:
        refusals += error.refusals
    if refusals:
        raise RefusedError(refusals)
    other = session.scalar(select(Contract).where(Contract.number == details.number))
    if other is not None and other.id != own_id:
        raise NumberTakenError(other)


def _value_refusals(details: ContractDetails) -> list[Refusal]:
    refusals = []
    if details.cpv and not CPV.fullmatch(details.cpv):
        refusals.append(Refusal("cpv", BAD_CPV))
    if details.value_sek is not None and details.value_sek < 0:
        refusals.append(Refusal("value_sek", NEGATIVE_VALUE))
    if details.value_sek is not None and details.value_sek > LARGEST_VALUE:
        refusals.append(Refusal("value_sek", TOO_LARGE))
    return refusals
