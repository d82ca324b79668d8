"""Colleagues: people at a supplier whom its own contact asked for help with a part of one round."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.assessments import COMPANY
from compliance.storage.models.people import User
from compliance.storage.models.suppliers import Contact


class ColleagueInvitation(Base):
    """One part of one round, shared with one colleague until it is withdrawn.

    `scope` is round, section or question; `section_key` is set for a section, `question_id` and `contract_id` for a
    question. `note` is the inviter's own words to the colleague. `remind`: the colleague gets reminders as well.
    """

    __tablename__ = "colleague_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    scope: Mapped[str] = mapped_column(String(10))
    section_key: Mapped[str] = mapped_column(String(160), default="")
    question_id: Mapped[str] = mapped_column(String(80), default="")
    contract_id: Mapped[int] = mapped_column(default=COMPANY)
    note: Mapped[str] = mapped_column(Text, default="")
    remind: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    contact: Mapped[Contact] = relationship()
    invited_by: Mapped[User | None] = relationship()
