"""Everything the counter consists of, registered in one place."""

from flask import Flask

from compliance.web import (
    access,
    errors,
    filters,
    identity,
    languages,
    received,
    security_headers,
    transactions,
)
from compliance.web.blueprints import BLUEPRINTS
from compliance.web.demo import demo


def register_web(app: Flask) -> None:
    """Give the application its pages and the rules that hold on all of them. The demo's pages only in a demo."""
    received.register(app)
    languages.register(app)
    filters.register(app)
    errors.register(app)
    security_headers.register(app)
    access.register(app)
    identity.register(app)
    transactions.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.config["SETTINGS"].demo:
        app.register_blueprint(demo)
