"""A visitor without a session, and the database behind the pages."""

import pytest

from compliance.extensions import db
from tests.visitors import Visitor


@pytest.fixture
def rows(app):
    """The database, to write rows into and commit, and to look at afterwards."""
    with app.app_context():
        yield db.session


@pytest.fixture
def visitor(app, rows):
    return Visitor(app)
