"""Evidence: files by their sha256, documents a supplier gave, facts read from them, and the work of reading."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.assessments import COMPANY
from compliance.storage.models.checked import CheckedFact
from compliance.storage.models.suppliers import Supplier


class StoredFile(Base):
    """A file in the store. Two suppliers who send the same file share one.

    `scan_state` is what a virus scanner said of its content: not_scanned, clean or infected.
    """

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    scan_state: Mapped[str] = mapped_column(String(12), default="not_scanned", index=True)
    scanned_at: Mapped[datetime | None]


class Document(Base):
    """A file as one supplier gave it. `state` is waiting, or one of the states in `evidence.facts`.

    `names_supplier` is what is kept of the text that was read: whether it names the supplier anywhere.
    `replaces` is the version before this one. `sent_in` is set when answers that were sent in rested on it, and it
    was then taken away from them. `made_on` and `changed_on` are what the file says of itself; `fingerprint` tells
    near-identical texts, of which nothing else is kept.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("supplier_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    state_reason: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(40))
    names_supplier: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]
    sent_in: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date | None]
    changed_on: Mapped[date | None]
    fingerprint: Mapped[list[Any] | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    supplier: Mapped[Supplier] = relationship()
    replaces: Mapped["Document | None"] = relationship(remote_side="Document.id")
    file: Mapped[StoredFile] = relationship()
    facts: Mapped[list["FactRow"]] = relationship(order_by="FactRow.id", cascade="all, delete-orphan")
    checked: Mapped[list[CheckedFact]] = relationship(order_by=CheckedFact.id, cascade="all, delete-orphan")
    uses: Mapped[list["AnswerDocument"]] = relationship(back_populates="document")


class AnswerDocument(Base):
    """A document held up as proof of one answer. One document may serve many answers.

    `judged` is a reviewer's verdict and wins over the machine's. `first_page` and `last_page` (from 1) are where
    the supplier says that the proof stands.
    """

    __tablename__ = "answer_document"
    __table_args__ = (UniqueConstraint("assessment_id", "question_id", "contract_id", "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(80))
    contract_id: Mapped[int] = mapped_column(default=COMPANY)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    attached_at: Mapped[datetime]
    judged: Mapped[str | None] = mapped_column(String(20))
    first_page: Mapped[int | None]
    last_page: Mapped[int | None]

    document: Mapped[Document] = relationship(back_populates="uses")


class FactRow(Base):
    """One fact read from a document, with its place. `box` is in points from the page's top left."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    page: Mapped[int | None]
    box: Mapped[list[Any] | None]
    quote: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(String(20))
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    is_answer: Mapped[bool] = mapped_column(default=True)


class ReadingJob(Base):
    """The truth about reading a document: the queue may forget it, this row does not.

    `state` is waiting, leased, done or failed. A lease that has run out is put back by the tick.
    """

    __tablename__ = "reading_job"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
