"""Step 3, answers: the way through the form: sections, progress, what comes next, what is missing or contradicts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from compliance.answers.routing import NO_DOCUMENTS, Answers, Documents, Item, Round, answered_anew, route
from compliance.answers.values import ContractFacts, Key
from compliance.questionnaires.conditions import Absent, Actual, Situation, evaluate
from compliance.questionnaires.model import Contradiction, Questionnaire
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.words import Text

Lack = Literal["unanswered", "comment", "reason", "proof"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: questions asked and answered, minutes in all and left."""

    asked: int
    answered: int
    minutes: Decimal
    minutes_left: Decimal

    @property
    def done(self) -> bool:
        """Whether every asked question has been answered."""
        return self.answered == self.asked

    @property
    def share(self) -> int:
        """Answered questions in whole per cent, rounded down; 0 when none is asked."""
        return self.answered * 100 // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True)
class JourneySection:
    """A page of the form. A section with questions about contracts is one page more for each contract."""

    key: str
    questionnaire: Questionnaire
    title: Text
    intro: Text | None
    contract: ContractFacts | None
    items: tuple[Item, ...]
    hidden: tuple[Item, ...]

    @property
    def progress(self) -> Progress:
        """How far this section has come."""
        return _progress(self.items)

    @property
    def confirmable(self) -> tuple[Item, ...]:
        """What is unanswered here and only needs confirming, because it was answered last time."""
        return tuple(item for item in self.items if item.confirmable)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that an asked question still lacks: an answer, a comment, a reason for "does not apply", or proof."""

    item: Item
    lack: Lack


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that cannot both be right, in words, with the questions to look at."""

    text: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """One assessment's way through the form. `sections` leaves out pages on which nothing is asked."""

    sections: tuple[JourneySection, ...]
    items: tuple[Item, ...]
    hidden: tuple[Item, ...]
    missing: tuple[Missing, ...]
    contradictions: tuple[Conflict, ...]

    @property
    def progress(self) -> Progress:
        """How far the whole form has come."""
        return _progress(self.items)

    @property
    def undetermined(self) -> tuple[Item, ...]:
        """Questions of which it is not known yet whether they are asked."""
        return tuple(item for item in self.hidden if item.verdict is None)

    @property
    def next_section(self) -> JourneySection | None:
        """The first section that is not done, None when all are."""
        return next((section for section in self.sections if not section.progress.done), None)

    @property
    def ready(self) -> bool:
        """Whether it may be submitted: all asked is answered and explained. Missing proof does not stop it."""
        return bool(self.items) and not any(one.lack != "proof" for one in self.missing)

    def section(self, key: str) -> JourneySection | None:
        """The section with a key, or None when nothing is asked in it."""
        return next((section for section in self.sections if section.key == key), None)

    def section_after(self, key: str) -> JourneySection | None:
        """The section that follows in the order of the form, None after the last."""
        keys = [section.key for section in self.sections]
        following = keys.index(key) + 1 if key in keys else len(keys)
        return self.sections[following] if following < len(keys) else None

    def item(self, item_id: str) -> Item | None:
        """The asked item with an id, or None when it is not asked."""
        return next((item for item in self.items if item.id == item_id), None)


def plan_journey(round_: Round, answers: Answers, documents: Documents = NO_DOCUMENTS) -> Journey:
    """The journey of an assessment as it stands with these answers and documents."""
    routed = route(round_, answers, documents)
    asked = tuple(item for item in routed if item.asked)
    return Journey(
        sections=tuple(section for section in _sections(routed) if section.items),
        items=asked,
        hidden=tuple(item for item in routed if not item.asked),
        missing=tuple(lack for item in asked for lack in _lacks(item)),
        contradictions=tuple(_contradictions(round_, asked)),
    )


def journey_after(before: Journey, answers: Answers, changed: Iterable[Key]) -> Journey | None:
    """The journey after some answers changed that no rule looks at; None when everything must be planned anew."""
    keys = set(changed)
    every = (*before.items, *before.hidden)
    anew = {item.key: answered_anew(item, answers) for item in every if item.key in keys}
    if len(anew) < len(keys) or any(_is_looked_at(item) for item in anew.values()):
        return None

    def renewed(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(anew.get(item.key, item) for item in items)

    asked = renewed(before.items)
    return Journey(
        sections=tuple(
            replace(one, items=renewed(one.items), hidden=renewed(one.hidden)) for one in before.sections
        ),
        items=asked,
        hidden=renewed(before.hidden),
        missing=tuple(lack for item in asked for lack in _lacks(item)),
        contradictions=before.contradictions,
    )


def _is_looked_at(item: Item) -> bool:
    """Whether anything else hangs on the answer: another question, a contradiction, or what proof is expected."""
    name, round_ = item.question.id, item.round
    if any(name in one.looked_at for one in round_.questionnaires):
        return True
    expected = (rule.when.comparisons() for rule in round_.vocabulary.expectations.values())
    return any(one.subject[1] == name for comparisons in expected for one in comparisons)


def _progress(items: Iterable[Item]) -> Progress:
    listed = list(items)
    left = [item.minutes for item in listed if not item.answered]
    return Progress(
        asked=len(listed),
        answered=len(listed) - len(left),
        minutes=sum((item.minutes for item in listed), Decimal(0)),
        minutes_left=sum(left, Decimal(0)),
    )


def _sections(routed: Iterable[Item]) -> Iterator[JourneySection]:
    pages: dict[str, list[Item]] = {}
    for item in routed:
        pages.setdefault(_page_key(item), []).append(item)
    for key, items in pages.items():
        first = items[0]
        yield JourneySection(
            key=key,
            questionnaire=first.questionnaire,
            title=first.section.title,
            intro=first.section.intro,
            contract=first.contract,
            items=tuple(item for item in items if item.asked),
            hidden=tuple(item for item in items if not item.asked),
        )


def _page_key(item: Item) -> str:
    page = f"{item.questionnaire.key}.{item.section.id}"
    return f"{page}@{item.contract.id}" if item.contract else page


def _lacks(item: Item) -> Iterator[Missing]:
    answer = item.answer
    if answer is None:
        if item.question.required:
            yield Missing(item, "unanswered")
        return
    if answer.state == "na_claimed" and not answer.na_reason.strip():
        yield Missing(item, "reason")
    if item.comment_missing:
        yield Missing(item, "comment")
    if item.proof_missing:
        yield Missing(item, "proof")


def _contradictions(round_: Round, asked: tuple[Item, ...]) -> Iterator[Conflict]:
    situation = Situation(
        lambda source, name: round_.inherent_risk if source == "risk" else _answer_to(name, asked),
        round_.vocabulary.thresholds(round_.on),
    )
    for questionnaire in round_.questionnaires:
        for rule in questionnaire.contradictions:
            if evaluate(rule.when, situation).verdict is True:
                yield Conflict(rule.text, _linked(rule, asked))


def _answer_to(name: str, asked: tuple[Item, ...]) -> Actual:
    """What was answered; a question that is not asked, not answered or not known contradicts nothing."""
    item = next((item for item in asked if item.question.id == name), None)
    value = item.answer.value if item and item.answer else None
    return type_of(item.question).actual(value) if item and value is not None else Absent.UNANSWERED


def _linked(rule: Contradiction, asked: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in asked if item.question.id in rule.questions)
