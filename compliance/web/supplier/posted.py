"""What was posted about a question: kept as typed, and read into what an answer says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from compliance.answers.routing import Item
from compliance.questionnaires.model import Criticality, Question
from compliance.questionnaires.question_types import BadValueError, Value, posted_rows, type_of
from compliance.questionnaires.question_types.numbers import written
from compliance.questionnaires.question_types.texts import clean_text
from compliance.questionnaires.question_types.uploads import Upload
from compliance.storage.models import Answer
from compliance.web.languages import current_language
from compliance.workflow.answering import CLEARED, Content, content_of

STATE = "state:"
"""Before "don't know" and "does not apply", which stand among the values."""

LONGEST_COMMENT = 4000
NO_REVISION = 0
LARGEST_REVISION = 2**31 - 1


class BadAnswerError(ValueError):
    """What was typed cannot be saved; `messages` say why, by field."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(", ".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Typed:
    """One question's fields as they stand in the page. `was` is the fingerprint of what the page showed as saved."""

    values: tuple[str, ...] = ()
    comment: str = ""
    na_reason: str = ""
    seen: int = NO_REVISION
    was: str = ""

    def has(self, value: str) -> bool:
        """Whether an option is chosen."""
        return value in self.values

    @property
    def text(self) -> str:
        """What stands in a field for one line of text."""
        return next((value for value in self.values if not value.startswith(STATE)), "")


@dataclass(frozen=True)
class Fields:
    """The part of a form that is about one question: every name begins with the question's."""

    form: MultiDict[str, str] = field(repr=False)
    prefix: str = ""

    @property
    def present(self) -> bool:
        """Whether the page had this question at all: what is not there was not emptied."""
        return f"{self.prefix}present" in self.form

    def typed(self) -> Typed:
        """What was typed; the cells of a table as its rows."""
        name = f"{self.prefix}value"
        return Typed(
            values=(*self.form.getlist(name), *posted_rows(self.form.items(multi=True), name)),
            comment=self.form.get(f"{self.prefix}comment", ""),
            na_reason=self.form.get(f"{self.prefix}na_reason", ""),
            seen=_revision(self.form.get(f"{self.prefix}revision", "")),
            was=self.form.get(f"{self.prefix}was", ""),
        )


def fields_of(form: MultiDict[str, str], item: Item) -> Fields:
    """The fields of one question in the form of a whole section."""
    return Fields(form, f"{item.id}:")


def typed_from(row: Answer | None, item: Item) -> Typed:
    """The fields as a stored answer fills them."""
    content = content_of(row)
    state = () if content.state in {"answered", CLEARED} else (STATE + content.state,)
    return Typed(
        values=state or _shown(content.value, item),
        comment=content.comment,
        na_reason=content.na_reason,
        seen=row.revision if row else NO_REVISION,
        was=content.fingerprint,
    )


def read(typed: Typed, item: Item, *, on: date) -> Content:
    """What an answer says. Raises `BadAnswerError` with a message for every field that cannot be taken."""
    messages: dict[str, str] = {}
    states = [value.removeprefix(STATE) for value in typed.values if value.startswith(STATE)]
    values = [value for value in typed.values if not value.startswith(STATE)]
    value = _value(values, item, on, messages)
    comment = _text(typed.comment, "comment", messages)
    na_reason = _text(typed.na_reason, "na_reason", messages)
    state = _state(states, has_value=value is not None, item=item, messages=messages)
    if messages:
        raise BadAnswerError(messages)
    if is_given_as_documents(item.question) and state == CLEARED and comment:
        state = "answered"  # the documents are the answer; the comment belongs to it
    return Content(
        state=state,
        value=value if state == "answered" else None,
        comment=comment,
        na_reason=na_reason if state == "na_claimed" else "",
    )


def may_not_apply(question: Question) -> bool:
    """Whether the supplier may hold that the question does not apply: never for what is zero tolerance."""
    return question.na_allowed and question.criticality is not Criticality.ZERO_TOLERANCE


def is_given_as_documents(question: Question) -> bool:
    """Whether the documents themselves are the answer."""
    return question.type == Upload.name


def in_words(error: BadValueError) -> str:
    """A refusal in the reader's language."""
    told = str(gettext(error.sentence)) % error.values(current_language())
    if error.place is None:
        return told
    column = error.place.column.to(current_language())
    return str(
        gettext("Row %(row)s, %(column)s: %(problem)s", row=error.place.row, column=column, problem=told)
    )


def _value(values: list[str], item: Item, on: date, messages: dict[str, str]) -> Value | None:
    if is_given_as_documents(item.question):
        return None
    try:
        return type_of(item.question).parse(values, item.question, on=on)
    except BadValueError as error:
        for problem in error.problems:
            messages[f"value{problem.place.field}" if problem.place else "value"] = in_words(problem)
        return None


def _text(text: str, name: str, messages: dict[str, str]) -> str:
    try:
        return clean_text(text, max_length=LONGEST_COMMENT)
    except BadValueError as error:
        messages[name] = in_words(error)
        return text


def _state(states: list[str], *, has_value: bool, item: Item, messages: dict[str, str]) -> str:
    if not states:
        return "answered" if has_value else CLEARED
    allowed = {"dont_know": item.question.dont_know_allowed, "na_claimed": may_not_apply(item.question)}
    if len(states) > 1 or has_value:
        messages["value"] = gettext("Give one answer only.")
    elif not allowed.get(states[0], False):
        messages["value"] = gettext("Choose one of the options.")
    return states[0]


def _shown(value: Value | None, item: Item) -> tuple[str, ...]:
    """A value as people type it: a number with the comma of their language."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    actual = type_of(item.question).actual(value)
    return (written(actual, current_language()) if isinstance(actual, Decimal) else value,)


def _revision(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        return NO_REVISION
    return min(int(text[:12]), LARGEST_REVISION)
