"""One question of a section as its page shows it: as saved or as typed, with what is wrong and what it lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.storage.models import Answer, Assessment
from compliance.storage.queries.answering import answers_among, pages_named
from compliance.web.languages import current_language
from compliance.web.supplier.answer_words import whole_text, whole_typed
from compliance.web.supplier.drawing import form_of
from compliance.web.supplier.posted import Typed, typed_from
from compliance.web.supplier.proof_view import ProofView, Shelf
from compliance.web.supplier.question_words import QuestionWords
from compliance.web.supplier.requested import known_answers, known_documents, saved_when, session, today
from compliance.workflow.answering import content_of, judged_on


@dataclass(frozen=True)
class Trouble:
    """What stood in the way of saving what was posted, by item: as typed, what is wrong, or what is newer."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    newer: Mapping[str, Answer] = field(default_factory=dict)
    refused_files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.messages or self.newer or self.refused_files)


NO_TROUBLE = Trouble()


@dataclass(frozen=True)
class Conflict:
    """Two texts of which one must be chosen."""

    mine: str
    theirs: str


@dataclass(frozen=True)
class QuestionView:
    """One question with everything its page puts into the drawn form.

    `saved` is the time of day at which it was saved; `address` takes the answer, `proof_address` its documents.
    `hung` is what other parts of the program hang on a question, escaped, by the place where it stands: `above`
    the field, `below` the comment, `beside` the state of saving (who answered, still true?, secrecy).
    """

    item: Item
    words: QuestionWords
    typed: Typed
    proof: ProofView
    address: str
    saved: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None
    hung: Mapping[str, Markup] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The question's name in the page, from which the names of its fields are made."""
        return self.item.id

    @property
    def name(self) -> str:
        """The question in a word or two."""
        return self.words.name

    @property
    def lacks(self) -> list[str]:
        """What the saved answer still needs, in words."""
        return lacks_of(self.item)

    @property
    def proof_address(self) -> str:
        """What takes its documents."""
        path, mark, query = self.address.partition("?")
        return f"{path}/documents{mark}{query}"


def lacks_of(item: Item) -> list[str]:
    """What the answer to a question still needs, in words."""
    found = []
    if item.comment_missing:
        found.append(gettext("Explain your answer in the comment."))
    answer = item.answer
    if answer is not None and answer.state == "na_claimed" and not answer.na_reason.strip():
        found.append(gettext("Write why the question does not apply to you."))
    return found


def shelf_of(assessment: Assessment) -> Shelf:
    """The company's documents, to be held against this round's answers."""
    return Shelf(
        supplier=assessment.supplier,
        documents=known_documents(assessment),
        on=judged_on(assessment, today=today()),
        answers=cache(lambda: known_answers(assessment)),
        pages=cache(lambda: pages_named(session(), assessment.id)),
    )


def views_of(
    assessment: Assessment, items: Iterable[Item], trouble: Trouble = NO_TROUBLE
) -> list[QuestionView]:
    """The questions of a page."""
    items = tuple(items)
    rows = answers_among(session(), assessment.id, (item.key for item in items))
    page = _Page(rows, shelf_of(assessment), trouble, _addresses(assessment))
    return [_view(item, page) for item in items]


def error_links(views: Iterable[QuestionView]) -> list[tuple[str, str]]:
    """What is wrong on a page, each with the field to go to."""
    links = []
    for view in views:
        links += [(f"{view.id}:{part}", f"{view.name}: {text}") for part, text in view.errors.items()]
        links += [(f"{view.id}:file", f"{view.name}: {text}") for text in view.proof.errors]
        if view.conflict:
            links.append((f"q-{view.id}", gettext("%(name)s: somebody saved another answer", name=view.name)))
    return links


def position(plan: Journey, section: JourneySection) -> str:
    """Which part of the form a page is."""
    keys = [one.key for one in plan.sections]
    return str(gettext("Part %(number)s of %(total)s", number=keys.index(section.key) + 1, total=len(keys)))


@dataclass(frozen=True)
class _Page:
    """What all questions of a page are looked at with."""

    rows: Mapping[Key, Answer]
    shelf: Shelf
    trouble: Trouble
    addresses: str
    language: str = field(default_factory=current_language)


def _view(item: Item, page: _Page) -> QuestionView:
    row, trouble = page.rows.get(item.key), page.trouble
    stored, typed, newer = typed_from(row, item), trouble.typed.get(item.id), trouble.newer.get(item.id)
    return QuestionView(
        item=item,
        words=form_of(item.question, page.language).words,
        typed=stored if typed is None else replace(typed, seen=stored.seen, was=stored.was),
        proof=page.shelf.proof(item, trouble.refused_files.get(item.id, ())),
        address=_address(item, page.addresses),
        saved=saved_when(row.saved_at) if row is not None else "",
        errors=trouble.messages.get(item.id, {}),
        conflict=Conflict(whole_typed(typed, item), whole_text(content_of(newer), item))
        if typed and newer
        else None,
    )


def _addresses(assessment: Assessment) -> str:
    """What the addresses of all questions begin with: making each by itself costs more than drawing it."""
    return url_for("supplier.save_answer", assessment_id=assessment.id, question_id="-")[:-1]


def _address(item: Item, beginning: str) -> str:
    address = beginning + item.question.id
    return f"{address}?contract={item.contract.id}" if item.contract else address
