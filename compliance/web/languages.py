"""Swedish first, English second: which language a request is answered in."""

from collections.abc import Callable

from babel.support import NullTranslations
from flask import Flask, g, request, session
from flask_babel import get_locale, get_translations, refresh
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT = "sv"


def choose_language() -> str:
    """What the person chose, else what is known about them, else what the browser asks for, else Swedish."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    if not g.get("failing") and current_user.is_authenticated:
        locale = current_user.contact.locale if current_user.contact else current_user.locale
        if locale in LANGUAGES:
            return str(locale)
    return request.accept_languages.best_match(list(LANGUAGES), default=DEFAULT) or DEFAULT


def switch_language(code: str) -> None:
    """Answer in another language from now on, this very page too; nothing happens when it is none of ours."""
    if code in LANGUAGES:
        session["language"] = code
        refresh()


def current_language() -> str:
    """The language of this request: `sv` or `en`."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def fast_gettext() -> Callable[..., str]:
    """`gettext` for templates: what a page says over and over is looked up and marked as safe once for a language.

    Pages ask for some fifty texts; through the library each takes longer than drawing a field.
    """
    catalogues: dict[str, NullTranslations] = {}
    known: dict[tuple[str, str], Markup] = {}

    def sentence(text: str, language: str) -> str:
        if language not in catalogues:
            catalogues[language] = get_translations()
        return str(catalogues[language].ugettext(text))

    @pass_eval_context
    def translated(context: EvalContext, text: str, /, **values: object) -> str:
        """A text of a template in the reader's language; what is put into it is escaped where pages are."""
        language = current_language()
        if not context.autoescape:
            return sentence(text, language) % values
        if values:
            return Markup(sentence(text, language)) % values  # noqa: S704  a text of ours
        key = (language, text)
        if key not in known:
            known[key] = Markup(sentence(text, language)) % {}  # noqa: S704
        return known[key]

    return translated


def register(app: Flask) -> None:
    """Make the languages known to every template."""
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = fast_gettext()

    @app.context_processor
    def _languages() -> dict[str, object]:
        settings = app.config["SETTINGS"]
        return {
            "current_language": current_language(),
            "languages": LANGUAGES,
            "service_name": settings.service_name,
            "buyer_name": settings.buyer_name,
            "buyer_email": settings.buyer_email,
            "demo_instance": settings.demo,
        }
