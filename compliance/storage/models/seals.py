"""Keys of documents that are opened once. They are never part of a backup."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from compliance.storage.base import Base


class FileSeal(Base):
    """The key of one document, until `ends_at` at the latest; None once it has been destroyed."""

    __tablename__ = "file_seal"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(String(80))
    sealed_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
