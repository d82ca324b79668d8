"""Addressing: who at the office is told about a contract or an assessment."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Contract, Role, User


def office_for(session: Session, contracts: Iterable[Contract]) -> list[User]:
    """The owners of these contracts who are still here; every procurer where a contract has no such owner."""
    found: dict[int, User] = {}
    for contract in contracts:
        owner = session.get(User, contract.owner_id) if contract.owner_id else None
        for user in [owner] if owner is not None and owner.active else procurers(session):
            found[user.id] = user
    return list(found.values()) or procurers(session)


def procurers(session: Session) -> list[User]:
    """Everyone who may decide about contracts and has not been deactivated."""
    return list(
        session.scalars(
            select(User).where(User.active, User.roles.any(Role.name == "procurer")).order_by(User.id)
        )
    )
