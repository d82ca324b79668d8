"""An answer in words: what the check page, the own copy and the choice between two texts show."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from compliance.answers.routing import Item
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.dates import NEVER
from compliance.questionnaires.question_types.table_view import CellView
from compliance.questionnaires.question_types.tables import NONE, Table
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import Document
from compliance.web.languages import current_language
from compliance.web.supplier.posted import STATE, Typed
from compliance.workflow.answering import Content, content_of_given


@dataclass(frozen=True)
class AnswerInWords:
    """One answer as people read it. `lines` is empty when nothing was answered."""

    item: Item
    lines: tuple[str, ...]
    comment: str
    na_reason: str
    documents: tuple[Document, ...] = ()


def answer_in_words(item: Item, documents: dict[int, Document]) -> AnswerInWords:
    """The answer that counts, with the documents given for it."""
    content = content_of_given(item.answer)
    given = (documents[int(reference)] for reference in item.documents if int(reference) in documents)
    return AnswerInWords(
        item=item,
        lines=lines_of(content, item),
        comment=content.comment,
        na_reason=content.na_reason,
        documents=tuple(given),
    )


def lines_of(content: Content, item: Item) -> tuple[str, ...]:
    """What was answered, a line for each part of it."""
    fixed = vocabulary().wording["answers"].get(content.state)
    if fixed is not None:
        return (fixed.to(current_language()),)
    if content.value is None:
        return ()
    kind, question = type_of(item.question), item.question
    parts = [(one,) for one in content.value] if isinstance(content.value, tuple) else [content.value]
    return tuple(kind.show(part, question, current_language()) for part in parts)


def whole_text(content: Content, item: Item) -> str:
    """Everything an answer says as one text, to be held beside another."""
    lines = lines_of(content, item) or (gettext("No answer"),)
    return "\n".join([*lines, *_additions(content.comment, content.na_reason)])


def whole_typed(typed: Typed, item: Item) -> str:
    """Everything that was typed, also when it cannot be read as an answer."""
    words = _words_of_codes(item)
    if item.question.table:
        chosen = [words[value] for value in typed.values if value in words]
        lines = [*_typed_rows(typed, item), *chosen]
    else:
        lines = [words.get(value, value) for value in typed.values]
    return "\n".join([*lines, *_additions(typed.comment, typed.na_reason)])


def _words_of_codes(item: Item) -> dict[str, str]:
    """What can be chosen in place of writing: options, "don't know", "nothing to report"."""
    table, language = item.question.table, current_language()
    fixed = {STATE + code: text.to(language) for code, text in vocabulary().wording["answers"].items()}
    nothing = {NONE: table.none.to(language)} if table and table.none else {}
    return {option.code: option.label.to(language) for option in item.question.options} | fixed | nothing


def _typed_rows(typed: Typed, item: Item) -> tuple[str, ...]:
    """The rows of a table, each with the names of its columns."""
    rows = [value for value in typed.values if value not in _words_of_codes(item)]
    view = Table().to_fill_in(rows, item.question, current_language())
    told = (", ".join(f"{one.label}: {_cell(one)}" for one in row if one.text) for row in view.rows)
    return tuple(text for text in told if text)


def _cell(cell: CellView) -> str:
    language, rule = current_language(), cell.column.date
    words = {option.code: option.label.to(language) for option in cell.column.options}
    if rule and rule.never:
        words[NEVER] = rule.never.to(language)
    return words.get(cell.text, cell.text)


def _additions(comment: str, na_reason: str) -> Iterable[str]:
    if na_reason:
        yield gettext("Why it does not apply: %(text)s", text=na_reason)
    if comment:
        yield gettext("Comment: %(text)s", text=comment)
