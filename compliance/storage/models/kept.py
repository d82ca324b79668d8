"""What a supplier sent after its session had ended: kept until its owner comes back, never an answer by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from compliance.storage.base import Base


class KeptForm(Base):
    """The text fields of one section's form, for the one user whose page it was. `fields` is a list of [name, text].

    `digest` is of the fields, so that the same form sent twice is kept once and a different one replaces nothing.
    """

    __tablename__ = "kept_form"
    __table_args__ = (UniqueConstraint("assessment_id", "user_id", "section_key", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    section_key: Mapped[str] = mapped_column(String(200))
    fields: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime] = mapped_column(index=True)
