"""Answering as a demo supplier would: what is written in rounds.yaml, and the best answer to everything else."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from compliance.answers.routing import Item
from compliance.demo.papers import filled
from compliance.evidence.store import EvidenceStore
from compliance.questionnaires.model import Column, Question, TableRule
from compliance.questionnaires.question_types import Value, type_of
from compliance.questionnaires.question_types.tables import NONE
from compliance.storage.models import Assessment, User
from compliance.workflow.answering import Content, journey_of, note_progress, save_answer
from compliance.workflow.proving import Upload, give_file

USUAL_AGE = timedelta(days=200)
MOST_ROUNDS = 20
TEXT, COMMENT = "Exempel (påhittat)", "Vi håller på och är klara till våren."


def answer_all(
    session: Session,
    assessment: Assessment,
    written: Mapping[str, Any],
    *,
    by: User,
    today: date,
    now: datetime,
) -> None:
    """Answer question after question, as answers bring up new ones; `share` of the entry says when to stop.

    `today` is the day the demo is made, from which written days are counted; `now` the moment of the answers.
    """
    answers = filled(written.get("answers", {}), {}, today)
    enough = 100 * written["share"] if "share" in written else 101
    for _ in range(MOST_ROUNDS):
        journey = journey_of(session, assessment, now=now)
        open_items = [one.item for one in journey.missing if one.lack == "unanswered"]
        if not open_items or journey.progress.share >= enough:
            break
        for item in open_items[:10]:
            content = _content(item, answers, day=now.date())
            save_answer(session, assessment, item, content, seen=0, by=by, now=now)
        note_progress(session, assessment, now=now)


def give_papers(  # noqa: PLR0913  who gives what from where to where, when
    session: Session,
    assessment: Assessment,
    written: Mapping[str, Any],
    *,
    folder: Path,
    store: EvidenceStore,
    by: User,
    now: datetime,
) -> None:
    """Hold the written papers up for their questions."""
    for item, file in _papers(session, assessment, written, now):
        upload = Upload(name=file, data=(folder / file).read_bytes())
        give_file(session, assessment, item, upload, store=store, by=by, now=now)
    note_progress(session, assessment, now=now)


def _papers(
    session: Session, assessment: Assessment, written: Mapping[str, Any], now: datetime
) -> Iterator[tuple[Item, str]]:
    papers = written.get("papers", {})
    for item in journey_of(session, assessment, now=now).items:
        for file in papers.get(item.key[0], ()):
            yield item, file


def _content(item: Item, answers: Mapping[str, Any], *, day: date) -> Content:
    question = item.question
    if question.type == "upload":
        return Content(state="dont_know")
    value = answers.get(question.id, _best(question, day))
    option = question.option(value) if isinstance(value, str) else None
    needs_comment = value == "partly" or (option is not None and option.needs_comment)
    return Content(
        state="answered",
        value=_kept(value, question, day),
        comment=COMMENT if needs_comment else "",
    )


def _kept(value: Any, question: Question, day: date) -> Value | None:
    """A written answer as it is kept: rows of a table as lines of JSON, choices as a tuple."""
    if question.type == "table":
        return type_of(question).from_json(value, question, on=day)
    return tuple(value) if isinstance(value, list) else value


def _best(question: Question, day: date) -> Any:
    """The answer of a supplier that does everything right."""
    if question.type == "yes_partly_no":
        return "yes"
    if question.type in {"one_of", "many_of"}:
        return _best_option(question)
    if question.type == "number":
        return _best_number(question)
    if question.table:
        return NONE if question.table.none else [_row(question.table)]
    return (day - USUAL_AGE).isoformat() if question.type == "date" else TEXT


def _best_number(question: Question) -> Value:
    steps = question.number.steps if question.number else ()
    lowest = question.number.min if question.number else None
    most = max((step.at_least or 0 for step in steps), default=10)
    return str(most or lowest or 0)


def _row(table: TableRule) -> Mapping[str, str]:
    """A row with every cell that is needed, where nothing else is written."""
    needed = [column for column in table.columns if column.required]
    return {column.code: _CELLS[column.type](column) for column in needed}


_CELLS: Mapping[str, Callable[[Column], str]] = {
    "text": lambda _: TEXT,
    "number": lambda column: str((column.number and column.number.min) or 0),
    "date": lambda _: "2025-01-01",
    "one_of": lambda column: column.options[0].code,
    "country": lambda _: "NO",
    "organisation_number": lambda _: "",
}


def _best_option(question: Question) -> Value:
    if question.type == "one_of":
        return max(question.options, key=lambda option: option.credit or 0).code
    worth = tuple(option.code for option in question.options if option.credit and not option.exclusive)
    return worth or (question.options[-1].code,)
