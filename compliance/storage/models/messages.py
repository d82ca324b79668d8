"""The outbox: every mail is a row first."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from compliance.storage.base import Base


class Message(Base):
    """One mail to one person, written once (`key` is unique: kind, object, due date, recipient).

    `state` is queued, sending, sent, failed or cancelled, or gathered while it waits for the digest of its reader
    (`digest_id`, once that is written; what becomes of the digest becomes of it). `params` holds what the
    template needs and never answers or secrets: a link's token is made when the mail is sent. `why` and
    `cancelled_by` say in one sentence each why it was written and what would cancel it. `uncertain` marks a
    mail that may have gone out twice, because the sender died between the server's yes and ours.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    params: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(Text)
    cancelled_by: Mapped[str] = mapped_column(Text, default="")
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
