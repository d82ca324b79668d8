"""One question of a section as its page shows it: as saved or as typed, with what is wrong and what it lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from flask_babel import gettext

from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import Answer, Assessment
from compliance.storage.queries.answering import answers_of, documents_of
from compliance.web.languages import current_language
from compliance.web.supplier.answer_words import whole_text, whole_typed
from compliance.web.supplier.posted import STATE, Typed, is_given_as_documents, may_not_apply, typed_from
from compliance.web.supplier.proof_view import ProofView, Shelf
from compliance.web.supplier.requested import saved_when, session, today
from compliance.workflow.answering import content_of, judged_on
from compliance.workflow.gathering import answers_of as answer_set_of


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
    """One question with everything its partials draw. `saved` is the time of day at which it was saved."""

    item: Item
    typed: Typed
    proof: ProofView
    saved: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None

    @property
    def id(self) -> str:
        """The question's name in the page, from which the names of its fields are made."""
        return self.item.id

    @property
    def name(self) -> str:
        """The question in a word or two."""
        return self.item.question.name.to(current_language())

    @property
    def text(self) -> str:
        """The question itself."""
        return self.item.question.text.to(current_language())

    @property
    def why(self) -> str:
        """Why it is asked."""
        return self.item.question.help.why.to(current_language())

    @property
    def counts(self) -> str:
        """What counts as yes, or as a right answer."""
        counts = self.item.question.help.counts
        return counts.to(current_language()) if counts else ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """The options of the definition, in words."""
        return [(option.code, option.label.to(current_language())) for option in self.item.question.options]

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """What may be said instead of an answer: "don't know", "does not apply"."""
        question, words = self.item.question, vocabulary().wording["answers"]
        allowed = [("dont_know", question.dont_know_allowed), ("na_claimed", may_not_apply(self.item))]
        return [(STATE + code, words[code].to(current_language())) for code, yes in allowed if yes]

    @property
    def lacks(self) -> list[str]:
        """What the saved answer still needs, in words."""
        return lacks_of(self.item)

    @property
    def sources(self) -> list[tuple[str, str | None]]:
        """Where the duty comes from: the words and the address, if one is known."""
        cited = (vocabulary().citation(reference) for reference in self.item.question.references)
        return [(text.to(current_language()), url) for text, url in cited]

    @property
    def given_as_documents(self) -> bool:
        """Whether the proof is the answer itself."""
        return is_given_as_documents(self.item)


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
        documents=documents_of(session(), assessment.supplier_id),
        on=judged_on(assessment, today=today()),
        answers=cache(lambda: answer_set_of(session(), assessment)),
    )


def views_of(
    assessment: Assessment, items: Iterable[Item], trouble: Trouble = NO_TROUBLE
) -> list[QuestionView]:
    """The questions of a page."""
    rows, shelf = answers_of(session(), assessment.id), shelf_of(assessment)
    return [_view(item, rows.get(item.key), shelf, trouble) for item in items]


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


def _view(item: Item, row: Answer | None, shelf: Shelf, trouble: Trouble) -> QuestionView:
    stored = typed_from(row, item)
    typed = trouble.typed.get(item.id)
    newer = trouble.newer.get(item.id)
    return QuestionView(
        item=item,
        typed=stored
        if typed is None
        else Typed(typed.values, typed.comment, typed.na_reason, stored.seen, stored.was),
        proof=shelf.proof(item, trouble.refused_files.get(item.id, ())),
        saved=saved_when(row.saved_at) if row is not None else "",
        errors=trouble.messages.get(item.id, {}),
        conflict=Conflict(whole_typed(typed, item), whole_text(content_of(newer), item))
        if typed and newer
        else None,
    )
