"""Assessments: what a supplier is asked in one round, what it answered, what that was worth."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.suppliers import Contact, Contract, Supplier

COMPANY = 0
"""The `contract_id` of an answer that is given once for the whole company (a null would defeat the unique key)."""


class Assessment(Base):
    """One supplier in one round.

    `state` follows `compliance.assessments`. `questionnaires` maps each key to the version this round keeps.
    `renews_id` is the earlier submitted round whose answers this one shows as last time's.
    The result columns repeat the newest scorecard so that lists need not open it; null before submission.
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    state: Mapped[str] = mapped_column(String(20), index=True)
    questionnaires: Mapped[dict[str, Any]]
    inherent_risk: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date] = mapped_column(index=True)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    answered_share: Mapped[int] = mapped_column(default=0)
    sent_back_note: Mapped[str] = mapped_column(Text, default="")
    attested_name: Mapped[str] = mapped_column(String(120), default="")
    attested_role: Mapped[str] = mapped_column(String(120), default="")

    score_state: Mapped[str | None] = mapped_column(String(20))
    band: Mapped[str | None] = mapped_column(String(1))
    supported: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    declared: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    residual_risk: Mapped[str | None] = mapped_column(String(10))
    reassess_on: Mapped[date | None] = mapped_column(index=True)

    supplier: Mapped[Supplier] = relationship()
    contact: Mapped[Contact] = relationship()
    contracts: Mapped[list[Contract]] = relationship(
        secondary="assessment_contract", order_by="Contract.number", viewonly=True
    )
    scorecards: Mapped[list["Scorecard"]] = relationship(order_by="Scorecard.sequence", viewonly=True)


class AssessmentContract(Base):
    """A contract that an assessment covers."""

    __tablename__ = "assessment_contract"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), primary_key=True, index=True)


class Answer(Base):
    """The present answer to one question (per contract where the question asks so).

    `state` is answered, dont_know, na_claimed or cleared; `value` is what the question type stores.
    `revision` rises by one with every save; a save names the revision it saw. `confirmed_from_id` is the earlier
    round whose answer the supplier confirmed; null once it was answered anew.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("assessment_id", "question_id", "contract_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    contract_id: Mapped[int] = mapped_column(default=COMPANY)
    state: Mapped[str] = mapped_column(String(12))
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    na_reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_from_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    saved_at: Mapped[datetime]


class Scorecard(Base):
    """An immutable result: what went in, what came out, under which versions, and the digest of both."""

    __tablename__ = "scorecard"
    __table_args__ = (UniqueConstraint("assessment_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    sequence: Mapped[int]
    method: Mapped[str] = mapped_column(String(40))
    versions: Mapped[dict[str, Any]]
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
