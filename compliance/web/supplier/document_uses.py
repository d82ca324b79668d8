"""Which answers a document serves, what it says for each, and which answers could be filled in from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext

from compliance.answers.journey import Journey
from compliance.answers.routing import Item
from compliance.answers.values import item_id
from compliance.evidence.checked import SUPPLIER
from compliance.evidence.facts import FIELD_WORDS, STATES
from compliance.storage.models import Assessment, Document
from compliance.storage.queries.answering import answer_to, key_of, own_assessment
from compliance.web.fact_words import value_in_words
from compliance.web.languages import current_language
from compliance.web.supplier.answer_words import whole_text
from compliance.web.supplier.posted import BadAnswerError, Typed, read
from compliance.web.supplier.proof_view import TONES
from compliance.web.supplier.requested import (
    is_open,
    journey,
    known_answers,
    section_of,
    session,
    today,
)
from compliance.workflow.answering import CLEARED, Content, content_of, judged_on
from compliance.workflow.scoring import claims_of
from compliance.workflow.weighing import known_facts, weigh


@dataclass(frozen=True)
class Serves:
    """One answer that a document is held up for: its name, where it is, and what was found (tone and sentence)."""

    name: str
    assessment: Assessment
    section: str
    item_id: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Offer:
    """An answer that could be filled in with what the document says. `present` is the answer as it stands, if any."""

    assessment: Assessment
    item: Item
    field: str
    said: str
    content: Content
    revision: int
    present: str

    @property
    def question(self) -> str:
        """The question in full."""
        return self.item.question.text.to(current_language())


def served_by(document: Document) -> list[Serves]:
    """The answers that a document is held up for, as far as the reader may see them; the newest round first."""
    return [
        Serves(
            item.question.name.to(current_language()),
            assessment,
            section_of(plan, item).key if is_open(assessment) else "",
            item.id,
            tuple(_findings(document, assessment, item)),
        )
        for assessment, plan, item in _items(document)
    ]


def offers_from(document: Document) -> list[Offer]:
    """What could be filled in, in rounds that are open: only where the question's definition names the fact."""
    offers: dict[tuple[int, str], Offer] = {}
    for assessment, plan, item in _items(document):
        if not is_open(assessment) or item.question.evidence is None:
            continue
        for comparison in item.question.evidence.compare:
            target = _target(plan, comparison.answer, item)
            offer = _offer(document, assessment, target, comparison.fact) if target is not None else None
            if offer is not None:
                offers.setdefault((assessment.id, offer.item.id), offer)
    return list(offers.values())


def _items(document: Document) -> Iterator[tuple[Assessment, Journey, Item]]:
    uses = sorted(document.uses, key=lambda use: (-use.assessment_id, use.id))
    rounds: dict[int, tuple[Assessment, Journey]] = {}
    for use in uses:
        if use.assessment_id not in rounds:
            row = own_assessment(session(), use.assessment_id, document.supplier_id)
            assert row is not None, "a document is held up in rounds of its own supplier"
            rounds[use.assessment_id] = (row, journey(row))
        assessment, plan = rounds[use.assessment_id]
        item = plan.item(item_id(*key_of(use)))
        if item is not None:
            yield assessment, plan, item


def _findings(document: Document, assessment: Assessment, item: Item) -> Iterator[tuple[str, str]]:
    if document.state not in STATES:
        return
    use = next(use for use in document.uses if use.assessment_id == assessment.id and key_of(use) == item.key)
    on = judged_on(assessment, today=today())
    claims = claims_of(item, known_answers(assessment))
    for finding in weigh(use, item, claims, assessment.supplier, on=on).findings:
        yield TONES[finding.severity], gettext(finding.sentence) % finding.params


def _target(plan: Journey, question_id: str, item: Item) -> Item | None:
    """The question that the fact answers: of the same contract, or of the company; None when it is not asked."""
    return plan.item(item_id(question_id, item.key[1])) or plan.item(item_id(question_id, None))


def _offer(document: Document, assessment: Assessment, target: Item, field: str) -> Offer | None:
    value = _said(document, field)
    if value is None:
        return None
    row = answer_to(session(), assessment.id, target.key)
    present = content_of(row)
    try:
        content = read(Typed(values=(value,)), target, on=judged_on(assessment, today=today()))
    except BadAnswerError:
        return None
    content = replace(content, comment=present.comment)
    if content.fingerprint == present.fingerprint:
        return None
    return Offer(
        assessment,
        target,
        field,
        f"{gettext(FIELD_WORDS[field])}: {value_in_words(field, value)}",
        content,
        row.revision if row is not None else 0,
        whole_text(replace(present, comment=""), target) if present.state != CLEARED else "",
    )


def _said(document: Document, field: str) -> str | None:
    """What the supplier said itself, else what was read without a doubt."""
    own = [word for word in document.checked if word.role == SUPPLIER and word.field == field]
    if own:
        return max(own, key=lambda word: word.said_at).value or None
    facts = (fact for fact in known_facts(document) if fact.field == field and fact.answer)
    return next((fact.value for fact in facts if not fact.warnings), None)
