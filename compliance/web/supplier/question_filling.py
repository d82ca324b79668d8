"""What this supplier's answer puts into the places of a question's form, everything escaped."""

from collections.abc import Callable

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup, escape

from compliance.web.page_parts import same_for_all
from compliance.web.supplier.drawing import empty_panel_of, form_of
from compliance.web.supplier.places import NOTHING, Drawn, Filling
from compliance.web.supplier.question_view import QuestionView

CHECKED, OPEN, HIDDEN, WRONG = Markup(" checked"), Markup(" open"), Markup(" hidden"), Markup(" has-error")
INVALID, DESCRIBED = Markup(' aria-invalid="true"'), Markup(' aria-describedby="{}"')


def draw(view: QuestionView) -> Markup:
    """One question of a page."""
    form = form_of(view.item.question, view.words.language)
    return form.drawn.filled(filling(view, form.drawn))


def draw_panel(view: QuestionView) -> Markup:
    """The proof panel of a question."""
    if view.proof.untouched:
        form = empty_panel_of(view.item.question, view.words.language, view.proof.rule)
        return form.drawn.filled(Filling(id=escape(view.id), address=escape(view.proof_address)))
    return _part(
        "supplier/proof.html", id=view.id, address=view.proof_address, asked=view.words, proof=view.proof
    )


def filling(view: QuestionView, drawn: Drawn) -> Filling:
    """What differs from page to page: what was answered, whether it was saved, what is wrong, the proof."""
    typed = view.typed
    filled = Filling(
        id=escape(view.id),
        address=escape(view.address),
        revision=escape(typed.seen),
        was=escape(typed.was),
        comment=escape(typed.comment),
        na_reason=escape(typed.na_reason),
        comment_optional=NOTHING if view.item.comment_missing else _optional_mark(),
        **view.hung,
    )
    _fill_value(filled, view, drawn)
    _fill_state(filled, view)
    for part, text in view.errors.items():
        _fill_error(filled, f"{view.id}:{part}", part, text)
    if view.conflict:
        filled["conflict"] = _part("supplier/conflict.html", view=view)
    if "proof" in drawn.parts:
        filled["proof"] = draw_panel(view)
    return filled


def _fill_value(filled: Filling, view: QuestionView, drawn: Drawn) -> None:
    """The answer itself: ticks at what was chosen, else the text; a table's rows are drawn each time."""
    chosen = {place for value in view.typed.values if (place := f"chosen_{value}") in drawn.parts}
    filled.update(dict.fromkeys(chosen, CHECKED))
    if "text" in drawn.parts:
        texts = (text for text in view.typed.values if f"chosen_{text}" not in chosen)
        filled["text"] = escape(next(texts, ""))
    if "rows" in drawn.parts:
        filled["rows"] = _part("fields/table_rows.html", view=view, current_language=view.words.language)
    if not view.typed.values:
        filled["clear_hidden"] = HIDDEN


def _fill_state(filled: Filling, view: QuestionView) -> None:
    """Whether it is saved, and what it still lacks."""
    if view.saved and not view.errors and not view.conflict:
        filled["saved"] = escape(gettext("Saved %(time)s", time=view.saved))
    if view.typed.comment or view.errors.get("comment") or view.item.comment_missing:
        filled["comment_open"] = OPEN
    if view.lacks:
        filled["lacks"] = _macro("fields/said.html", "lacks")(view.lacks)


def _fill_error(filled: Filling, name: str, part: str, text: str) -> None:
    """What is wrong with one field, and the words that tie the message to it."""
    message = escape(f"{name}-error")
    filled[f"wrong_{part}"] = WRONG
    filled[f"error_{part}"] = _macro("components/field_parts.html", "hint_and_error")(name, None, text)
    filled[f"invalid_{part}"] = INVALID
    filled[f"told_{part}"] = DESCRIBED.format(message)
    filled[f"also_{part}"] = Markup(" ") + message


def _optional_mark() -> Markup:
    return same_for_all("supplier/optional_mark.html")


def _macro(template: str, name: str) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(current_app.jinja_env.get_template(template).module, name)
    return found


def _part(template: str, **values: object) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(**values))  # noqa: S704  it escapes
