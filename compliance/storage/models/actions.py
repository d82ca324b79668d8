"""Proposed actions: what a round's answers call for, and what the supplier says that it will do."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.assessments import COMPANY
from compliance.storage.models.people import User


class ProposedAction(Base):
    """What is recommended for one answer that fell short, and the supplier's reply.

    `recommended` is the text as the definition had it (language -> words), with the questionnaire's version.
    `reply` is null, accepted or own; `text` is the supplier's own, `promised_on` the day it holds itself to.
    `lapsed_at` is set while the answer no longer falls short. `revision` rises by one with every reply.
    """

    __tablename__ = "proposed_action"
    __table_args__ = (UniqueConstraint("assessment_id", "question_id", "contract_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    contract_id: Mapped[int] = mapped_column(default=COMPANY)
    questionnaire: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    failed: Mapped[bool] = mapped_column(default=False)
    recommended: Mapped[dict[str, Any]]
    recommended_on: Mapped[date]
    reply: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    promised_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    replied_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    lapsed_at: Mapped[datetime | None]

    replied_by: Mapped[User | None] = relationship()
