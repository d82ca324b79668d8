"""Weighing: the documents given for an answer are held against it, and the best of their verdicts counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from compliance.answers.routing import Answers, Item
from compliance.evidence.checked import PROCURER, SUPPLIER, Role, Word, claimed, settled
from compliance.evidence.facts import STATES, Fact, Reading
from compliance.evidence.matching import Expectation, Finding, Proof, compare, verdict
from compliance.evidence.naming import KnownSupplier
from compliance.evidence.page_range import Range, preferring
from compliance.questionnaires.model import Evidence, Question
from compliance.scoring.items import Item as ScoringItem
from compliance.scoring.words import Verdict
from compliance.storage.models import AnswerDocument, CheckedFact, Document, FactRow, Supplier
from compliance.workflow.registering import identity_of

BEST_FIRST = (
    Verdict.ACCEPTED,
    Verdict.CHECKED,
    Verdict.NONE,
    Verdict.EXPIRED,
    Verdict.WRONG_HOLDER,
)


@dataclass(frozen=True)
class Weighed:
    """One document as proof of one answer: what the machine found, and the verdict that counts."""

    use: AnswerDocument
    findings: tuple[Finding, ...]
    verdict: Verdict


class AnswerWord(StrEnum):
    """What a person may say about an answer: about "does not apply to us", about a failure, about a false answer."""

    NA_ACCEPTED = "na_accepted"
    NA_REFUSED = "na_refused"
    REMEDIED = "remedied"
    FALSE = "false"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class AnswerJudgement:
    """A person's word about an answer as it stood at a revision; a changed answer has to be judged anew."""

    word: AnswerWord
    revision: int


@dataclass(frozen=True)
class WeighedQuestion:
    """Everything about one question that goes into a snapshot; `item` is None for what is not scored.

    `confirmed_from` is the day on which the round was sent in that the answer was confirmed from; `marks`
    what is said beside the answer: who saved it, whether from paper, whether secrecy is asked for.
    """

    asked: Item
    item: ScoringItem | None
    documents: tuple[Weighed, ...]
    revision: int
    judged: AnswerJudgement | None
    confirmed_from: date | None = None
    marks: Mapping[str, Any] = field(default_factory=dict)


def weigh(
    use: AnswerDocument,
    item: Item,
    claims: dict[str, str],
    supplier: Supplier,
    *,
    on: date,
    until: datetime | None = None,
) -> Weighed:
    """Hold one document against one answer. A person's judgement wins over the machine's verdict.

    What the supplier said about the document after `until` is left out: it belongs to a draft.
    """
    document = use.document
    if document.state not in STATES:  # not read yet
        return Weighed(use, (), Verdict(use.judged) if use.judged else Verdict.NONE)
    words = words_about(document, until=until)
    findings = hold_against(
        document, item.question, claims, supplier, on=on, pages=pages_of(use), words=words
    )
    return Weighed(use, findings, Verdict(use.judged or verdict(findings)))


def pages_of(use: AnswerDocument) -> Range:
    """On which pages the supplier says that the proof stands; None when it says nothing."""
    return None if use.first_page is None else (use.first_page, use.last_page or use.first_page)


def hold_against(  # noqa: PLR0913  what is held against what, as whom, when, where in it
    document: Document,
    question: Question,
    claims: dict[str, str],
    supplier: Supplier,
    *,
    on: date,
    pages: Range = None,
    words: tuple[Word, ...] = (),
) -> tuple[Finding, ...]:
    """What a document that has been read says as proof of an answer to a question, and what people say of it."""
    proof = Proof(
        supplier=known_supplier(supplier), expectation=_expectation(question.evidence), claims=claims
    )
    reading = reading_of(document, supplier)
    found = compare(preferring(settled(reading, words), pages), proof, on)
    return (*claimed(reading, words), *found)


def claims_about(question: Question, contract_id: int | None, answers: Answers) -> dict[str, str]:
    """What the answers say that a document must say too, by the fact's field."""
    claims: dict[str, str] = {}
    for comparison in question.evidence.compare if question.evidence else ():
        given = answers.get((comparison.answer, contract_id)) or answers.get((comparison.answer, None))
        if given is not None and isinstance(given.value, str):
            claims[comparison.fact] = given.value
    return claims


def best(weighed: Iterable[Weighed]) -> Verdict:
    """The verdict of several documents together: that of the best. Without documents: none."""
    return min((one.verdict for one in weighed), key=BEST_FIRST.index, default=Verdict.NONE)


def known_supplier(supplier: Supplier) -> KnownSupplier:
    """Whom the supplier's documents should name."""
    return KnownSupplier(supplier.name, identity_of(supplier))


def reading_of(document: Document, supplier: Supplier) -> Reading:
    """What was read from a stored document. Its text is not kept, only whether it named the supplier."""
    return Reading(
        state=document.state,
        sha256=document.sha256,
        pages=document.pages or 0,
        facts=tuple(_fact(row) for row in document.facts),
        text=(supplier.name,) if document.names_supplier else (),
        made_on=document.made_on.isoformat() if document.made_on else "",
        changed_on=document.changed_on.isoformat() if document.changed_on else "",
    )


def words_about(document: Document, *, until: datetime | None = None) -> tuple[Word, ...]:
    """What people said about a document's facts, in that order; of the supplier only what it said before `until`."""
    said = sorted(document.checked, key=lambda row: (row.said_at, row.id))
    return tuple(
        word_of(row) for row in said if until is None or row.role == PROCURER or row.said_at <= until
    )


def word_of(row: CheckedFact) -> Word:
    """A stored word as the evidence step knows it."""
    role: Role = PROCURER if row.role == PROCURER else SUPPLIER
    return Word(row.field, row.about, row.value, role)


def known_facts(document: Document) -> tuple[Fact, ...]:
    """What is known of a document: what the machine read, with the procurer's words in their places."""
    return settled(reading_of(document, document.supplier), words_about(document)).facts


def _expectation(evidence: Evidence | None) -> Expectation:
    if evidence is None:
        return Expectation()
    return Expectation(frozenset(evidence.kinds), evidence.standard, evidence.max_age_months)


def _fact(row: FactRow) -> Fact:
    x0, top, x1, bottom = row.box or (0.0, 0.0, 0.0, 0.0)
    return Fact(
        field=row.field,
        value=row.value,
        page=row.page or 0,
        box=(x0, top, x1, bottom),
        quote=row.quote,
        confidence=row.confidence,
        source=row.source,
        warnings=tuple(row.warnings),
        answer=row.is_answer,
    )
