"""What the clock lives on: due rows, its lease, and what kind of installation this is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from compliance.storage.base import Base

ARMED = text("done_at IS NULL")


class DueRow(Base):
    """Something that must happen on a day. `key` names kind, object and date, so arming it twice changes nothing.

    `source` names the object whose facts armed it (for instance `contract:7`); when they change, its undone
    rows are replaced. `outcome` is done, superseded or cancelled once `done_at` is set.
    """

    __tablename__ = "due_row"
    __table_args__ = (Index("ix_due_row_armed", "due_at", sqlite_where=ARMED, postgresql_where=ARMED),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(40), index=True)
    ladder: Mapped[str] = mapped_column(String(120), default="")
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    params: Mapped[dict[str, Any]]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")


class ClockLease(Base):
    """Which clock process is the active one, and when it last ticked. One row, id 1."""

    __tablename__ = "clock_lease"

    id: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(64), default="")
    leased_until: Mapped[datetime | None]
    last_tick_at: Mapped[datetime | None]


class Installation(Base):
    """What kind of instance this database belongs to. One row, id 1; `is_demo` only by `compliance demo`.

    While `mail_held_at` is set no mail leaves: a database that came out of a backup may have sent it already.
    At most `reviews_per_day` new reviews come to the desk in a day; critical ones are not counted.
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    mail_held_at: Mapped[datetime | None]
    reviews_per_day: Mapped[int] = mapped_column(default=10)
