"""Pages for everyone: start, language, privacy, accessibility, health."""

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from compliance.extensions import db
from compliance.web.access import COMPANY_ROLES, Access, allow, roles_of_current_user
from compliance.web.languages import LANGUAGES

pages = Blueprint("pages", __name__)

ACCESSIBILITY_ASSESSED_ON = date(2026, 11, 23)
"""When the pages were last gone through for the accessibility statement."""


@pages.get("/")
@allow(Access.PUBLIC)
def start() -> ResponseReturnValue:
    """The way in: signed-in people go to their own first page, others are told what this is."""
    roles = roles_of_current_user()
    if roles:
        return redirect(url_for("supplier.home" if roles & COMPANY_ROLES else "procurer.desk"))
    return render_template("account/start.html")


@pages.get("/language/<language>")
@allow(Access.PUBLIC)
def set_language(language: str) -> ResponseReturnValue:
    """Choose a language and come back to the same page. Harmless, so a plain link does it."""
    if language in LANGUAGES:
        session["language"] = language
    return redirect(local_path(request.args.get("next", "")))


@pages.get("/accessibility")
@allow(Access.PUBLIC)
def accessibility() -> ResponseReturnValue:
    """The accessibility statement and how to report a fault (lag 2018:1937)."""
    return render_template("account/accessibility.html", assessed_on=ACCESSIBILITY_ASSESSED_ON)


@pages.get("/privacy")
@allow(Access.PUBLIC)
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, and for how long."""
    return render_template("account/privacy.html")


@pages.get("/health")
@allow(Access.PUBLIC)
def health() -> ResponseReturnValue:
    """Whether the web process and its database answer."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}


def local_path(target: str) -> str:
    """A path on this site, or the start page: a link from outside must not send people elsewhere."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")):
        return url_for("pages.start")
    return target
