"""Subcontracting: the list of the companies below a contract (LOU 17 kap. 7 §), with every change kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Contract, Subcontractor
from compliance.suppliers.contract_json import RefusedError
from compliance.suppliers.identity import MASK, Identity
from compliance.suppliers.refusals import Refusal
from compliance.suppliers.tiers import entry_refusals
from compliance.workflow import arming
from compliance.workflow.history import Changed, differences, keep_history
from compliance.workflow.recording import contract_case, record
from compliance.workflow.registering import stored_number


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ON_THE_LIST = N_("This company is on the list for this contract already, with the same tier and time.")
HAS_OTHERS_BELOW = N_("Other companies on the list are hired by this one. Change or take away those first.")
NOT_OF_THIS_CONTRACT = N_("Choose a company on the list of this contract.")


@dataclass(frozen=True, kw_only=True)
class SubcontractorDetails:
    """A company that performs a part of a contract; the names are those of `Subcontractor`'s columns."""

    name: str
    identity: Identity
    tier: int
    hired_by_id: int | None = None
    task: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    representative: str = ""

    def columns(self) -> dict[str, Any]:
        """As the row keeps it."""
        values = {name: value for name, value in vars(self).items() if name != "identity"}
        return values | {
            "identity_kind": self.identity.kind,
            "identity_number": stored_number(self.identity),
            "country": self.identity.country,
        }


class EntryChangedMeanwhileError(Exception):
    """Somebody else changed the entry since it was read."""


def add_subcontractor(
    session: Session, contract: Contract, details: SubcontractorDetails, *, actor: str, now: datetime
) -> Subcontractor:
    """A new entry, which waits for a decision. Raises `RefusedError` with every mistake."""
    _check(session, contract, details, own_id=None)
    entry = Subcontractor(contract_id=contract.id, created_at=now, **details.columns())
    session.add(entry)
    session.flush()
    _keep(session, entry, {"name": [None, entry.name], "tier": [None, entry.tier]}, actor, now)
    _record(session, entry, "subcontractor_added", actor, now, {"tier": entry.tier})
    arming.rearm_subcontractor(session, entry, now=now)
    return entry


def change_subcontractor(
    session: Session,
    entry: Subcontractor,
    details: SubcontractorDetails,
    *,
    seen: int,
    actor: str,
    now: datetime,
) -> dict[str, list[Any]]:
    """Change an entry; gives what changed. Another company, tier or task waits for a decision again.

    Raises `RefusedError`, `EntryChangedMeanwhileError`.
    """
    _lock(session, entry, seen)
    _check(session, entry.contract, details, own_id=entry.id)
    changes = differences(entry, details.columns())
    if {"identity_number", "tier", "task"} & set(changes) and entry.approval != "waiting":
        changes["approval"] = [entry.approval, "waiting"]
    if changes:
        _store(session, entry, changes, actor=actor, now=now)
        _record(session, entry, "subcontractor_changed", actor, now, {"fields": sorted(changes)})
        arming.rearm_subcontractor(session, entry, now=now)
    return changes


def decide_subcontractor(  # noqa: PLR0913  who, when, why, and what was seen before
    session: Session,
    entry: Subcontractor,
    *,
    approved: bool,
    note: str,
    seen: int,
    actor: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Approve or refuse a subcontractor. Raises `EntryChangedMeanwhileError`."""
    _lock(session, entry, seen)
    approval = "approved" if approved else "refused"
    changes = differences(entry, {"approval": approval, "approval_note": note})
    entry.decided_by_id, entry.decided_at = actor_id, now
    _store(session, entry, changes, actor=actor, now=now)
    _record(session, entry, f"subcontractor_{approval}", actor, now, {"tier": entry.tier})
    arming.rearm_subcontractor(session, entry, now=now)


def remove_subcontractor(
    session: Session, entry: Subcontractor, *, seen: int, actor: str, now: datetime
) -> None:
    """Take away an entry that should not have been made, and the name of its representative with it.

    Raises `EntryChangedMeanwhileError`, and `RefusedError` while others on the list are hired by it.
    """
    _lock(session, entry, seen)
    below = select(Subcontractor.id).where(
        Subcontractor.hired_by_id == entry.id, Subcontractor.removed_at.is_(None)
    )
    if session.scalar(below.limit(1)) is not None:
        raise RefusedError([Refusal("hired_by_id", HAS_OTHERS_BELOW)])
    entry.representative = ""
    _store(session, entry, {"removed_at": [None, now]}, actor=actor, now=now)
    _record(session, entry, "subcontractor_removed", actor, now, {"tier": entry.tier})
    arming.rearm_subcontractor(session, entry, now=now)


def _check(
    session: Session, contract: Contract, details: SubcontractorDetails, *, own_id: int | None
) -> None:
    employer = session.get(Subcontractor, details.hired_by_id) if details.hired_by_id else None
    refusals = [
        *entry_refusals(details.tier, employer.tier if employer else None, details.starts_on, details.ends_on)
    ]
    if details.hired_by_id and (
        employer is None or employer.contract_id != contract.id or employer.id == own_id
    ):
        refusals.append(Refusal("hired_by_id", NOT_OF_THIS_CONTRACT))
    same = select(Subcontractor.id).where(
        Subcontractor.contract_id == contract.id,
        Subcontractor.identity_number == stored_number(details.identity),
        Subcontractor.tier == details.tier,
        Subcontractor.starts_on.is_not_distinct_from(details.starts_on),
        Subcontractor.removed_at.is_(None),
    )
    if session.scalar(same.limit(1)) not in {None, own_id}:
        refusals.append(Refusal("number", ON_THE_LIST))
    if refusals:
        raise RefusedError(refusals)


def _lock(session: Session, entry: Subcontractor, seen: int) -> None:
    session.refresh(entry, with_for_update=True)
    if entry.revision != seen or entry.removed_at is not None:
        raise EntryChangedMeanwhileError


def _store(
    session: Session, entry: Subcontractor, changes: Mapping[str, list[Any]], *, actor: str, now: datetime
) -> None:
    for name, (_, value) in changes.items():
        setattr(entry, name, value)
    entry.revision += 1
    _keep(session, entry, changes, actor, now)


def _keep(
    session: Session, entry: Subcontractor, changes: Mapping[str, list[Any]], actor: str, now: datetime
) -> None:
    """The history shows a number only where a page may: a sole trader's is a personal identity number.

    The representative's name is personal data: the history says only that it was changed.
    """
    shown = {name: change for name, change in changes.items() if name != "identity_kind"}
    if "representative" in shown:
        shown["representative"] = [None, None]
    kinds = [entry.identity_kind, *changes.get("identity_kind", ())]
    if "identity_number" in shown and "sole_trader" in kinds:
        shown["identity_number"] = [MASK, MASK]
    what = Changed(contract_id=entry.contract_id, subject="subcontractor", subject_id=entry.id)
    keep_history(session, what, shown, actor=actor, now=now)


def _record(
    session: Session, entry: Subcontractor, name: str, actor: str, now: datetime, payload: dict[str, Any]
) -> None:
    payload = {"subcontractor": entry.id, **payload}
    record(session, contract_case(entry.contract_id), name, actor=actor, now=now, payload=payload)
