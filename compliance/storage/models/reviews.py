"""Reviews of contracts with their reasons, decisions, and what suppliers asked of the procurer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.assessments import Assessment
from compliance.storage.models.people import User
from compliance.storage.models.suppliers import Contract

OPEN = text("closed_at IS NULL")


class Review(Base):
    """A contract that needs a person. At most one is open per contract; `severity` is the worst of its reasons.

    While `waiting` it is not on the desk yet: so many are opened a day, and `admitted_on` is the day whose share
    it took (none when it was critical or asked for by a person). `closed_as` is `cause_gone` when nobody decided
    and every reason had gone; empty after a decision. A snoozed one comes back on `snoozed_until`, or when a reason
    comes that is worse than `snoozed_severity`.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("uq_review_open", "contract_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    severity: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str] = mapped_column(String(12), default="")
    waiting: Mapped[bool] = mapped_column(default=False)
    admitted_on: Mapped[date | None] = mapped_column(index=True)
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(Text, default="")
    snoozed_severity: Mapped[str] = mapped_column(String(10), default="")
    snoozed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    contract: Mapped[Contract] = relationship()
    snoozed_by: Mapped[User | None] = relationship()
    reasons: Mapped[list["ReviewReason"]] = relationship(order_by="ReviewReason.id")
    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id", viewonly=True)


class ReviewReason(Base):
    """Why a contract needs a look. `key` names trigger, object and period, so the same reason never comes twice.

    `resolved_at`: its cause has gone. Its key is then free, so that the same cause can come back.
    """

    __tablename__ = "review_reason"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    key: Mapped[str] = mapped_column(String(160))
    trigger: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    params: Mapped[dict[str, Any]]
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]


class ReportedEvent(Base):
    """Something that happened around a contract, written down by a person: an accident, a report in the news.

    `kind` is a code of reviews/event_kinds.yaml. `text` stays here: it is in no mail and in no log.
    `report_due_on` is when the supplier's own report must be in, `report_came_on` when it was. `reported_by_id` is
    a member of staff or the supplier's contact.
    """

    __tablename__ = "reported_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    happened_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    report_due_on: Mapped[date | None]
    report_came_on: Mapped[date | None]
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship()
    reported_by: Mapped[User] = relationship()


class Decision(Base):
    """What a procurer decided about a review and why. Never changed afterwards."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    scorecard_id: Mapped[int | None] = mapped_column(ForeignKey("scorecard.id"))
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    next_on: Mapped[date | None]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]

    decided_by: Mapped[User] = relationship()
    assessment: Mapped[Assessment | None] = relationship()


class SupplierRequest(Base):
    """What a supplier asked instead of answering: `other_person`, `more_time` or `no_longer_delivers`."""

    __tablename__ = "supplier_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    granted: Mapped[bool | None]

    assessment: Mapped[Assessment] = relationship()
