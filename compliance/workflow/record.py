"""Copying: the shape of the record of a submitted round, the same for supplier and buyer; version 1.

The JSON file is this record as it stands; the PDF says the same in one language. Fields are only ever added within a
version; what changes meaning gets a new version. `docs/own-copy.schema.json` is made from here.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A part of the record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """The same words in Swedish and English."""

    sv: str
    en: str


class Company(Part):
    """Who answered."""

    name: str
    country: str = Field(description="ISO 3166-1 alpha-2")
    identity_number: str = Field(
        description="Masked for a sole trader, whose number is a personal identity number"
    )


class ContractRef(Part):
    """A contract that the round covers."""

    number: str
    title: str


class QuestionnaireRef(Part):
    """Which questions were asked, in which released version."""

    key: str
    version: int
    title: Words


class OnPaper(Part):
    """The answers came on paper and the buyer typed them in."""

    received_on: date
    reason: str


class Submission(Part):
    """Who vouched for the answers, when they came in, and the mark of the receipt."""

    name: str
    role: str
    on_paper: OnPaper | None = None
    submitted_at: datetime = Field(description="In UTC")
    receipt_mark: str = Field(
        description="The head of the event chain at submission, as the receipt prints it"
    )


class CopiedFact(Part):
    """One fact read from a document."""

    field: str
    value: str
    page: int | None


class CopiedDocument(Part):
    """A document given as proof; `name` is empty for one that is kept no longer."""

    sha256: str
    name: str = ""
    size: int | None = Field(default=None, description="Bytes")
    uploaded_at: datetime | None = None
    state: str = Field(default="", description="How far it could be read")
    facts: tuple[CopiedFact, ...] = ()


class CopiedFigure(Part):
    """A number worked out from the rows, and what it was made of."""

    label: Words
    text: Words
    made_of: Words


class TableCopy(Part):
    """The rows of a table and the figures of all of them, in words."""

    columns: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    figures: tuple[CopiedFigure, ...] = ()


class Secrecy(Part):
    """The company asks that the answer, its documents or both be kept secret; the reason as it was given."""

    covers: str
    reason: str


class CopiedAnswer(Part):
    """One question with its answer. `value` is as the program keeps it, `text` as people read it.

    `documents` names those given for it by their sha256; `confirmed_from` is the earlier round whose answer the
    company confirmed, `on_paper` says that the buyer typed it in from paper.
    """

    id: str
    name: Words
    question: Words
    type: str
    state: Literal["answered", "dont_know", "na_claimed"] | None = Field(description="null: not answered")
    value: str | tuple[str, ...] | None = None
    text: tuple[Words, ...] = ()
    table: TableCopy | None = None
    comment: str = ""
    na_reason: str = ""
    secrecy: Secrecy | None = None
    confirmed_from: int | None = None
    on_paper: bool = False
    documents: tuple[str, ...] = ()


class CopiedSection(Part):
    """Answers that belong together; with the contract where they are about one."""

    questionnaire: str
    id: str
    title: Words
    contract: str | None
    answers: tuple[CopiedAnswer, ...]


class Record(Part):
    """Everything that was asked and answered in one round, as it was submitted."""

    format: Literal["compliance-record"] = "compliance-record"
    version: Literal[1] = 1
    assessment: int
    buyer: str
    company: Company
    contracts: tuple[ContractRef, ...]
    questionnaires: tuple[QuestionnaireRef, ...]
    submission: Submission
    sections: tuple[CopiedSection, ...]
    documents: tuple[CopiedDocument, ...]
