"""What people say beside the machine: facts confirmed or corrected, and questions of authenticity looked at."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.people import User

NO_OTHER = 0
"""The `other_id` of a question that is about one document alone (a null would defeat the unique key)."""


class CheckedFact(Base):
    """A person's word about one fact of a document. What the machine read stays as it is, beside it.

    `about` is the value that the machine had read, empty where it read none; `value` is what the person sees in the
    document, empty when it is not there. `role` is supplier or procurer. `revision` counts the person's changes.
    """

    __tablename__ = "checked_fact"
    __table_args__ = (UniqueConstraint("document_id", "field", "about", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(300), default="")
    value: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(10))
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    said_by: Mapped[User | None] = relationship()


class TextBand(Base):
    """A part of the fingerprint of a document's text: near-identical texts have some of these in common."""

    __tablename__ = "text_band"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[str] = mapped_column(String(24), primary_key=True, index=True)


class AuthenticityLook(Base):
    """A reviewer has looked at a question about a document's authenticity, and what came of it."""

    __tablename__ = "authenticity_look"
    __table_args__ = (
        UniqueConstraint(
            "assessment_id", "question", "document_id", "other_id", name="uq_authenticity_look_once"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    question: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(default=NO_OTHER)
    note: Mapped[str] = mapped_column(Text)
    looked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    looked_at: Mapped[datetime]

    looked_by: Mapped[User | None] = relationship()
