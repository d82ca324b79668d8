"""Reports: the questions of a round as they can be read before answering, for the page and for the PDF."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import Any

from flask_babel import gettext, ngettext

from compliance.answers.asked_if import AskedIf, asked_if
from compliance.answers.routing import Item
from compliance.questionnaires.model import Question
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.words import Text
from compliance.web.languages import current_language

ONE_LINE, BETWEEN = 70, " / "
"""Choices that are not longer together stand on one line; a comma may belong to a choice."""


@dataclass(frozen=True)
class ListedQuestion:
    """One question in words. `condition` and `conditions` are empty for one that is asked whatever is answered."""

    id: str
    question: str
    condition: str
    conditions: tuple[str, ...]
    help: tuple[str, ...]
    choices: tuple[str, ...]
    choices_title: str
    facts: tuple[tuple[str, str], ...]
    asked: bool


@dataclass(frozen=True)
class ListedPart:
    """A section of the form; once for each contract where it is about one."""

    title: str
    intro: str
    questions: tuple[ListedQuestion, ...]


@dataclass(frozen=True)
class QuestionList:
    """Everything that is or may be asked, and how much it is."""

    parts: tuple[ListedPart, ...]
    asked: int
    perhaps: int
    minutes: Decimal
    documents: tuple[str, ...] = field(default=())


def question_list(routed: Iterable[Item]) -> QuestionList:
    """The list for a round as `route` gave it: without what is known not to be asked."""
    everything = tuple(routed)
    listed = [item for item in everything if item.verdict is not False]
    asked = [item for item in listed if item.asked]
    return QuestionList(
        parts=tuple(_parts(listed, everything)),
        asked=len(asked),
        perhaps=len(listed) - len(asked),
        minutes=sum((item.minutes for item in asked), Decimal(0)),
        documents=tuple(
            dict.fromkeys(_kinds(item.question) for item in listed if item.evidence == "expected")
        ),
    )


def as_report(listing: QuestionList, *, title: str, intro: Iterable[str]) -> dict[str, Any]:
    """The list as the typesetter takes it."""
    return {
        "title": title,
        "language": current_language(),
        "intro": list(intro),
        "parts": [
            {
                "title": part.title,
                "intro": part.intro,
                "questions": [
                    {
                        "question": one.question,
                        "condition": one.condition,
                        "conditions": list(one.conditions),
                        "help": list(one.help),
                        "choices": list(one.choices),
                        "choices_title": one.choices_title,
                        "facts": [list(pair) for pair in one.facts],
                    }
                    for one in part.questions
                ],
            }
            for part in listing.parts
        ],
    }


def minutes_in_words(minutes: Decimal) -> str:
    """How long something takes, in whole minutes rounded up; more would pretend to know."""
    if minutes < 1:
        return str(gettext("less than a minute"))
    return str(ngettext("%(num)s minute", "%(num)s minutes", ceil(minutes)))


def _parts(listed: list[Item], everything: tuple[Item, ...]) -> Iterator[ListedPart]:
    pages: dict[tuple[str, str, int | None], list[Item]] = {}
    for item in listed:
        key = (item.questionnaire.key, item.section.id, item.contract.id if item.contract else None)
        pages.setdefault(key, []).append(item)
    for items in pages.values():
        first = items[0]
        title = f"{_in(first.questionnaire.title)}: {_in(first.section.title)}"
        if first.contract:
            title = f"{title} ({first.contract.number})"
        yield ListedPart(
            title=title,
            intro=_in(first.section.intro) if first.section.intro else "",
            questions=tuple(_question(item, everything) for item in items),
        )


def _question(item: Item, everything: tuple[Item, ...]) -> ListedQuestion:
    question, condition = item.question, asked_if(item, everything)
    title = gettext("Columns to fill in") if question.table else gettext("Answers to choose from")
    choices, several = tuple(_choices(question)), condition is not None and len(condition.parts) > 1
    short = len(BETWEEN.join(choices)) <= ONE_LINE
    told = [(title, BETWEEN.join(choices))] if choices and short else []
    return ListedQuestion(
        id=item.id,
        question=_in(question.text),
        condition=_condition(condition),
        conditions=tuple(_in(part) for part in condition.parts) if condition and several else (),
        help=tuple(_help(question)),
        choices=() if short else choices,
        choices_title=f"{title}:",
        facts=(*told, *_facts(item)),
        asked=item.asked,
    )


def _condition(condition: AskedIf | None) -> str:
    if condition is None:
        return ""
    if len(condition.parts) == 1:
        return str(gettext("Asked if %(condition)s.", condition=_in(condition.parts[0])))
    if condition.join == "all":
        return str(gettext("Asked if all of this is so:"))
    return str(gettext("Asked if any of this is so:"))


def _help(question: Question) -> Iterator[str]:
    yield _in(question.help.why)
    if question.help.counts:
        yield _in(question.help.counts)


def _choices(question: Question) -> Iterator[str]:
    for option in question.options:
        yield _in(option.label)
    for column in question.table.columns if question.table else ():
        yield _in(column.label)


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    question = item.question
    yield gettext("Takes about"), minutes_in_words(item.minutes)
    if question.evidence and item.evidence != "none":
        expected = item.evidence == "expected" or question.type == "upload"
        label = gettext("Document expected") if expected else gettext("Document, only if you want to")
        yield label, _kinds(question)
    cited = [_in(vocabulary().citation(reference)[0]) for reference in question.references]
    if cited:
        yield gettext("Source"), "; ".join(cited)


def _kinds(question: Question) -> str:
    kinds = question.evidence.kinds if question.evidence else ()
    words = [_in(vocabulary().documents[kind]) for kind in kinds]
    return (
        gettext(" or ").join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])
        if words
        else ""
    )


def _in(text: Text) -> str:
    return text.to(current_language())
