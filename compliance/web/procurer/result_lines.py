"""The result explained: why the band is what it is, where points were lost, what is missing, what would raise it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal, gettext

from compliance.scoring import Explanation
from compliance.scoring.sentences import Sentence
from compliance.storage.models import Scorecard
from compliance.web.procurer.answer_lines import question_names, questionnaire_of_items
from compliance.workflow.snapshots import explanation_of

DECIMAL = re.compile(r"[0-9]+[.][0-9]+")


@dataclass(frozen=True)
class ItemLink:
    """A question by its short name, with the place where its answer is shown."""

    name: str
    href: str


@dataclass(frozen=True)
class GateLine:
    """A rule that no average washes out, why it applied, and the questions that made it apply."""

    code: str
    text: str
    questions: tuple[ItemLink, ...]


@dataclass(frozen=True)
class ItemLine:
    """Something to say about one question; `band` is what it would lead to, if anything."""

    question: ItemLink
    text: str
    band: str | None = None


@dataclass(frozen=True)
class ResultLines:
    """A result as the page tells it."""

    state: str
    losses: list[dict[str, Any]]
    gates: list[GateLine]
    improvements: list[ItemLine]
    missing: list[ItemLine]


def result_lines(card: Scorecard) -> ResultLines:
    """The trail of a snapshot in the reader's language."""
    told = explanation_of(card)
    links = _Links(card)
    return ResultLines(
        state=in_words(told.state),
        losses=[_loss(loss, links) for loss in told.top_losses],
        gates=[
            GateLine(gate.gate.value, in_words(gate.sentence), tuple(links.to(i) for i in gate.items))
            for gate in told.gates
        ],
        improvements=[
            ItemLine(links.to(one.id), in_words(one.sentence), one.band.value) for one in told.improvements
        ],
        missing=_missing(told, links),
    )


def in_words(sentence: Sentence) -> str:
    """A pure sentence in the reader's language."""
    text: str = gettext(sentence.text)
    return (
        text % {name: _local(value) for name, value in sentence.params.items()} if sentence.params else text
    )


def _local(value: str) -> str:
    """A score with the decimal sign of the reader's language; anything else as it is."""
    return str(format_decimal(value, "0.0")) if DECIMAL.fullmatch(value) else value


class _Links:
    """Names and places of the questions of one snapshot."""

    def __init__(self, card: Scorecard) -> None:
        self.card, self.names, self.forms = card, question_names(card), questionnaire_of_items(card)

    def to(self, item_id: str) -> ItemLink:
        page = url_for(
            "procurer.answers", assessment_id=self.card.assessment_id, questionnaire=self.forms[item_id]
        )
        return ItemLink(self.names[item_id], f"{page}#{anchor(item_id)}")


def anchor(item_id: str) -> str:
    """The id of a question's place on the page."""
    return "q-" + item_id.replace("@", "-")


def _missing(told: Explanation, links: _Links) -> list[ItemLine]:
    return [ItemLine(links.to(one.id), in_words(one.sentence)) for one in told.missing_proof]


def _loss(loss: Any, links: _Links) -> dict[str, Any]:
    link = links.to(loss.id)
    return {
        "question": link.name,
        "href": link.href,
        "lost": loss.lost,
        "lost_answer": loss.lost_answer,
        "lost_proof": loss.lost_proof,
        "why": " ".join(_why(loss)),
    }


def _why(loss: Any) -> Iterable[str]:
    if loss.lost_answer:
        yield gettext("The answer does not meet the requirement in full.")
    if loss.lost_proof:
        yield gettext("Valid proof is missing.")
