"""What the pages of the contract register read beside the contract itself."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from compliance.storage.models import (
    CodeOfConduct,
    Contract,
    ContractChange,
    ContractImport,
    SocialCommitment,
    Subcontractor,
)
from compliance.storage.queries.paging import PAGE, Listing, cut


def codes_of_conduct(session: Session) -> list[CodeOfConduct]:
    """Every version, the newest first."""
    query = select(CodeOfConduct).order_by(CodeOfConduct.valid_from.desc(), CodeOfConduct.id.desc())
    return list(session.scalars(query))


def codes_for_supplier(session: Session, supplier_id: int) -> list[CodeOfConduct]:
    """The versions that a supplier's contracts refer to, the newest first."""
    agreed = select(Contract.code_of_conduct_id).where(Contract.supplier_id == supplier_id)
    query = select(CodeOfConduct).where(CodeOfConduct.id.in_(agreed))
    return list(session.scalars(query.order_by(CodeOfConduct.valid_from.desc(), CodeOfConduct.id.desc())))


def contract_numbered(session: Session, number: str) -> Contract | None:
    """The contract with this number."""
    return session.scalar(select(Contract).where(Contract.number == number))


def call_offs_of(session: Session, contract_id: int) -> list[Contract]:
    """The call-offs that were made under a framework agreement."""
    query = select(Contract).where(Contract.framework_id == contract_id).order_by(Contract.number)
    return list(session.scalars(query.options(joinedload(Contract.supplier))))


def changes_of(session: Session, contract_id: int, *, before: int | None = None) -> Listing[ContractChange]:
    """What was changed in a contract and what belongs to it, newest first."""
    query = select(ContractChange).where(ContractChange.contract_id == contract_id)
    if before is not None:
        query = query.where(ContractChange.id < before)
    query = query.order_by(ContractChange.id.desc()).limit(PAGE + 1)
    return cut(session.scalars(query.options(joinedload(ContractChange.changed_by))).all())


def subcontractors_of(session: Session, contract_id: int) -> list[Subcontractor]:
    """The subcontractors on a contract's list, tier by tier; those taken away are only in the history."""
    query = (
        select(Subcontractor)
        .where(Subcontractor.contract_id == contract_id, Subcontractor.removed_at.is_(None))
        .order_by(Subcontractor.tier, Subcontractor.name, Subcontractor.id)
    )
    return list(session.scalars(query))


def commitments_of(session: Session, contract_id: int) -> list[SocialCommitment]:
    """What was promised for people's sake, the nearest day first."""
    query = (
        select(SocialCommitment)
        .where(SocialCommitment.contract_id == contract_id, SocialCommitment.removed_at.is_(None))
        .order_by(SocialCommitment.due_on, SocialCommitment.id)
    )
    return list(session.scalars(query))


def recent_imports(session: Session, limit: int = 10) -> Sequence[ContractImport]:
    """The files that were brought in last."""
    query = select(ContractImport).where(ContractImport.applied_at.is_not(None))
    return session.scalars(query.order_by(ContractImport.id.desc()).limit(limit)).all()


def code_in_force(session: Session, today: date) -> CodeOfConduct | None:
    """The version that holds today."""
    query = select(CodeOfConduct).where(CodeOfConduct.valid_from <= today)
    return session.scalar(query.order_by(CodeOfConduct.valid_from.desc(), CodeOfConduct.id.desc()).limit(1))
