"""The questionnaire of a round as a workbook: what is asked, a sheet for each section, and one for each table."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from flask_babel import gettext

from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.questionnaires.model import Column, Question
from compliance.questionnaires.question_types.dates import NEVER
from compliance.questionnaires.question_types.identities import country_names
from compliance.questionnaires.question_types.rows import cells_of
from compliance.questionnaires.question_types.tables import NONE
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.words import Text
from compliance.storage.models import Answer, Assessment
from compliance.web.languages import current_language
from compliance.web.supplier.posted import is_given_as_documents, may_not_apply
from compliance.web.workbooks.cell_text import fits
from compliance.web.workbooks.model import (
    MARK,
    VALUE,
    Book,
    Field,
    Headings,
    Line,
    LineSheet,
    TableColumn,
    TableSheet,
)
from compliance.workflow.answering import Content, content_of

KINDS = {"number": "number", "date": "date"}
LONGEST_NUMBER = 15
"""Digits that a spreadsheet keeps; a longer number goes as text."""

Rows = Mapping[Key, Answer]


def book_of(assessment: Assessment, plan: Journey, rows: Rows, *, buyer: str, mark: str) -> Book:
    """The workbook for a round as it stands, with the answers given so far."""
    return Book(
        title=gettext("Answers from %(company)s to %(buyer)s", company=assessment.supplier.name, buyer=buyer),
        guide_title=gettext("Read this first"),
        guide=tuple(_guide()),
        headings=Headings(
            question=gettext("Question"),
            help=gettext("Help"),
            answer=gettext("Answer"),
            comment=gettext("Comment"),
            reason=gettext("Why it does not apply"),
        ),
        sheets=tuple(sheet for section in plan.sections for sheet in _sheets(section, rows)),
        mark=mark,
    )


def _guide() -> Iterator[str]:
    yield gettext(
        "Fill in the yellow cells. Where there is something to choose, an arrow appears beside the cell."
    )
    yield gettext("Where several answers may be chosen, choose x beside each that is right.")
    yield gettext("Tables have sheets of their own; the question says which.")
    yield gettext("Write answers, not formulas. Write dates as year-month-day, for example 2026-03-12.")
    yield gettext("Documents cannot be put into the workbook. Upload them on the web.")
    yield gettext(
        "Save the file as .xlsx and upload it where you downloaded it. You see what would change before "
        "anything is saved. If your answers lead to more questions, you find those on the web."
    )


def _sheets(section: JourneySection, rows: Rows) -> Iterator[LineSheet | TableSheet]:
    title = section.title.to(current_language())
    if section.contract:
        title = f"{title} {section.contract.number}"
    contents = [(item, content_of(rows.get(item.key))) for item in section.items]
    yield LineSheet(title, tuple(line for item, content in contents for line in _lines(item, content)))
    for item, content in contents:
        if item.question.table:
            yield _table(item, content)


def _lines(item: Item, content: Content) -> Iterator[Line]:
    question = item.question
    may_say_why = may_not_apply(question)
    yield Line(
        id=item.id,
        question=_in(question.text),
        help="\n".join(_help(question)),
        answer=_answer(question, content),
        comment=_text_field(content.comment),
        reason=_text_field(content.na_reason) if may_say_why else None,
    )
    if item.kind.name == MANY:
        for option in question.options:
            chosen = isinstance(content.value, tuple) and option.code in content.value
            answer = Field(MARK if chosen else None, choices=(MARK,))
            yield Line(id=f"{item.id}#{option.code}", question=f"   {_in(option.label)}", answer=answer)


MANY = "many_of"


def _help(question: Question) -> Iterator[str]:
    yield _in(question.help.why)
    if question.help.counts:
        yield _in(question.help.counts)
    if question.table:
        yield gettext("Fill in the table on its own sheet: %(name)s.", name=_in(question.name))
    if is_given_as_documents(question):
        yield gettext("Upload the document on the web.")
    if question.type == MANY:
        yield gettext("Choose x beside each that is right.")


def ways_out(question: Question) -> dict[str, Text]:
    """What may be said in place of an answer, by the state it leads to."""
    words = vocabulary().wording["answers"]
    allowed = {"dont_know": question.dont_know_allowed, "na_claimed": may_not_apply(question)}
    return {state: words[state] for state, yes in allowed.items() if yes}


def fixed_answers(question: Question) -> dict[str, Text]:
    """What can be chosen as the answer itself, by the value it is kept as."""
    if question.table:
        return {NONE: question.table.none} if question.table.none else {}
    if question.type == MANY:
        return {}
    options = {option.code: option.label for option in question.options}
    never = question.date.never if question.date else None
    return options | ({NEVER: never} if never else {})


def cell_choices(column: Column) -> dict[str, Text]:
    """What can be chosen in a cell of a table."""
    never = column.date.never if column.date else None
    return {option.code: option.label for option in column.options} | ({NEVER: never} if never else {})


def _answer(question: Question, content: Content) -> Field | None:
    """The cell for the answer; None where nothing can be written, because the answer stands elsewhere."""
    language = current_language()
    choices = {**fixed_answers(question), **ways_out(question)}
    elsewhere = question.type == MANY or question.table is not None or is_given_as_documents(question)
    if elsewhere and not choices:
        return None
    kind = KINDS.get(question.type, "text")
    return Field(
        value=_value(question, content, choices),
        kind="number" if kind == "number" else "date" if kind == "date" else "text",
        choices=tuple(label.to(language) for label in choices.values()),
    )


def _value(question: Question, content: Content, choices: Mapping[str, Text]) -> VALUE:
    if content.state in choices:
        return choices[content.state].to(current_language())
    value = content.value
    if question.table:
        return choices[NONE].to(current_language()) if value == (NONE,) and NONE in choices else None
    if value is None or question.type == MANY or is_given_as_documents(question):
        return None
    text = value if isinstance(value, str) else ", ".join(value)
    if text in choices and question.type != "text":
        return choices[text].to(current_language())
    return _typed(text, question.type)


def _typed(text: str, kind: str) -> VALUE:
    """A kept value as the spreadsheet knows it: numbers and days as such."""
    if kind == "number" and len(text) <= LONGEST_NUMBER:
        return Decimal(text)
    if kind == "date":
        return date.fromisoformat(text)
    return text if fits(text) else None


def _text_field(text: str) -> Field:
    return Field(text or None)


def _table(item: Item, content: Content) -> TableSheet:
    rule = item.question.table
    assert rule is not None, "asked only for tables"
    rows = [cells_of(row) for row in content.value or () if row != NONE]
    return TableSheet(
        id=item.id,
        title=_in(item.question.name),
        question=_in(item.question.text),
        columns=tuple(_column(column) for column in rule.columns),
        rows=tuple(
            {column.code: _cell(row.get(column.code), column) for column in rule.columns} for row in rows
        ),
        most_rows=rule.max_rows,
    )


def _column(column: Column) -> TableColumn:
    labels = tuple(label.to(current_language()) for label in cell_choices(column).values())
    if column.type == "country":
        labels = tuple(country_names(current_language()).values())
    kind = KINDS.get(column.type, "text")
    name = _in(column.label)
    return TableColumn(
        code=column.code,
        label=name if column.required else gettext("%(name)s (if you know)", name=name),
        kind="number" if kind == "number" else "date" if kind == "date" else "text",
        choices=labels,
    )


def _cell(text: str | None, column: Column) -> VALUE:
    if text is None:
        return None
    if column.type == "country":
        return country_names(current_language()).get(text, text)
    choices = cell_choices(column)
    return choices[text].to(current_language()) if text in choices else _typed(text, column.type)


def _in(text: Text) -> str:
    return text.to(current_language())
