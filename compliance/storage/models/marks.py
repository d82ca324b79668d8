"""What is said about answers beside their content: that secrecy is asked for, that they came on paper."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.assessments import COMPANY
from compliance.storage.models.evidence import Document
from compliance.storage.models.people import User


class SecrecyRequest(Base):
    """The supplier asks that one answer be kept secret. `covers` is answer, documents or both.

    It binds nobody: whether something is secret is decided when somebody asks for it (OSL 2009:400).
    """

    __tablename__ = "secrecy_request"
    __table_args__ = (UniqueConstraint("assessment_id", "question_id", "contract_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    question_id: Mapped[str] = mapped_column(String(80))
    contract_id: Mapped[int] = mapped_column(default=COMPANY)
    covers: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]


class PaperEntry(Base):
    """Answers of one round that came on paper and are typed in by a procurer, with the reason for it.

    The answers that a staff member saved after `started_at` are those of the paper.
    """

    __tablename__ = "paper_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), unique=True)
    received_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime]
    sent_in_at: Mapped[datetime | None]

    document: Mapped[Document | None] = relationship()
    started_by: Mapped[User | None] = relationship()
