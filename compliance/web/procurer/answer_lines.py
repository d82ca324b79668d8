"""Answers, proof and score side by side: a line a question, from the snapshot and not from what is being typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext

from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Question, Questionnaire
from compliance.questionnaires.question_types import type_of
from compliance.storage.models import Contract, Document, Scorecard
from compliance.web.languages import current_language
from compliance.web.procurer.state_words import ANSWER_STATES

FINDING_TONES = {
    "info": ("good", "check"),
    "notice": ("neutral", "info"),
    "warning": ("attention", "alert"),
    "serious": ("bad", "cross"),
}
"""How a finding looks: its tone and its sign."""


@dataclass(frozen=True)
class FindingLine:
    """One thing found in a document, as a sentence."""

    text: str
    tone: str
    sign: str


@dataclass(frozen=True)
class DocumentLine:
    """A document as proof of one answer. `row` is None when it is kept no longer."""

    use: int
    row: Document | None
    verdict: str
    judged: str | None
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True)
class AnswerLine:
    """One question with what was said, what proves it, and what it cost."""

    id: str
    question: str
    name: str
    contract: Contract | None
    contract_id: int | None
    question_id: str
    answer: str
    comment: str
    na_reason: str
    na_claimed: bool
    judged: str | None
    confirmed_from: date | None
    criticality: str
    scored: bool
    expects_evidence: bool
    verdict: str
    documents: tuple[DocumentLine, ...]
    loss: Mapping[str, Any] | None


@dataclass
class SectionLines:
    """The asked questions of one section, for the company or one contract."""

    title: str
    contract: Contract | None
    lines: list[AnswerLine] = field(default_factory=list)


def sections_of(
    card: Scorecard, key: str, contracts: Iterable[Contract], documents: Mapping[int, Document]
) -> list[SectionLines]:
    """The sections of one questionnaire as they stood when the snapshot was made."""
    by_id = {contract.id: contract for contract in contracts}
    losses = {loss["id"]: loss for loss in card.result["points"]}
    sections: dict[tuple[str, int | None], SectionLines] = {}
    for entry in _asked(card, key):
        form = catalogue.get(key, entry["version"])
        contract = by_id.get(entry["contract"])
        place = (entry["section"], entry["contract"])
        if place not in sections:
            sections[place] = SectionLines(_section_title(form, entry["section"]), contract)
        sections[place].lines.append(_line(entry, contract, documents, losses.get(entry["id"])))
    return list(sections.values())


def document_ids(card: Scorecard) -> set[int]:
    """The documents that a snapshot shows."""
    return {given["document"] for entry in card.inputs["questions"] for given in entry["documents"]}


def question_names(card: Scorecard) -> dict[str, str]:
    """The short names of all questions in a snapshot, by item id; with the contract where asked per contract."""
    return {entry["id"]: _question(entry).name.to(current_language()) for entry in card.inputs["questions"]}


def questionnaire_of_items(card: Scorecard) -> dict[str, str]:
    """In which questionnaire each item stands, for links."""
    return {entry["id"]: entry["questionnaire"] for entry in card.inputs["questions"]}


def _asked(card: Scorecard, key: str) -> Iterator[dict[str, Any]]:
    for entry in card.inputs["questions"]:
        if entry["asked"] and entry["questionnaire"] == key:
            yield entry


def _question(entry: Mapping[str, Any]) -> Question:
    question = catalogue.get(entry["questionnaire"], entry["version"]).question(entry["question"])
    assert question is not None, "released questionnaires are frozen"
    return question


def _section_title(form: Questionnaire, section_id: str) -> str:
    return next(s.title.to(current_language()) for s in form.sections if s.id == section_id)


def _line(
    entry: Mapping[str, Any],
    contract: Contract | None,
    documents: Mapping[int, Document],
    loss: Mapping[str, Any] | None,
) -> AnswerLine:
    question, item, language = _question(entry), entry["item"] or {}, current_language()
    return AnswerLine(
        id=entry["id"],
        question=question.text.to(language),
        name=question.name.to(language),
        contract=contract,
        contract_id=entry["contract"],
        question_id=entry["question"],
        answer=_answer(entry, question),
        comment=entry["comment"],
        na_reason=entry["na_reason"],
        na_claimed=entry["answer"] == "na_claimed",
        judged=entry["judged"],
        confirmed_from=_day(entry.get("confirmed_from")),
        criticality=item.get("criticality", question.criticality.value),
        scored=bool(item) and question.scored,
        expects_evidence=item.get("expects_evidence", False),
        verdict=item.get("evidence", "none"),
        documents=tuple(_document(given, documents) for given in entry["documents"]),
        loss=loss if loss and loss["lost"] else None,
    )


def _day(text: str | None) -> date | None:
    """A day in a snapshot; those made before answers could be confirmed have none."""
    return date.fromisoformat(text) if text else None


def _answer(entry: Mapping[str, Any], question: Question) -> str:
    """The answer in words; for questions that documents answer, how many were given."""
    if entry["answer"] is None:
        return str(gettext("Not answered"))
    if entry["answer"] in ANSWER_STATES:
        return str(ANSWER_STATES[entry["answer"]])
    kind = type_of(question)
    if kind.setting == "upload":
        return str(gettext("See the documents"))
    value = entry["value"]
    return kind.show(tuple(value) if isinstance(value, list) else value, question, current_language())


def _document(given: Mapping[str, Any], documents: Mapping[int, Document]) -> DocumentLine:
    return DocumentLine(
        use=given["use"],
        row=documents.get(given["document"]),
        verdict=given["verdict"],
        judged=given["judged"],
        findings=tuple(_finding(found) for found in given["findings"]),
    )


def _finding(found: Mapping[str, Any]) -> FindingLine:
    sentence = found["sentence"]
    text = gettext(sentence)
    return FindingLine(text % found["params"] if found["params"] else text, *FINDING_TONES[found["severity"]])


@dataclass(frozen=True)
class UseLine:
    """One answer that a document is held up for, and what was found."""

    id: str
    questionnaire: str
    name: str
    verdict: str
    findings: tuple[FindingLine, ...]


def uses_in(card: Scorecard, document_id: int) -> list[UseLine]:
    """The answers of a snapshot that a document serves."""
    names = question_names(card)
    return [
        UseLine(
            entry["id"],
            entry["questionnaire"],
            names[entry["id"]],
            given["verdict"],
            tuple(_finding(found) for found in given["findings"]),
        )
        for entry in card.inputs["questions"]
        for given in entry["documents"]
        if entry["asked"] and given["document"] == document_id
    ]
