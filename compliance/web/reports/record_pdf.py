"""Reports: the record of a submitted round as the typesetter takes it, in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_datetime, gettext

from compliance.questionnaires.vocabulary import vocabulary
from compliance.web.languages import current_language
from compliance.workflow.record import CopiedAnswer, CopiedDocument, CopiedSection, Record, TableCopy, Words


@dataclass(frozen=True)
class Vocabulary:
    """Words for what is kept as a code: fields of facts, states of documents, kinds of document."""

    facts: Mapping[str, Any]
    states: Mapping[str, Any]
    kinds: Mapping[str, str]


def fact_vocabulary(facts: Mapping[str, Any], states: Mapping[str, tuple[Any, str]]) -> Vocabulary:
    """The words of the pages: fields of facts, states of documents (with their tones), kinds of document."""
    kinds = {code: text.to(current_language()) for code, text in vocabulary().documents.items()}
    return Vocabulary(facts, {code: words for code, (words, _) in states.items()}, kinds)


def record_as_report(record: Record, words: Vocabulary) -> dict[str, Any]:
    """Everything in the record, in words."""
    titles = {form.key: _in(form.title) for form in record.questionnaires}
    names = {one.sha256: one.name for one in record.documents}
    return {
        "title": gettext("Answers of %(company)s", company=record.company.name),
        "language": current_language(),
        "facts": list(_facts(record)),
        "parts": [_part(section, titles, names) for section in record.sections],
        "documents_title": gettext("Documents"),
        "no_documents": gettext("No documents were given."),
        "documents": [_document(one, words) for one in record.documents],
    }


def _facts(record: Record) -> Iterator[list[str]]:
    company, sent = record.company, record.submission
    yield [gettext("Company"), f"{company.name}, {company.identity_number}"]
    for contract in record.contracts:
        yield [gettext("Contract"), f"{contract.title} ({contract.number})"]
    for form in record.questionnaires:
        version = gettext("version %(version)s", version=form.version)
        yield [gettext("Questions"), f"{_in(form.title)}, {version}"]
    yield [gettext("Sent in"), str(format_datetime(sent.submitted_at, "y-MM-dd HH:mm"))]
    yield [gettext("Vouched for by"), f"{sent.name}, {sent.role}"]
    if sent.on_paper:
        day = sent.on_paper.received_on.isoformat()
        yield [gettext("Came on paper"), f"{day}. {sent.on_paper.reason}"]
    yield [gettext("Receipt mark"), sent.receipt_mark]


def _part(section: CopiedSection, titles: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    title = f"{titles[section.questionnaire]}: {_in(section.title)}"
    return {
        "title": f"{title} ({section.contract})" if section.contract else title,
        "answers": [_answer(answer, names) for answer in section.answers],
    }


def _answer(answer: CopiedAnswer, names: Mapping[str, str]) -> dict[str, Any]:
    lines = [_in(line) for line in answer.text]
    if not lines and not answer.table and not answer.documents:
        lines = [gettext("Not answered")]
    return {
        "question": _in(answer.question),
        "lines": lines,
        "table": _table(answer.table) if answer.table else None,
        "notes": list(_notes(answer, names)),
    }


def _notes(answer: CopiedAnswer, names: Mapping[str, str]) -> Iterator[list[str]]:
    if answer.na_reason:
        yield [gettext("Why it does not apply"), answer.na_reason]
    if answer.comment:
        yield [gettext("Comment"), answer.comment]
    if answer.documents:
        yield [gettext("Documents"), "\n".join(names[one] or one for one in answer.documents)]
    if answer.secrecy:
        yield [gettext("Secrecy asked for"), answer.secrecy.reason or gettext("The reason came later.")]
    if answer.confirmed_from is not None:
        yield [gettext("Confirmed answer"), gettext("Given in an earlier round and confirmed in this one.")]
    if answer.on_paper:
        yield [gettext("On paper"), gettext("Typed in by the buyer from answers that came on paper.")]


def _table(table: TableCopy) -> dict[str, Any]:
    figures = ((_in(one.label), _in(one.text), _in(one.made_of)) for one in table.figures)
    return {
        "columns": [_in(column) for column in table.columns],
        "rows": [[_in(cell) for cell in row] for row in table.rows],
        "figures": [[label, f"{text} ({made})" if made else text] for label, text, made in figures],
    }


def _document(document: CopiedDocument, words: Vocabulary) -> dict[str, Any]:
    facts = [[gettext("Fingerprint (SHA-256)"), document.sha256]]
    if document.uploaded_at:
        facts.append([gettext("Uploaded"), str(format_datetime(document.uploaded_at, "y-MM-dd HH:mm"))])
    if document.state:
        facts.append(
            [gettext("How far it could be read"), str(words.states.get(document.state, document.state))]
        )
    for fact in document.facts:
        if fact.field in words.facts:
            value = words.kinds.get(fact.value, fact.value)
            page = gettext(" (page %(page)s)", page=fact.page) if fact.page else ""
            facts.append([str(words.facts[fact.field]), value + page])
    return {"name": document.name or gettext("A document that is kept no longer"), "facts": facts}


def _in(words: Words) -> str:
    return words.en if current_language() == "en" else words.sv
