"""A page of a document as its reader sees it: the picture, the place of a fact marked on it, and that in words."""

from dataclasses import dataclass

from flask import Response, current_app, request
from flask_babel import gettext

from compliance.evidence.page_pictures import PagePicture, page_picture
from compliance.evidence.store import FolderStore
from compliance.storage.models import Document, FactRow
from compliance.web.fact_places import PARAGRAPH, fact_place

SANDBOX = "default-src 'none'; sandbox"
MARGIN = 3.0  # points between a fact and the frame around it


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation."""
    return text


PLACES = (
    (N_("upper left"), N_("upper middle"), N_("upper right")),
    (N_("middle left"), N_("in the middle"), N_("middle right")),
    (N_("lower left"), N_("lower middle"), N_("lower right")),
)
"""The thirds of a page, from top to bottom and left to right."""


@dataclass(frozen=True)
class PageView:
    """One page: its number, its picture (None when it cannot be drawn), the frame as (x, y, width, height) in points.

    `alternative` says in words what the frame shows.
    """

    number: int
    picture: PagePicture | None
    alternative: str
    frame: tuple[float, float, float, float] | None = None


def page_view(document: Document, fact: FactRow | None, number: int) -> PageView | None:
    """The page on which a fact stands, or the page asked for; None while nothing can be shown of the document."""
    number = (fact.page if fact is not None else None) or number
    if document.pages is not None and number > document.pages and (fact is None or fact.source != PARAGRAPH):
        return None
    picture = page_picture(_store(), document.sha256, number)
    frame = _frame(fact, picture) if fact is not None and picture is not None else None
    return PageView(number, picture, _alternative(document, fact, picture, number), frame)


def picture_response(document: Document, number: int) -> Response | None:
    """The picture of a page for a browser, or None: nothing in it can run, and no cache of others keeps it."""
    picture = page_picture(_store(), document.sha256, number)
    if picture is None or not picture.png:
        return None
    answer = Response(picture.png, mimetype="image/png")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(f"{document.sha256[:16]}-{number}")
    answer.make_conditional(request)
    return answer


def _store() -> FolderStore:
    return FolderStore(current_app.config["SETTINGS"].uploads)


def _frame(fact: FactRow, picture: PagePicture) -> tuple[float, float, float, float] | None:
    """The frame around a fact, within the page."""
    if not fact.box or not picture.png:
        return None
    x0, top, x1, bottom = fact.box
    if x1 <= x0 or bottom <= top:
        return None
    left, upper = max(x0 - MARGIN, 0.0), max(top - MARGIN, 0.0)
    right, lower = min(x1 + MARGIN, picture.width), min(bottom + MARGIN, picture.height)
    return (left, upper, right - left, lower - upper) if right > left and lower > upper else None


def _alternative(document: Document, fact: FactRow | None, picture: PagePicture | None, number: int) -> str:
    if fact is None:
        return str(gettext("Page %(page)s of the document", page=number))
    where = fact_place(fact, document.file.media_type)
    if picture is not None and picture.png and fact.box:
        where = f"{where}, {position(fact, picture)}"
    return f"{where}: “{fact.quote}”" if fact.quote else where


def position(fact: FactRow, picture: PagePicture) -> str:
    """In which part of the page a fact stands, in words."""
    x0, top, x1, bottom = fact.box or (0.0, 0.0, 0.0, 0.0)
    across = min(max(int(3 * (x0 + x1) / 2 / max(picture.width, 1.0)), 0), 2)
    down = min(max(int(3 * (top + bottom) / 2 / max(picture.height, 1.0)), 0), 2)
    return str(gettext(PLACES[down][across]))
