"""What a request names, or 404; who asks; and whether that person may change things."""

from datetime import date
from typing import TypeVar

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import Session

from compliance import clock
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.web.access import Access, is_allowed, roles_of_current_user

Row = TypeVar("Row", bound=Base)


def session() -> Session:
    """The session of this request."""
    return db.session()


def found(model: type[Row], row_id: int) -> Row:
    """The row, or 404."""
    row = session().get(model, row_id)
    if row is None:
        abort(404)
    return row


def or_404(row: Row | None) -> Row:
    """The row, or 404 when there is none."""
    if row is None:
        abort(404)
    return row


def actor() -> str:
    """Who acts, as events name it."""
    return f"user:{current_user.id}"


def may_change() -> bool:
    """Whether the reader of the page may also change things."""
    return is_allowed(Access.PROCURER, roles_of_current_user())


def today() -> date:
    """The present day in Europe/Stockholm."""
    return clock.today()
