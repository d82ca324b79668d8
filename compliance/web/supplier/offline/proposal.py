"""What an uploaded workbook would change: nothing is saved before the supplier has seen it and said yes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import Journey, plan_journey
from compliance.answers.routing import Answers, Documents, Item
from compliance.answers.values import GivenAnswer, Key
from compliance.storage.models import Answer
from compliance.web.languages import current_language
from compliance.web.supplier.answer_words import whole_text
from compliance.web.supplier.offline.found import CellProblem, Reader, answers_in, doubles_in
from compliance.web.supplier.offline.marks import Base, Bases, fingerprint
from compliance.web.workbooks.model import FoundBook
from compliance.workflow.answering import CLEARED, Content, content_of
from compliance.workflow.gathering import STATES


@dataclass(frozen=True)
class Standing:
    """A round as it stands on the web: its journey, its stored answers, and what routing needs to look ahead."""

    plan: Journey
    rows: Mapping[Key, Answer]
    answers: Answers
    documents: Documents


@dataclass(frozen=True)
class Change:
    """One answer that would change. `clash` says that it was also changed on the web since the workbook was made."""

    item: Item
    old: Content
    new: Content
    seen: int
    clash: bool

    @property
    def name(self) -> str:
        """The question's name, with the contract where it is about one."""
        return name_of(self.item)

    @property
    def question(self) -> str:
        """The question itself."""
        return self.item.question.text.to(current_language())

    @property
    def before(self) -> str:
        """The answer on the web, in words."""
        return whole_text(self.old, self.item)

    @property
    def after(self) -> str:
        """The answer in the workbook, in words."""
        return whole_text(self.new, self.item)


@dataclass(frozen=True)
class Proposal:
    """Everything to know before saying yes. `follows` is how many more questions the answers lead to."""

    changes: tuple[Change, ...]
    problems: tuple[CellProblem, ...] = ()
    not_asked: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    follows: int = 0

    @property
    def clashes(self) -> int:
        """How many answers were changed in both places."""
        return sum(change.clash for change in self.changes)


def propose(book: FoundBook, bases: Bases, standing: Standing, *, on: date) -> Proposal:
    """Hold a workbook against the round as it stands."""
    found, doubled = answers_in(book), doubles_in(book)
    changes: list[Change] = []
    problems: list[CellProblem] = []
    for item in standing.plan.items:
        if item.id in doubled:
            cell = doubled[item.id].answer
            problems.append(CellProblem(cell.sheet, cell.place, name_of(item), _twice()))
        elif item.id in found and item.id in bases:
            reader, base = Reader(item, found[item.id]), bases[item.id]
            content = reader.content(on=on, known=base.fingerprint)
            problems += reader.problems
            if content is not None:
                changes += _change(item, content, base, standing.rows.get(item.key))
    asked = {item.id for item in standing.plan.items}
    return Proposal(
        changes=tuple(changes),
        problems=tuple(problems),
        not_asked=tuple(_no_longer_asked(standing.plan, set(found) - asked)),
        others=book.others,
        follows=_follows(changes, standing),
    )


def repropose(wanted: Mapping[str, Content], seen: Mapping[str, int], standing: Standing) -> Proposal:
    """The same contents held against a round that somebody changed in the meantime."""
    changes: list[Change] = []
    for item in standing.plan.items:
        if item.id in wanted:
            row = standing.rows.get(item.key)
            base = Base(seen[item.id], "")
            changes += _change(item, wanted[item.id], base, row)
    return Proposal(changes=tuple(changes), follows=_follows(changes, standing))


def name_of(item: Item) -> str:
    """A question's name, with the contract where it is about one."""
    name = item.question.name.to(current_language())
    return f"{name} ({item.contract.number})" if item.contract else name


def _change(item: Item, new: Content, base: Base, row: Answer | None) -> Iterator[Change]:
    """Nothing when the workbook says what it said when it was made, or what the web says by now."""
    old, now = content_of(row), fingerprint(new)
    if now in {base.fingerprint, fingerprint(old)}:
        return
    revision = row.revision if row else 0
    yield Change(item, old, new, revision, clash=revision != base.revision)


def _no_longer_asked(plan: Journey, names: set[str]) -> Iterator[str]:
    for item in plan.hidden:
        if item.id in names:
            yield name_of(item)


def _follows(changes: Iterable[Change], standing: Standing) -> int:
    """How many questions would be asked that are not asked now, if everything proposed were taken."""
    answers = AnswerSet(standing.answers.values())
    taken = [change for change in changes if not change.clash]
    for change in taken:
        answers = answers.without(*change.item.key)
        if change.new.state != CLEARED:
            answers = answers.with_answer(_given(change))
    if not taken:
        return 0
    after = plan_journey(taken[0].item.round, answers, standing.documents)
    asked = {item.id for item in standing.plan.items}
    return sum(item.id not in asked for item in after.items)


def _given(change: Change) -> GivenAnswer:
    content = change.new
    return GivenAnswer(
        *change.item.key,
        state=next(state for state in STATES if state == content.state),
        value=content.value,
        comment=content.comment,
        na_reason=content.na_reason,
    )


def _twice() -> str:
    return str(gettext("The question stands in the workbook more than once. Keep one of the rows."))
