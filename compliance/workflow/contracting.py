"""Contracting: a contract is registered and changed; every day that follows from its terms is armed anew."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.storage.models import Contract, Supplier
from compliance.suppliers.contract_json import RefusedError, read_contract
from compliance.suppliers.contract_values import detail_refusals
from compliance.suppliers.refusals import Refusal
from compliance.workflow import arming
from compliance.workflow.history import Changed, differences, keep_history, plain
from compliance.workflow.recording import contract_case, record

FREE_TEXTS = frozenset({"note", "sites", "labour_levels", "follow_up_plan", "startup_note"})
"""Fields that may name people: the log says only that they were changed; the erasable history keeps the words."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


OWN_FRAMEWORK = N_("A contract cannot be its own framework agreement.")
NOT_A_FRAMEWORK = N_("That contract is itself a call-off. Choose the framework agreement it was made under.")
HAS_CALL_OFFS = N_("Call-offs were made under this contract, so it cannot be a call-off itself.")


@dataclass(frozen=True, kw_only=True)
class ContractDetails:
    """A contract as a procurer writes it down. `terms` is the JSON of the contract-date rules, not yet checked.

    The names are those of the columns of `Contract`, which say what each means.
    """

    number: str
    case_number: str = ""
    procurement_number: str = ""
    title: str
    category: str = ""
    cpv: str = ""
    value_sek: int | None = None
    value_annual_sek: int | None = None
    procedure: str = ""
    threshold: str = ""
    priority: str = ""
    special_labour_terms: bool = False
    labour_levels: str = ""
    agreed_terms: list[str] = field(default_factory=list)
    code_of_conduct_id: int | None = None
    fine_clause: str = ""
    audit_right: bool | None = None
    max_tiers: int | None = None
    sites: str = ""
    follow_up_plan: str = ""
    follow_up_on: date | None = None
    startup_planned_on: date | None = None
    startup_held_on: date | None = None
    startup_note: str = ""
    note: str = ""
    owner_id: int | None = None
    substitute_id: int | None = None
    framework_id: int | None = None
    terms: dict[str, Any]


class NumberTakenError(Exception):
    """Another contract has this number; `contract` is that one."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract.number)
        self.contract = contract


class ChangedMeanwhileError(Exception):
    """Somebody else changed the contract since it was read; `contract` is as it stands now."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract.number)
        self.contract = contract


def register_contract(
    session: Session, supplier: Supplier, details: ContractDetails, *, actor: str, now: datetime
) -> Contract:
    """A new contract with its days armed. Raises `RefusedError` with every mistake, `NumberTakenError`."""
    check_details(session, details, own_id=None)
    contract = Contract(supplier_id=supplier.id, created_at=now, **asdict(details))
    try:
        with session.begin_nested():
            session.add(contract)
    except IntegrityError:  # somebody registered it in the same moment
        check_details(session, details, own_id=None)
        raise
    record(
        session,
        contract_case(contract.id),
        "contract_registered",
        actor=actor,
        now=now,
        payload=registered_payload(contract),
    )
    arming.rearm_contract(session, contract, now=now)
    return contract


def registered_payload(contract: Contract) -> dict[str, Any]:
    """What the log says about a new contract."""
    return {"supplier": contract.supplier_id, "terms": contract.terms}


def change_contract(  # noqa: PLR0913  who, when, by which way, and what was seen before
    session: Session,
    contract: Contract,
    details: ContractDetails,
    *,
    actor: str,
    now: datetime,
    seen: int | None = None,
    source: str = "form",
) -> dict[str, Any]:
    """Change a contract; gives what changed (before, after). Raises as `register_contract`.

    `seen` is the revision that the change was made from: `ChangedMeanwhileError` when there is a newer one.
    The days that followed from the old terms are cancelled and the new ones armed.
    """
    if seen is not None:
        session.refresh(contract, with_for_update=True)
        if contract.revision != seen:
            raise ChangedMeanwhileError(contract)
    check_details(session, details, own_id=contract.id)
    changes = differences(contract, asdict(details))
    if not changes:
        return {}
    for name, (_, value) in changes.items():
        setattr(contract, name, value)
    contract.revision += 1
    session.flush()
    what = Changed(contract_id=contract.id, subject_id=contract.id, source=source)
    keep_history(session, what, changes, actor=actor, now=now)
    case, payload = contract_case(contract.id), _logged(changes)
    record(session, case, "contract_changed", actor=actor, now=now, payload=payload)
    arming.rearm_contract(session, contract, now=now)
    if "max_tiers" in changes and source == "form":  # an import opens no review
        arming.rearm_subcontractors(session, contract, now=now)
    return changes


def details_of(contract: Contract) -> ContractDetails:
    """A registered contract as it would be written down again."""
    names = [each.name for each in fields(ContractDetails)]
    return ContractDetails(**{name: _same_kind(getattr(contract, name)) for name in names})


def _same_kind(value: Any) -> Any:
    return [*value] if isinstance(value, list) else plain(value) if isinstance(value, float) else value


def _logged(changes: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The log keeps codes, ids, days and terms; of free texts only that they were changed."""
    payload: dict[str, Any] = {
        name: [plain(before), plain(after)]
        for name, (before, after) in changes.items()
        if name not in FREE_TEXTS
    }
    if texts := sorted(FREE_TEXTS & set(changes)):
        payload["texts_changed"] = texts
    return payload


def check_details(session: Session, details: ContractDetails, *, own_id: int | None) -> None:
    """Raises `RefusedError` with every mistake, `NumberTakenError`."""
    refusals = [*pure_refusals(details), *_framework_refusals(session, details, own_id)]
    if refusals:
        raise RefusedError(refusals)
    other = session.scalar(select(Contract).where(Contract.number == details.number))
    if other is not None and other.id != own_id:
        raise NumberTakenError(other)


def pure_refusals(details: ContractDetails) -> list[Refusal]:
    """What is wrong with the values by themselves, whatever else is registered."""
    refusals = [*detail_refusals(vars(details))]
    try:
        read_contract(details.terms)
    except RefusedError as error:
        refusals += error.refusals
    return refusals


def _framework_refusals(session: Session, details: ContractDetails, own_id: int | None) -> list[Refusal]:
    """A call-off hangs on a framework agreement, never on another call-off."""
    if details.framework_id is None:
        return []
    if details.framework_id == own_id:
        return [Refusal("framework_id", OWN_FRAMEWORK)]
    parent = session.get(Contract, details.framework_id)
    if parent is None or parent.framework_id is not None:
        return [Refusal("framework_id", NOT_A_FRAMEWORK)]
    below = select(Contract.id).where(Contract.framework_id == own_id).limit(1)
    if own_id is not None and session.scalar(below) is not None:
        return [Refusal("framework_id", HAS_CALL_OFFS)]
    return []
