"""Step 2, questionnaires: answers in the supplier's own words."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.value_rules import TextRule


class FreeText(QuestionType):
    """Text; kept as written, without surrounding space and without control characters."""

    name = "text"
    setting = "text_rule"

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The text. Too long a text is refused, never cut."""
        del on
        if len(posted) > 1:
            raise BadValueError("too_many_values")
        rule = question.text_rule or TextRule()
        return clean_text(posted[0] if posted else "", max_length=rule.max_length) or None


def clean_text(text: str, *, max_length: int) -> str:
    """Text that can be stored: one kind of line break, composed letters, no control characters.

    Control characters are dropped because nobody can see or remove them. Raises BadValueError for halves of
    characters (lone surrogates) and for text longer than `max_length` characters.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadValueError("unreadable_text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    visible = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
    cleaned = unicodedata.normalize("NFC", visible).strip()
    if len(cleaned) > max_length:
        raise BadValueError("text_too_long", max=max_length, length=len(cleaned))
    return cleaned
