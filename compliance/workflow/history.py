"""History: every change of a contract and what belongs to it, field by field: who, when, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from compliance.storage.models import ContractChange

Subject = Literal["contract", "subcontractor", "commitment"]
Changes = Mapping[str, list[Any]]
"""Field -> [before, after]."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What was changed: a row of a contract, and by which way ("form" or "import")."""

    contract_id: int
    subject: Subject = "contract"
    subject_id: int
    source: str = "form"


def keep_history(session: Session, what: Changed, changes: Changes, *, actor: str, now: datetime) -> None:
    """Write down every changed field."""
    session.add_all(
        ContractChange(
            contract_id=what.contract_id,
            subject=what.subject,
            subject_id=what.subject_id,
            field=field,
            before=plain(before),
            after=plain(after),
            source=what.source,
            changed_by_id=user_of(actor),
            changed_at=now,
        )
        for field, (before, after) in changes.items()
    )
    session.flush()


def differences(row: object, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What would change if a row got these values: field -> [before, after]."""
    return {
        name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days and moments as ISO texts, whole amounts without decimals."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def user_of(actor: str) -> int | None:
    """The id of the user who acts; None for the system."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "user" else None
