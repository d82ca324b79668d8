"""Wiring: settings, extensions and blueprints become one application. One line a step."""

import gc

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from compliance.config import PROJECT, Settings, read_settings
from compliance.extensions import babel, bootstrap, csrf, db, limiter
from compliance.jobs.waker import Waker
from compliance.logs import set_up_logs
from compliance.storage.engine import prepare_engine
from compliance.storage.installation import check_installation
from compliance.web.identity import join_identity, security_config
from compliance.web.languages import choose_language
from compliance.web.registration import register_web

MEGABYTE = 1024 * 1024
SMALLEST_POOL = 5


def create_app(settings: Settings | None = None) -> Flask:
    """The application for one installation.

    Raises `SettingsError` when the environment is incomplete, and when the database holds demo users but
    the settings do not say demo (or the other way round).
    """
    set_up_logs()
    settings = settings or read_settings()
    app = Flask(
        "compliance",
        template_folder=str(PROJECT / "templates"),
        static_folder=str(PROJECT / "compliance" / "web" / "static"),
        static_url_path="/static",
        instance_path=str(settings.instance),
    )
    app.config.update(flask_config(settings))
    app.config["SETTINGS"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1) if settings.secure_cookies else app.wsgi_app  # type: ignore[method-assign]
    join_extensions(app)
    app.extensions["wake"] = Waker(app)
    register_web(app)
    with app.app_context():
        prepare_engine(db.engine)
        check_installation(db.session(), demo=settings.demo)
        db.session.remove()
        db.engine.dispose()
    gc.freeze()  # what start-up made lives for ever: looking through it again costs 250 ms pauses
    return app


def join_extensions(app: Flask) -> None:
    """Give every extension its application."""
    db.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=choose_language)
    bootstrap.init_app(app)
    limiter.init_app(app)
    join_identity(app)


def flask_config(settings: Settings) -> dict[str, object]:
    """The settings as Flask and its extensions want to hear them."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": True,
            "pool_pre_ping": not settings.uses_sqlite,
            "pool_size": max(
                settings.threads, SMALLEST_POOL
            ),  # or a thread would wait for a connection in vain
        },
        "MAX_CONTENT_LENGTH": 32 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_NAME": "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: an hour is not lunch-break friendly
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Stockholm",
        "BABEL_TRANSLATION_DIRECTORIES": str(PROJECT / "compliance" / "web" / "translations"),
        "BOOTSTRAP_SERVE_LOCAL": True,
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": False,
        "RATELIMIT_ENABLED": not settings.testing,
        **security_config(settings),
    }
