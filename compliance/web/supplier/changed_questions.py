"""What the supplier is told on its task list after the questions of its round were changed."""

from dataclasses import dataclass
from datetime import datetime

from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.versions import Change
from compliance.storage.models import Answer, Assessment
from compliance.storage.queries.answering import key_of
from compliance.web.languages import current_language
from compliance.web.supplier.requested import session
from compliance.workflow.moving import answers_set_aside, latest_move


@dataclass(frozen=True)
class ChangedQuestion:
    """A question that concerns this company: where it is asked, and what was answered before, in words."""

    item: Item
    section: JourneySection
    earlier: str


@dataclass(frozen=True)
class ChangedQuestions:
    """What a change meant for this company: what to answer again, what is new, what is no longer asked."""

    at: datetime
    afresh: tuple[ChangedQuestion, ...]
    added: tuple[ChangedQuestion, ...]
    removed: tuple[str, ...]
    kept: int


def changed_questions(assessment: Assessment, plan: Journey) -> ChangedQuestions | None:
    """The newest change of the round's questions; None when they were never changed."""
    moved = latest_move(session(), assessment)
    if moved is None:
        return None
    language = current_language()
    return ChangedQuestions(
        at=moved.at,
        afresh=tuple(_concerning(plan, [one for one in moved.changes if one.asks_afresh], assessment)),
        added=tuple(_concerning(plan, [one for one in moved.changes if one.kind == "added"], assessment)),
        removed=tuple(one.name.to(language) for one in moved.changes if one.kind == "removed"),
        kept=sum(one.keeps_answer for one in moved.changes),
    )


def _concerning(plan: Journey, changes: list[Change], assessment: Assessment) -> list[ChangedQuestion]:
    by_id, rows = {one.question: one for one in changes}, answers_set_aside(session(), assessment)
    return [
        ChangedQuestion(
            item, section, _earlier(by_id[item.question.id].old, item, rows.get(item.question.id, []))
        )
        for section in plan.sections
        for item in section.items
        if item.question.id in by_id
    ]


def _earlier(old: Question | None, item: Item, rows: list[Answer]) -> str:
    row = next((row for row in rows if key_of(row) == item.key), None)
    if old is None or row is None or row.value is None:
        return ""
    value = tuple(row.value) if isinstance(row.value, list) else row.value
    return type_of(old).show(value, old, current_language())
