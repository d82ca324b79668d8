"""Saving what a section's form holds: every question by itself, so that one that is wrong holds up no other."""

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from compliance import clock
from compliance.answers.journey import JourneySection
from compliance.answers.routing import Item
from compliance.evidence.intake import Refusal
from compliance.storage.models import Answer, Assessment
from compliance.web.supplier.posted import BadAnswerError, Typed, fields_of, read
from compliance.web.supplier.proof_view import in_words
from compliance.web.supplier.question_view import Trouble
from compliance.web.supplier.requested import me, own_file, session, store
from compliance.workflow.answering import NOTHING, Content, StaleAnswerError, judged_on, save_answer
from compliance.workflow.proving import Upload, give_document, give_file, take_away

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
        refused |= _give(assessment, item, form)
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


def give_files(assessment: Assessment, item: Item, files: Iterable[FileStorage]) -> tuple[str, ...]:
    """Take in files for one question; what was refused, each with the file's name."""
    refused = []
    for file in files:
        if file.filename:
            upload = Upload(file.filename, file.read())
            outcome = give_file(session(), assessment, item, upload, store=store(), by=me(), now=clock.now())
            if isinstance(outcome, Refusal):
                refused.append(f"{file.filename}: {in_words(outcome.sentence)}")
    return tuple(refused)


def give_known(assessment: Assessment, item: Item, document_ids: Iterable[str]) -> tuple[str, ...]:
    """Hold up documents that were given before; what was refused."""
    refused = []
    for document_id in document_ids:
        if document_id.isascii() and document_id.isdigit():
            document = own_file(int(document_id))
            refusal = give_document(session(), assessment, item, document, by=me(), now=clock.now())
            if refusal is not None:
                refused.append(in_words(refusal.sentence))
    return tuple(refused)


def remove(assessment: Assessment, item: Item, document_id: int) -> None:
    """No longer hold up a document for an answer."""
    take_away(session(), assessment, item, own_file(document_id), store=store(), by=me(), now=clock.now())


def _give(assessment: Assessment, item: Item, form: Form) -> dict[str, tuple[str, ...]]:
    refused = [
        *give_files(assessment, item, request.files.getlist(f"{item.id}:file")),
        *give_known(assessment, item, form.getlist(f"{item.id}:document")),
    ]
    return {item.id: tuple(refused)} if refused else {}


def _take_away(assessment: Assessment, section: JourneySection, which: str) -> None:
    """The button of a document carries question and document: `question/12`."""
    item_id, _, document_id = which.rpartition("/")
    item = next((one for one in section.items if one.id == item_id), None)
    if item is not None and document_id.isascii() and document_id.isdigit():
        remove(assessment, item, int(document_id))
