"""An answer in words: what the check page, the own copy and the choice between two texts show."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from compliance.answers.routing import Item
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import Document
from compliance.web.languages import current_language
from compliance.web.supplier.posted import Typed
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


def whole_typed(typed: Typed) -> str:
    """Everything that was typed, also when it cannot be read as an answer."""
    return "\n".join([*typed.values, *_additions(typed.comment, typed.na_reason)])


def _additions(comment: str, na_reason: str) -> Iterable[str]:
    if na_reason:
        yield gettext("Why it does not apply: %(text)s", text=na_reason)
    if comment:
        yield gettext("Comment: %(text)s", text=comment)
