"""Step 2, questionnaires: questions that a document answers."""

from collections.abc import Sequence
from datetime import date

from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.value_rules import UploadRule

LONGEST_REFERENCE = 64


class Upload(QuestionType):
    """Documents; kept as their references, each once, in the order given."""

    name = "upload"
    setting = "upload"
    multiple = True

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The references of stored documents; whether they exist is the store's to say."""
        del on
        references = tuple(dict.fromkeys(text.strip() for text in posted if text.strip()))
        if not all(r.isascii() and r.isalnum() and len(r) <= LONGEST_REFERENCE for r in references):
            raise BadValueError("unknown_document")
        most = (question.upload or UploadRule()).max_files
        if len(references) > most:
            raise BadValueError("too_many_files", max=most)
        return references or None
