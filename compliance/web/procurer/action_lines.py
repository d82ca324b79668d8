"""Proposed actions as staff read them: what is recommended, what the supplier says that it will do, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from compliance.answers.values import item_id
from compliance.decisions.actions import ReplyWord
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, ProposedAction
from compliance.storage.queries.actions import actions_of
from compliance.storage.queries.answering import key_of
from compliance.web.languages import current_language
from compliance.web.procurer.requested import session
from compliance.web.procurer.result_lines import anchor


@dataclass(frozen=True)
class ActionLine:
    """One proposed action. Without a reply `text` is empty and `by` is the recommended day."""

    name: str
    href: str
    failed: bool
    recommended: str
    recommended_on: date
    reply: str | None
    text: str
    by: date
    replied_by: str
    replied_at: datetime | None

    @property
    def own(self) -> bool:
        """Whether the supplier proposes something else than was recommended."""
        return self.reply == ReplyWord.OWN


def action_lines(assessment: Assessment | None) -> list[ActionLine]:
    """The proposed actions of a round that was submitted, failures first; none before that."""
    if assessment is None or assessment.submitted_at is None:
        return []
    numbers = {contract.id: contract.number for contract in assessment.contracts}
    return [_line(row, numbers) for row in actions_of(session(), assessment.id)]


def _line(row: ProposedAction, numbers: Mapping[int, str]) -> ActionLine:
    key, language = key_of(row), current_language()
    question = catalogue.get(row.questionnaire, row.version).question(row.question_id)
    name = question.name.to(language) if question else row.question_id
    number = numbers.get(key[1]) if key[1] is not None else None
    place = url_for("procurer.answers", assessment_id=row.assessment_id, questionnaire=row.questionnaire)
    return ActionLine(
        name=f"{name} ({number})" if number else name,
        href=f"{place}#{anchor(item_id(*key))}",
        failed=row.failed,
        recommended=row.recommended[language],
        recommended_on=row.recommended_on,
        reply=row.reply,
        text=row.text,
        by=row.promised_on or row.recommended_on,
        replied_by=row.replied_by.name if row.replied_by else "",
        replied_at=row.replied_at,
    )
