"""Swedish first, English second: which language a request is answered in."""

from flask import Flask, g, request, session
from flask_babel import get_locale
from flask_login import current_user

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


def current_language() -> str:
    """The language of this request: `sv` or `en`."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def register(app: Flask) -> None:
    """Make the languages known to every template."""

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
