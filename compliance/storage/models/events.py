"""The append-only log: a chain of events per case, each hashed over the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from compliance.storage.base import Base


class EventChain(Base):
    """The head of one case's chain. Its row is locked while an event is added."""

    __tablename__ = "event_chain"

    case: Mapped[str] = mapped_column(String(60), primary_key=True)
    sequence: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64))


class Event(Base):
    """Something that happened.

    `hash` covers the previous hash and the digest of the payload, not the payload itself, so that a payload
    can be erased by a retention decision without breaking the chain.
    """

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("event_chain.case"), index=True)
    sequence: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    happened_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    draft: Mapped[bool] = mapped_column(default=False)
    payload: Mapped[dict[str, Any] | None]
    payload_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
