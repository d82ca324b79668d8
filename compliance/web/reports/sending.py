"""Reports: a report on its way to the reader: made within a time, saved under a plain name, its failure logged."""

import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance.web.reports.typesetting import TypesettingError, typeset

log = structlog.get_logger()
PDF, JSON = "application/pdf", "application/json"
UNAVAILABLE = 503


def send_pdf(template: str, content: Mapping[str, Any], *, name: str) -> ResponseReturnValue:
    """The PDF as a file to save; a page that says so when it could not be made."""
    buyer = current_app.config["SETTINGS"].buyer_name or current_app.config["SETTINGS"].service_name
    around = {"author": buyer, "foot": content["title"], "named_note": named_note()}
    try:
        made = typeset(template, {**around, **content})
    except TypesettingError as error:
        reference = secrets.token_hex(4).upper()
        log.error("report could not be made", reference=reference, reason=str(error))  # noqa: TRY400  no answer in a log
        return render_template("reports/failed.html", reference=reference), UNAVAILABLE
    return as_file(made, media_type=PDF, name=name)


def as_file(content: bytes, *, media_type: str, name: str) -> Response:
    """A file to save, kept by nobody on the way."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def named_note() -> str:
    """Said in a document in which characters had to be named."""
    return str(
        gettext(
            "Some characters cannot be drawn in this document and are written by name in square brackets. "
            "The web page shows them as they were typed."
        )
    )
