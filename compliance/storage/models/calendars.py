"""Days of contracts as calendars show them, and the secret addresses by which calendars fetch them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.people import User
from compliance.storage.models.suppliers import Contract


class CalendarDay(Base):
    """A day on which something is to be done about a contract, or ends.

    There is one row per contract, kind of day and `subject` (such as `commitment-5`; empty where there can be only
    one): when the day moves the row moves, and `sequence` grows, so that a calendar moves its event. `gone_at`: there
    is no such day any more. `params` are the values of the reason's sentence, days as ISO 8601.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (
        UniqueConstraint("contract_id", "kind", "subject"),
        Index("ix_calendar_day_on_day", "on_day", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(40), default="")
    on_day: Mapped[date]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship()


class CalendarFeed(Base):
    """An address by which a calendar fetches contracts' days. Only a hash of its token is kept.

    `everybodys`: the days of all contracts, not only of those its user is responsible for.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    everybodys: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
