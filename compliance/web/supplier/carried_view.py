"""Last time's answers in the question pages: those to be confirmed, and beside questions that are asked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext
from markupsafe import Markup

from compliance.answers.carried import Afresh, Remembered, as_answered
from compliance.answers.journey import Journey
from compliance.answers.values import Key
from compliance.storage.models import Answer, Assessment, Document
from compliance.storage.queries.actions import actions_of
from compliance.storage.queries.answering import answers_of, documents_of, key_of
from compliance.web.languages import current_language
from compliance.web.supplier.action_view import reply_in_words
from compliance.web.supplier.answer_words import answer_in_words
from compliance.web.supplier.posted import Typed, typed_from
from compliance.web.supplier.question_view import QuestionView
from compliance.web.supplier.requested import session
from compliance.workflow.answering import content_of_given
from compliance.workflow.carrying import last_round_of

WHY_AFRESH = {
    Afresh.CHANGED: lazy_gettext("We ask again because the question has changed since then."),
    Afresh.CLAIMED: lazy_gettext("We ask again because that may be different now."),
    Afresh.NOT_KNOWN: lazy_gettext("We ask again because you did not know then."),
    Afresh.FAILED: lazy_gettext("We ask again because the answer did not fulfil what is asked for."),
    Afresh.PROMISED: lazy_gettext("We ask again because you said that you would do something about it."),
    Afresh.PROOF_REFUSED: lazy_gettext("We ask again because the document was not accepted as proof."),
    Afresh.PROOF_EXPIRED: lazy_gettext(
        "We ask again because the document that proved it is no longer valid."
    ),
    Afresh.OUTDATED: lazy_gettext("We ask again because the answer is too old by now."),
}


@dataclass(frozen=True)
class Renewal:
    """Last time's answers beside this round's questions. `on` is the day on which they were sent in."""

    on: date
    answers: Mapping[Key, Remembered]
    rows: Mapping[Key, Answer]
    documents: dict[int, Document]
    promises: Mapping[Key, str]

    def beside(self, view: QuestionView) -> QuestionView:
        """A question with what was answered last time hung on it."""
        remembered, row = self.answers.get(view.item.key), self.rows.get(view.item.key)
        if remembered is None:
            return view
        if view.item.answered:
            told = _macro("confirmed")(self.on) if row is not None and row.confirmed_from_id else Markup()
            return _hung(view, above=told)
        if view.item.confirmable:
            return self._to_confirm(view, remembered)
        return _hung(view, above=_macro("asked_again")(**self._told(view, remembered)))

    def _to_confirm(self, view: QuestionView, remembered: Remembered) -> QuestionView:
        """Its form is folded away, filled in with last time's answer, and saved only if it is changed."""
        troubled = bool(view.errors or view.conflict or view.proof.errors)
        told = self._told(view, remembered)
        above = _macro("to_confirm")(**told, id=view.id, opened=troubled)
        typed = view.typed if troubled else self._typed(view, remembered)
        return _hung(replace(view, typed=typed), above=above, under=_macro("fold_end")())

    def _typed(self, view: QuestionView, remembered: Remembered) -> Typed:
        content = content_of_given(remembered.last.given)
        row = Answer(
            state=content.state,
            value=list(content.value) if isinstance(content.value, tuple) else content.value,
            comment=content.comment,
            na_reason=content.na_reason,
            revision=view.typed.seen,
        )
        return typed_from(row, view.item)

    def _told(self, view: QuestionView, remembered: Remembered) -> dict[str, Any]:
        return {
            "answer": answer_in_words(as_answered(view.item, remembered), self.documents),
            "question": view.item.question.text.to(current_language()),
            "name": view.name,
            "on": self.on,
            "why": WHY_AFRESH[remembered.afresh] if remembered.afresh else "",
            "current_language": current_language(),
            "promise": self.promises.get(view.item.key, ""),
        }


def renewal_of(assessment: Assessment, plan: Journey) -> Renewal | None:
    """Last time's answers for the pages of a round; None when it renews nothing."""
    last = last_round_of(session(), assessment, plan)
    if last is None:
        return None
    promised = (row for row in actions_of(session(), last.id) if row.reply is not None)
    return Renewal(
        on=last.on,
        answers=last.answers,
        rows=answers_of(session(), assessment.id),
        documents=documents_of(session(), assessment.supplier_id),
        promises={key_of(row): reply_in_words(row) for row in promised},
    )


def with_last_time(renewal: Renewal | None, views: Iterable[QuestionView]) -> list[QuestionView]:
    """The questions of a page with last time's answers, where there are any."""
    return [renewal.beside(view) for view in views] if renewal else list(views)


def _hung(view: QuestionView, *, above: Markup, under: Markup = Markup()) -> QuestionView:  # noqa: B008
    hung = {**view.hung, "above": view.hung.get("above", Markup()) + above}
    return replace(view, hung={**hung, "under": view.hung.get("under", Markup()) + under})


def _macro(name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(
        current_app.jinja_env.get_template("supplier/last_time.html").module, name
    )
    return macro
