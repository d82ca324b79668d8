"""Saving what a section's form holds: every question by itself, so that one that is wrong holds up no other."""

from flask import flash
from werkzeug.datastructures import MultiDict

from compliance import clock
from compliance.answers.journey import JourneySection
from compliance.answers.routing import Item
from compliance.storage.models import Answer, Assessment
from compliance.web.supplier.giving import remove, take_posted
from compliance.web.supplier.posted import BadAnswerError, Typed, fields_of, read
from compliance.web.supplier.question_view import Trouble
from compliance.web.supplier.requested import me, session
from compliance.workflow.answering import NOTHING, Content, StaleAnswerError, judged_on, save_answer

Form = MultiDict[str, str]


def save_section(assessment: Assessment, section: JourneySection, form: Form) -> Trouble:
    """Save everything in the form that differs from what its page showed. Raises `NotAllowedNow`."""
    typed: dict[str, Typed] = {}
    messages: dict[str, dict[str, str]] = {}
    newer: dict[str, Answer] = {}
    refused: dict[str, tuple[str, ...]] = {}
    for item in section.items:
        fields = fields_of(form, item)
        if not fields.present or form.get("theirs") == item.id:
            continue
        typed[item.id] = fields.typed()
        try:
            save_one(assessment, item, fields.typed(), clear=form.get("clear") == item.id)
            del typed[item.id]
        except BadAnswerError as error:
            messages[item.id] = dict(error.messages)
        except StaleAnswerError as stale:
            newer[item.id] = stale.saved
        refused |= _give(assessment, item)
    _take_away(assessment, section, form.get("remove", ""))
    return Trouble(typed, messages, newer, refused)


def save_one(assessment: Assessment, item: Item, typed: Typed, *, clear: bool = False) -> Answer | None:
    """Save one answer; None when nothing was changed in the page.

    Raises `BadAnswerError`, `StaleAnswerError` and `NotAllowedNow`.
    """
    on = judged_on(assessment, today=clock.today())
    content = (
        Content(state=NOTHING.state, comment=typed.comment.strip()) if clear else read(typed, item, on=on)
    )
    if typed.was and content.fingerprint == typed.was:
        return None
    return save_answer(session(), assessment, item, content, seen=typed.seen, by=me(), now=clock.now())


def _give(assessment: Assessment, item: Item) -> dict[str, tuple[str, ...]]:
    outcome = take_posted(assessment, item, prefix=f"{item.id}:")
    for told in outcome.told:
        flash(told, "info")
    return {item.id: outcome.refused} if outcome.refused else {}


def _take_away(assessment: Assessment, section: JourneySection, which: str) -> None:
    """The button of a document carries question and document: `question/12`."""
    item_id, _, document_id = which.rpartition("/")
    item = next((one for one in section.items if one.id == item_id), None)
    if item is not None and document_id.isascii() and document_id.isdigit():
        remove(assessment, item, int(document_id))
