"""The proof under a question: what is expected, what was given, what was read from it, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext
from sqlalchemy.orm.attributes import set_committed_value

from compliance import clock
from compliance.answers.answer_set import AnswerSet
from compliance.answers.routing import Answers, Item
from compliance.answers.values import Key
from compliance.evidence.facts import STATES, WARNINGS
from compliance.evidence.matching import Finding
from compliance.questionnaires.question_types.uploads import Upload
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import AnswerDocument, Document, FactRow, Supplier
from compliance.web.fact_places import fact_place
from compliance.web.fact_words import fact_value
from compliance.web.languages import current_language
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.workflow.proving import most_documents
from compliance.workflow.replacing import versions_before
from compliance.workflow.scanning import INFECTED
from compliance.workflow.scoring import claims_of
from compliance.workflow.weighing import weigh

WAITING = "waiting"
SEVERAL = "standard"
TOLD_ABOUT = frozenset({"attention", "bad"})
Pages = tuple[int, int]
TONES = {"info": "good", "notice": "neutral", "warning": "attention", "serious": "bad"}


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation."""
    return text


ADVICE = {
    "other_holder": N_(
        "Upload one in your own company's name, or write in the comment how the companies belong together."
    ),
}


@dataclass(frozen=True)
class Said:
    """One fact with its name, in words, and what to know about it."""

    label: str
    value: str
    place: str
    quote: str
    note: str


@dataclass(frozen=True)
class Given:
    """One document given for an answer."""

    document: Document
    status: str
    tone: str
    advice: str
    findings: tuple[tuple[str, str], ...]
    facts: tuple[Said, ...]
    pages: str = ""
    """The pages that the supplier says count, as a person writes them."""

    earlier: tuple[Document, ...] = ()
    """The versions before this one, newest first."""


@dataclass(frozen=True)
class ProofView:
    """Everything that the proof panel of one question shows. `rule` is expected, on_request or none."""

    rule: str
    given: tuple[Given, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    """Documents that could be shown here too: number and what tells them apart."""

    errors: tuple[str, ...] = ()
    full: bool = False
    """Whether no more documents are taken here."""

    @property
    def untouched(self) -> bool:
        """Whether there is nothing in it of this company."""
        return not (self.given or self.others or self.errors)

    @property
    def shown(self) -> bool:
        """Whether there is anything to show or to give."""
        return self.rule != "none" or bool(self.given)

    @property
    def waiting(self) -> bool:
        """Whether a document has not been read yet."""
        return any(one.document.state == WAITING for one in self.given)


@dataclass(frozen=True)
class Shelf:
    """The documents of one company, and what they are held against."""

    supplier: Supplier
    documents: dict[int, Document]
    on: date
    answers: Callable[[], Answers] = AnswerSet
    """Asked for only when a document has to be held against them."""

    pages: Callable[[], Mapping[tuple[Key, int], Pages]] = dict
    """The pages that count, by answer and document; asked for only when there is a document."""

    def proof(self, item: Item, errors: Iterable[str] = ()) -> ProofView:
        """The proof panel of a question."""
        chosen = [self.documents[int(one)] for one in item.documents if int(one) in self.documents]
        return ProofView(
            rule=rule_for(item),
            given=tuple(self._given(document, item) for document in chosen),
            others=tuple((n, text) for n, text in self._choices.items() if self.documents[n] not in chosen),
            errors=tuple(errors),
            full=len(chosen) >= most_documents(item),
        )

    @cached_property
    def _choices(self) -> dict[int, str]:
        """What could be shown anywhere, and what tells it apart; of several versions the newest."""
        replaced = {document.replaces_id for document in self.documents.values()}
        return {
            number: _told_apart(document)
            for number, document in self.documents.items()
            if number not in replaced and document.file.scan_state != INFECTED
        }

    def _given(self, document: Document, item: Item) -> Given:
        status, tone = DOCUMENT_STATES[document.state]
        pages = self.pages().get((item.key, document.id))
        findings = () if document.state == WAITING else self._findings(document, item, pages)
        return Given(
            document=document,
            status=str(status),
            tone=tone,
            advice=gettext(document.state_reason or STATES[document.state]) if tone in TOLD_ABOUT else "",
            findings=tuple(_findings_in_words(findings)),
            facts=tuple(_said(row, document) for row in _told(document.facts)),
            pages=written_pages(pages),
            earlier=tuple(versions_before(document)),
        )

    def _findings(self, document: Document, item: Item, pages: Pages | None) -> tuple[Finding, ...]:
        first, last = pages or (None, None)
        use = AnswerDocument(judged=None, first_page=first, last_page=last)
        set_committed_value(use, "document", document)  # only looked at: it must not become a row
        found = weigh(use, item, claims_of(item, self.answers()), self.supplier, on=self.on).findings
        return tuple(finding for finding in found if finding.kind != "not_readable")


def rule_for(item: Item) -> str:
    """Whether proof is expected, only on request, or not wanted."""
    return "expected" if item.question.type == Upload.name else item.evidence


def _findings_in_words(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        sentence = gettext(finding.sentence) % finding.params
        advice = f" {gettext(ADVICE[finding.kind])}" if finding.kind in ADVICE else ""
        yield TONES[finding.severity], sentence + advice


def in_words(sentence: str) -> str:
    """A sentence of the evidence step in the reader's language."""
    return str(gettext(sentence))


def _told(rows: Iterable[FactRow]) -> Iterator[FactRow]:
    """The answer that counts for each field; a certificate may state several standards."""
    seen = set()
    for row in rows:
        if row.is_answer and row.field in FACTS and (row.field not in seen or row.field == SEVERAL):
            seen.add(row.field)
            yield row


def written_pages(pages: Pages | None) -> str:
    """A range of pages as people write it."""
    if pages is None:
        return ""
    first, last = pages
    return str(first) if first == last else f"{first}–{last}"


def _told_apart(document: Document) -> str:
    """The name with kind and day: people call many files the same."""
    kind = vocabulary().documents.get(document.kind or "")
    words = [kind.to(current_language())] if kind else []
    return f"{document.name} ({', '.join([*words, clock.day_of(document.uploaded_at).isoformat()])})"


def _said(row: FactRow, document: Document) -> Said:
    return Said(
        label=str(FACTS[row.field]),
        value=fact_value(row),
        place=fact_place(row, document.file.media_type),
        quote=row.quote,
        note=" ".join(gettext(WARNINGS[warning]) for warning in row.warnings if warning in WARNINGS),
    )
