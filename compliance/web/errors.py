"""Failures as people see them: a page in plain words, and for the unexpected a reference number to quote."""

import secrets
from contextlib import suppress

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from compliance.extensions import db

log = structlog.get_logger()
PAGES = frozenset({400, 403, 404, 409, 413, 429, 503})


def register(app: Flask) -> None:
    """Give every failure its page."""
    app.register_error_handler(CSRFError, form_not_received)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def form_not_received(error: CSRFError) -> tuple[str | dict[str, str], int]:
    """A form without a token, or with one of another session."""
    del error
    if _wants_json():
        return {"error": "session"}, 400
    return render_template("errors/400.html"), 400


def _http(error: HTTPException) -> Response | tuple[str | dict[str, str], int]:
    code = error.code or 500
    if error.response is not None or code < 400:  # noqa: PLR2004
        return error.get_response()  # type: ignore[return-value]
    if _wants_json():
        return {"error": error.name}, code
    page = code if code in PAGES else 404 if code < 500 else 503  # noqa: PLR2004
    return render_template(f"errors/{page}.html"), code


def _unexpected(error: Exception) -> tuple[str | dict[str, str], int]:
    g.failing = True  # the database may be what failed: the error page must not ask it anything
    with suppress(SQLAlchemyError):
        db.session.rollback()
    reference = secrets.token_hex(4).upper()
    log.error("unexpected failure", reference=reference, endpoint=request.endpoint, exc_info=error)
    if _wants_json():
        return {"error": "unexpected", "reference": reference}, 500
    return render_template("errors/500.html", reference=reference), 500
