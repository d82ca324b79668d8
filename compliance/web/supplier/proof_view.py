"""The proof under a question: what is expected, what was given, what was read from it, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm.attributes import set_committed_value

from compliance.answers.answer_set import AnswerSet
from compliance.answers.routing import Answers, Item
from compliance.evidence.facts import STATES, WARNINGS
from compliance.evidence.matching import Finding
from compliance.questionnaires.question_types.uploads import Upload
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import AnswerDocument, Document, FactRow, Supplier
from compliance.web.languages import current_language
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.workflow.proving import most_documents
from compliance.workflow.scoring import claims_of
from compliance.workflow.weighing import weigh

WAITING = "waiting"
SEVERAL = "standard"
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
    page: int | None
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


@dataclass(frozen=True)
class ProofView:
    """Everything that the proof panel of one question shows. `rule` is expected, on_request or none."""

    item: Item
    rule: str
    given: tuple[Given, ...] = ()
    others: tuple[Document, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there is anything to show or to give."""
        return self.rule != "none" or bool(self.given)

    @property
    def waiting(self) -> bool:
        """Whether a document has not been read yet."""
        return any(one.document.state == WAITING for one in self.given)

    @property
    def full(self) -> bool:
        """Whether no more documents are taken here."""
        return len(self.given) >= most_documents(self.item)

    @property
    def kinds(self) -> str:
        """What kinds of document would do, in words."""
        kinds = self.item.question.evidence.kinds if self.item.question.evidence else ()
        words = [vocabulary().documents[kind].to(current_language()) for kind in kinds]
        return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) if words else ""


@dataclass(frozen=True)
class Shelf:
    """The documents of one company, and what they are held against."""

    supplier: Supplier
    documents: dict[int, Document]
    on: date
    answers: Callable[[], Answers] = AnswerSet
    """Asked for only when a document has to be held against them."""

    def proof(self, item: Item, errors: Iterable[str] = ()) -> ProofView:
        """The proof panel of a question."""
        chosen = [self.documents[int(one)] for one in item.documents if int(one) in self.documents]
        return ProofView(
            item=item,
            rule=rule_for(item),
            given=tuple(self._given(document, item) for document in chosen),
            others=tuple(one for one in self.documents.values() if one not in chosen),
            errors=tuple(errors),
        )

    def _given(self, document: Document, item: Item) -> Given:
        status, tone = DOCUMENT_STATES[document.state]
        findings = () if document.state == WAITING else self._findings(document, item)
        return Given(
            document=document,
            status=str(status),
            tone=tone,
            advice=gettext(STATES[document.state]) if document.state in STATES and tone != "good" else "",
            findings=tuple(_findings_in_words(findings)),
            facts=tuple(_said(row) for row in _told(document.facts)),
        )

    def _findings(self, document: Document, item: Item) -> tuple[Finding, ...]:
        use = AnswerDocument(judged=None)
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


def _said(row: FactRow) -> Said:
    return Said(
        label=str(FACTS[row.field]),
        value=_value(row),
        page=row.page,
        quote=row.quote,
        note=" ".join(gettext(WARNINGS[warning]) for warning in row.warnings if warning in WARNINGS),
    )


def _value(row: FactRow) -> str:
    if row.field != "document_type":
        return row.value
    kind = vocabulary().documents.get(row.value)
    return kind.to(current_language()) if kind else gettext("Another document")
