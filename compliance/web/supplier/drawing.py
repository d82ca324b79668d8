"""Drawing a question: its form once for each language, filled for each page with what this supplier answered."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from jinja2 import Environment

from compliance.questionnaires.model import Question
from compliance.web.supplier.places import Drawn, Places
from compliance.web.supplier.proof_view import ProofView
from compliance.web.supplier.question_words import QuestionWords

KEPT = "drawn_questions"
"""Under which name an application keeps what it has drawn."""


@dataclass(frozen=True)
class Form:
    """One question in one language, drawn without any answer: the same for everybody who is asked."""

    words: QuestionWords
    drawn: Drawn
    places: frozenset[str]


def form_of(question: Question, language: str) -> Form:
    """The form of a question, drawn at first sight and then kept as long as the process lives."""
    return _kept(question, language, "form", _draw)


def empty_panel_of(question: Question, language: str, rule: str) -> Form:
    """The proof panel of a question to which no document has been given. `rule` as in `ProofView`."""
    return _kept(question, language, rule, lambda words: _draw_panel(words, rule))


def ways_of(question: Question, language: str) -> Form:
    """The ways to ask a colleague about a question, or for secrecy."""
    return _kept(question, language, "ways", _draw_ways)


def _kept(question: Question, language: str, what: str, draw: Callable[[QuestionWords], Form]) -> Form:
    """By identity: a definition is read once and never changed, and comparing two takes longer than drawing one."""
    kept: dict[tuple[int, str, str], Form] = current_app.extensions.setdefault(KEPT, {})
    key = (id(question), language, what)
    form = kept.get(key)
    if form is None or form.words.question is not question:
        form = kept[key] = draw(QuestionWords(question, language))
    return form


def _draw(words: QuestionWords) -> Form:
    return draw_form(current_app.jinja_env, words)


def draw_form(pages: Environment, words: QuestionWords) -> Form:
    """Draw the form of a question without an answer. The template sees words and places, and nobody's data."""
    html = pages.get_template("supplier/question.html").render(asked=words, at=Places())
    return _form(words, html)


def _draw_panel(words: QuestionWords, rule: str) -> Form:
    at = Places()
    template = current_app.jinja_env.get_template("supplier/proof.html")
    return _form(
        words,
        template.render(id=at["id"], address=at["address"], asked=words, proof=ProofView(rule)),
    )


def _draw_ways(words: QuestionWords) -> Form:
    template = current_app.jinja_env.get_template("supplier/ways.html")
    return _form(words, template.render(asked=words, at=Places()))


def _form(words: QuestionWords, html: str) -> Form:
    drawn = Drawn.from_html(html)
    return Form(words, drawn, drawn.places)
