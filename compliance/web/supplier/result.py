"""The supplier's own result: what it said, what its documents support, why the band, and what would raise it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance.answers.journey import Journey
from compliance.answers.routing import Item
from compliance.scoring.sentences import Sentence
from compliance.storage.models import Scorecard
from compliance.storage.queries.actions import actions_of
from compliance.storage.queries.assessments import newest_scorecard
from compliance.web.access import Access, allow
from compliance.web.languages import current_language
from compliance.web.procurer.state_words import AREAS
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import journey, own, session
from compliance.workflow.snapshots import explanation_of


@dataclass(frozen=True)
class Hint:
    """Something about one question: its name, and what to do or know. `band` is what it would lead to."""

    question: str
    text: str
    band: str | None = None


@dataclass(frozen=True)
class Reason:
    """A rule that decided, and the questions that made it do so."""

    text: str
    questions: tuple[str, ...]


@supplier.get("/supplier/assessments/<int:assessment_id>/result")
@allow(Access.SUPPLIER)
def result(assessment_id: int) -> ResponseReturnValue:
    """The newest result, or that there is none yet."""
    assessment = own(assessment_id)
    card = newest_scorecard(session(), assessment.id)
    if card is None or assessment.submitted_at is None:
        return render_template("supplier/no_result.html", assessment=assessment)
    return render_template(
        "supplier/result.html",
        assessment=assessment,
        result=card.result,
        areas=AREAS,
        actions=actions_of(session(), assessment.id),
        **_explained(card, journey(assessment)),
    )


def _explained(card: Scorecard, plan: Journey) -> dict[str, object]:
    """The reasons in words; the number of hints is kept small, the most useful first."""
    why = explanation_of(card)
    names = {item.id: _name(item) for item in (*plan.items, *plan.hidden)}
    return {
        "state": in_words(why.state),
        "gates": [
            Reason(in_words(one.sentence), tuple(names.get(item, item) for item in one.items))
            for one in why.gates
        ],
        "improvements": [
            Hint(names.get(one.id, one.id), in_words(one.sentence), str(one.band)) for one in why.improvements
        ],
        "missing_proof": [
            Hint(names.get(one.id, one.id), in_words(one.sentence)) for one in why.missing_proof
        ],
        "losses": [names.get(one.id, one.id) for one in why.top_losses],
    }


def in_words(sentence: Sentence) -> str:
    """A sentence of the scoring step in the reader's language."""
    return str(gettext(sentence.text)) % sentence.params


def _name(item: Item) -> str:
    name = item.question.name.to(current_language())
    return f"{name} ({item.contract.number})" if item.contract else name
