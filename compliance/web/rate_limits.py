"""How often one address may try the doors: signing in, asking for links and passwords."""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask, Response, request

from compliance.extensions import limiter

View = Callable[..., Any]

PER_ADDRESS = "10 per minute; 60 per hour"
"""For one network address: an office may sit behind one, a guesser soon stops."""

PER_ACCOUNT = "20 per hour"
"""Failed attempts on one account, from wherever they come."""

SUCCEEDED = 302


def limit_posts(view: View) -> View:
    """Let one network address post to this view only so often; the page for 429 says when to come back."""
    limited: View = limiter.limit(PER_ADDRESS, methods=["POST"])(view)
    return limited


@cache
def _limit_sign_in(view: View) -> View:
    per_account = limiter.limit(
        PER_ACCOUNT, methods=["POST"], key_func=_account_tried, scope="account", deduct_when=_failed
    )
    return limit_posts(per_account(view))


_limit_posts_once = cache(limit_posts)


def _account_tried() -> str:
    """A digest of the address typed in, since keys may end up in a log."""
    typed = request.form.get("email", "").strip().lower()
    return hashlib.sha256(typed.encode()).hexdigest()[:20]


def _failed(response: Response) -> bool:
    return response.status_code != SUCCEEDED


def limit_library_views(app: Flask) -> None:
    """Put the limits on the views of Flask-Security. Each view is wrapped once, however many apps are made."""
    views = app.view_functions
    views["security.login"] = _limit_sign_in(views["security.login"])
    for name in ("forgot_password", "reset_password", "change_password"):
        views[f"security.{name}"] = _limit_posts_once(views[f"security.{name}"])


PER_WORKER = "10 per minute; 100 per hour"
"""For pages that work for seconds: enough to try things, too little to keep a server busy."""


def limit_work(view: View) -> View:
    """Let one network address ask only so often for a page that takes much work; its empty form is free."""
    limited: View = limiter.limit(PER_WORKER, exempt_when=lambda: not request.args)(view)
    return limited
