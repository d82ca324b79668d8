"""Copying: the record of a submitted round, from the snapshot that was scored and never from what is being typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.routing import Item, route
from compliance.answers.values import Key
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Question, Questionnaire
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.tables import NONE, Table
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.words import LANGUAGES, Text
from compliance.storage.models import Answer, Assessment, Document, PaperEntry, SecrecyRequest, User
from compliance.storage.queries.answering import answers_of as stored_answers
from compliance.storage.queries.answering import document_ids_of, key_of
from compliance.storage.queries.assessments import documents_by_id, newest_scorecard
from compliance.workflow import record as copy
from compliance.workflow.answering import journey_of
from compliance.workflow.gathering import answers_of
from compliance.workflow.record import Record
from compliance.workflow.registering import identity_of
from compliance.workflow.submitting import receipt_head

Entry = Mapping[str, Any]
"""One question in a snapshot, see `snapshots.question_json`."""


@dataclass(frozen=True)
class Beside:
    """What is known about the answers beside their content, by question."""

    rows: Mapping[Key, Answer] = field(default_factory=dict)
    secrecy: Mapping[Key, SecrecyRequest] = field(default_factory=dict)
    paper: PaperEntry | None = None
    staff: frozenset[int] = frozenset()
    submitted_at: datetime | None = None


def record_of(session: Session, assessment: Assessment, *, buyer: str) -> Record | None:
    """The record of the newest submission; None before the first."""
    card, head = newest_scorecard(session, assessment.id), receipt_head(session, assessment)
    if card is None or head is None or assessment.submitted_at is None:
        return None
    asked = [entry for entry in card.inputs["questions"] if entry["asked"]]
    beside = _beside(session, assessment)
    return Record(
        assessment=assessment.id,
        buyer=buyer,
        company=copy.Company(
            name=assessment.supplier.name,
            country=assessment.supplier.country,
            identity_number=identity_of(assessment.supplier).display(),
        ),
        contracts=tuple(copy.ContractRef(number=c.number, title=c.title) for c in assessment.contracts),
        questionnaires=tuple(_questionnaires(asked)),
        submission=_submission(assessment, assessment.submitted_at, head, beside.paper),
        sections=tuple(_sections(asked, {c.id: c.number for c in assessment.contracts}, beside)),
        documents=tuple(_documents(session, asked)),
    )


def questions_ahead(session: Session, assessment: Assessment, *, now: datetime) -> tuple[Item, ...]:
    """Every question of a round in the order of the form, asked or not, as far as that is known now."""
    plan = journey_of(session, assessment, now=now)
    known = next(iter((*plan.items, *plan.hidden)), None)
    if known is None:
        return ()
    return route(known.round, answers_of(session, assessment), document_ids_of(session, assessment.id))


def _beside(session: Session, assessment: Assessment) -> Beside:
    secrecy = session.scalars(select(SecrecyRequest).where(SecrecyRequest.assessment_id == assessment.id))
    staff = session.scalars(select(User.id).where(User.contact_id.is_(None)))
    return Beside(
        rows=stored_answers(session, assessment.id),
        secrecy={key_of(row): row for row in secrecy},
        paper=session.scalar(select(PaperEntry).where(PaperEntry.assessment_id == assessment.id)),
        staff=frozenset(staff),
        submitted_at=assessment.submitted_at,
    )


def _submission(
    assessment: Assessment, submitted_at: datetime, head: str, paper: PaperEntry | None
) -> copy.Submission:
    return copy.Submission(
        name=assessment.attested_name,
        role=assessment.attested_role,
        submitted_at=submitted_at,
        receipt_mark=head,
        on_paper=copy.OnPaper(received_on=paper.received_on, reason=paper.reason)
        if paper and paper.sent_in_at
        else None,
    )


def _questionnaires(asked: list[Entry]) -> Iterator[copy.QuestionnaireRef]:
    for key, version in dict.fromkeys((entry["questionnaire"], entry["version"]) for entry in asked):
        yield copy.QuestionnaireRef(key=key, version=version, title=_words(catalogue.get(key, version).title))


def _sections(
    asked: list[Entry], contracts: Mapping[int, str], beside: Beside
) -> Iterator[copy.CopiedSection]:
    order = sorted(asked, key=_place(asked))
    for (key, section, contract), entries in groupby(order, key=_page):
        listed = list(entries)
        form = catalogue.get(key, listed[0]["version"])
        yield copy.CopiedSection(
            questionnaire=key,
            id=section,
            title=_words(next(one.title for one in form.sections if one.id == section)),
            contract=contracts.get(contract) if contract else None,
            answers=tuple(_answer(entry, form, beside) for entry in listed),
        )


def _page(entry: Entry) -> tuple[str, str, int | None]:
    return entry["questionnaire"], entry["section"], entry["contract"]


def _place(asked: list[Entry]) -> Any:
    """Pages in the order in which they first come, as in the form."""
    pages = list(dict.fromkeys(map(_page, asked)))
    return lambda entry: pages.index(_page(entry))


def _answer(entry: Entry, form: Questionnaire, beside: Beside) -> copy.CopiedAnswer:
    question = form.question(entry["question"])
    assert question is not None, "released questionnaires are frozen"
    return copy.CopiedAnswer(
        id=entry["id"],
        name=_words(question.name),
        question=_words(question.text),
        type=question.type,
        state=entry["answer"],
        value=entry["value"],
        text=_text(entry, question),
        table=_table(entry, question),
        comment=entry["comment"],
        na_reason=entry["na_reason"],
        documents=tuple(dict.fromkeys(one["sha256"] for one in entry["documents"])),
        **_said_beside(entry, beside),
    )


def _said_beside(entry: Entry, beside: Beside) -> dict[str, Any]:
    """Marks of an answer. What came after the submission is a draft: of that only the wish for secrecy is told."""
    key = (entry["question"], entry["contract"])
    row, secrecy = beside.rows.get(key), beside.secrecy.get(key)
    same = row is not None and row.revision == entry["revision"]
    late = bool(secrecy and beside.submitted_at and secrecy.asked_at > beside.submitted_at)
    return {
        "confirmed_from": row.confirmed_from_id if row and same else None,
        "on_paper": bool(row and same and beside.paper and row.answered_by_id in beside.staff),
        "secrecy": copy.Secrecy(covers=secrecy.covers, reason="" if late else secrecy.reason)
        if secrecy
        else None,
    }


def _text(entry: Entry, question: Question) -> tuple[copy.Words, ...]:
    """What was answered, a line for each part; nothing for documents and tables, which say it themselves."""
    fixed = vocabulary().wording["answers"].get(entry["answer"] or "")
    if fixed is not None:
        return (_words(fixed),)
    value, kind = entry["value"], type_of(question)
    if value is None or kind.setting == "upload" or (question.table and value != [NONE]):
        return ()
    parts = [(one,) for one in value] if isinstance(value, list) else [value]
    return tuple(copy.Words(**{lang: kind.show(one, question, lang) for lang in LANGUAGES}) for one in parts)


def _table(entry: Entry, question: Question) -> copy.TableCopy | None:
    value = entry["value"]
    if question.table is None or not value or value == [NONE]:
        return None
    views = {lang: Table().filled_in(tuple(value), question, lang) for lang in LANGUAGES}
    cells = zip(views["sv"].rows, views["en"].rows, strict=True)
    figures = zip(views["sv"].figures, views["en"].figures, strict=True)
    return copy.TableCopy(
        columns=tuple(_words(column.label) for column in question.table.columns),
        rows=tuple(
            tuple(copy.Words(sv=a.text, en=b.text) for a, b in zip(sv, en, strict=True)) for sv, en in cells
        ),
        figures=tuple(
            copy.CopiedFigure(
                label=copy.Words(sv=sv.label, en=en.label),
                text=copy.Words(sv=sv.text, en=en.text),
                made_of=copy.Words(sv=sv.made_of, en=en.made_of),
            )
            for sv, en in figures
        ),
    )


def _documents(session: Session, asked: list[Entry]) -> Iterator[copy.CopiedDocument]:
    given = {one["document"]: one["sha256"] for entry in asked for one in entry["documents"]}
    rows = documents_by_id(session, set(given))
    for document_id, sha256 in given.items():
        row = rows.get(document_id)
        yield copy.CopiedDocument(sha256=sha256) if row is None else _document(row)


def _document(row: Document) -> copy.CopiedDocument:
    return copy.CopiedDocument(
        sha256=row.sha256,
        name=row.name,
        size=row.file.size,
        uploaded_at=row.uploaded_at,
        state=row.state,
        facts=tuple(
            copy.CopiedFact(field=fact.field, value=fact.value, page=fact.page)
            for fact in row.facts
            if fact.is_answer
        ),
    )


def _words(text: Text) -> copy.Words:
    return copy.Words(sv=text.sv, en=text.en)
