"""What the register holds beside the contract: changes, code of conduct, subcontractors, commitments, imports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import DOCUMENT, Base
from compliance.storage.models.people import User
from compliance.storage.models.suppliers import Contract


class ContractChange(Base):
    """One field of a contract, or of a row that belongs to it, as it was and as it became.

    `subject` is contract, subcontractor or commitment and `subject_id` that row. The values are the ones that
    pages show, so a sole trader's number is never among them. `source` is form or import. The event log says
    only that something changed: these rows can be erased by a retention decision without breaking its chain.
    """

    __tablename__ = "contract_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(DOCUMENT, nullable=True)
    after: Mapped[Any] = mapped_column(DOCUMENT, nullable=True)
    source: Mapped[str] = mapped_column(String(10), default="form")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]

    changed_by: Mapped[User | None] = relationship()


class CodeOfConduct(Base):
    """One version of the buyer's code of conduct: a text or a document (`sha256`). Never changed afterwards."""

    __tablename__ = "code_of_conduct"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(String(40), unique=True)
    valid_from: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime]

    published_by: Mapped[User] = relationship()


class Subcontractor(Base):
    """A company that performs a part of a contract for the supplier or for another subcontractor.

    `tier` 1 is hired by the supplier itself, 2 by one of tier 1, and so on; `hired_by_id` says by which. The
    identity is as for suppliers. `representative` is the name of the legal representative, which the buyer
    must ask for (LOU 17 kap. 7 §) and keeps only here: personal data. `approval` is waiting, approved or
    refused. `removed_at`: it was written down by mistake; one that has left has `ends_on`.
    """

    __tablename__ = "subcontractor"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    hired_by_id: Mapped[int | None] = mapped_column(ForeignKey("subcontractor.id"))
    name: Mapped[str] = mapped_column(String(200))
    identity_kind: Mapped[str] = mapped_column(String(20))
    identity_number: Mapped[str] = mapped_column(String(40), index=True)
    country: Mapped[str] = mapped_column(String(2), default="SE")
    tier: Mapped[int] = mapped_column(default=1)
    task: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    representative: Mapped[str] = mapped_column(String(120), default="")
    approval: Mapped[str] = mapped_column(String(10), default="waiting")
    approval_note: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship()
    decided_by: Mapped[User | None] = relationship()


class SocialCommitment(Base):
    """Something the supplier promised for people's sake: so many, by a day; what it reported; who verified it.

    `kind` is a code of suppliers/register_words.yaml (job, apprenticeship, ...). `reported_by` is a role or an
    organisation, never a person's name.
    """

    __tablename__ = "social_commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    description: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[int]
    due_on: Mapped[date]
    reported_on: Mapped[date | None]
    reported_quantity: Mapped[int | None]
    reported_by: Mapped[str] = mapped_column(String(120), default="")
    verified_on: Mapped[date | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship()
    verified_by: Mapped[User | None] = relationship()


class ContractImport(Base):
    """A file of contracts on its way in: uploaded, its columns matched, judged, applied.

    `content` goes when it was applied or has waited too long. `columns` maps field -> place of the column;
    `outcome` counts created, changed, unchanged and refused rows of what was applied.
    """

    __tablename__ = "contract_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    applied_at: Mapped[datetime | None]
