"""What is posted about documents: files given and replaced, earlier ones chosen, pages named, one taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage, MultiDict

from compliance import clock
from compliance.answers.routing import Item
from compliance.evidence.intake import Refusal
from compliance.evidence.page_range import BadPagesError, parse_pages
from compliance.storage.models import Assessment, Document
from compliance.web.supplier.proof_view import in_words
from compliance.web.supplier.requested import me, own_file, session, store
from compliance.workflow.proving import (
    Received,
    Upload,
    give_document,
    give_file,
    name_pages,
    take_away,
)
from compliance.workflow.replacing import replace_file

Form = MultiDict[str, str]
REPLACE, PAGES = "replace/", "pages/"
"""Before the number of the document that a newer file replaces, or whose pages are named."""


@dataclass(frozen=True)
class Outcome:
    """What could not be taken, and what is worth knowing about what was; each a sentence with the file's name."""

    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.refused + other.refused, self.told + other.told)


NOTHING = Outcome()


def take_posted(assessment: Assessment, item: Item, *, prefix: str = "") -> Outcome:
    """Everything posted about the documents of one question. Raises `NotAllowedNow`."""
    done = [
        *(_give(assessment, item, file) for file in request.files.getlist(f"{prefix}file") if file.filename),
        *(_replace(assessment, item, old, file) for old, file in _newer_versions(prefix)),
        *(
            _give_known(assessment, item, one)
            for one in _documents(request.form.getlist(f"{prefix}document"))
        ),
        *(_name_pages(assessment, item, one, text) for one, text in _pages(request.form, prefix)),
    ]
    return sum(done, NOTHING)


def remove(assessment: Assessment, item: Item, document_id: int) -> None:
    """No longer hold up a document for an answer."""
    take_away(session(), assessment, item, own_file(document_id), store=store(), by=me(), now=clock.now())


def _give(assessment: Assessment, item: Item, file: FileStorage) -> Outcome:
    upload = Upload(file.filename or "", file.read())
    return _outcome(
        upload, give_file(session(), assessment, item, upload, store=store(), by=me(), now=clock.now())
    )


def _replace(assessment: Assessment, item: Item, old: Document, file: FileStorage) -> Outcome:
    upload = Upload(file.filename or "", file.read())
    said = replace_file(session(), assessment, item, old, upload, store=store(), by=me(), now=clock.now())
    return _outcome(upload, said)


def _outcome(upload: Upload, said: Received | Refusal) -> Outcome:
    if isinstance(said, Refusal):
        return Outcome(refused=(f"{upload.name}: {in_words(said.sentence)}",))
    if not said.is_known:
        return NOTHING
    name, known = upload.name, said.document.name
    if name == known:
        told = gettext("%(name)s: you have uploaded this file before. We use the one we have.", name=name)
    else:
        told = gettext(
            "%(name)s: you have uploaded this file before, as %(known)s. We use the one we have.",
            name=name,
            known=known,
        )
    return Outcome(told=(told,))


def _give_known(assessment: Assessment, item: Item, document: Document) -> Outcome:
    said = give_document(session(), assessment, item, document, by=me(), now=clock.now())
    return NOTHING if said is None else Outcome(refused=(in_words(said.sentence),))


def _name_pages(assessment: Assessment, item: Item, document: Document, text: str) -> Outcome:
    try:
        name_pages(session(), assessment, item, document, parse_pages(text))
    except BadPagesError as problem:
        return Outcome(refused=(f"{document.name}: {in_words(str(problem))}",))
    return NOTHING


def _newer_versions(prefix: str) -> Iterator[tuple[Document, FileStorage]]:
    for name, file in request.files.items(multi=True):
        if name.startswith(prefix + REPLACE) and file.filename:
            for document in _documents([name.removeprefix(prefix + REPLACE)]):
                yield document, file


def _pages(form: Form, prefix: str) -> Iterator[tuple[Document, str]]:
    for name, text in form.items(multi=True):
        if name.startswith(prefix + PAGES):
            for document in _documents([name.removeprefix(prefix + PAGES)]):
                yield document, text


def _documents(numbers: Iterable[str]) -> Iterator[Document]:
    """The supplier's own documents with these numbers; 404 for another's."""
    for number in numbers:
        if number.isascii() and number.isdigit():
            yield own_file(int(number))
