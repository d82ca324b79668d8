"""One commit per successful request, here and nowhere else in the web."""

from collections.abc import Callable

from flask import Flask, Response, current_app, request

from compliance.extensions import db
from compliance.storage.engine import mark_reading
from compliance.storage.waking import take_queues_to_wake

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_FAILURE = 400


def register(app: Flask) -> None:
    """Reading requests take no write lock; writing ones are committed when they succeed, else rolled back."""
    # Before everything else, also before the hooks of extensions: Flask-Principal asks who the user is, and that
    # begins the transaction under whatever this thread's last request said about itself.
    app.before_request_funcs.setdefault(None, []).insert(0, _say_whether_it_writes)
    app.after_request(_commit_or_roll_back)


def commit_now() -> None:
    """Commit what a request has done so far, for the rare view that must commit although it answers an error."""
    db.session.commit()
    wake: Callable[[str], None] = current_app.extensions["wake"]
    for queue in take_queues_to_wake(db.session()):
        wake(queue)


def _say_whether_it_writes() -> None:
    mark_reading(reading=request.method in SAFE_METHODS)


def _commit_or_roll_back(response: Response) -> Response:
    if request.method in SAFE_METHODS or response.status_code >= FIRST_FAILURE:
        db.session.rollback()
    else:
        commit_now()
    return response
