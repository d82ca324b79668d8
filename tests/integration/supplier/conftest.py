"""A supplier in the middle of a round, and its browser."""

import pytest

from compliance.extensions import db
from tests.integration.supplier.company import Company, build_company
from tests.integration.supplier.forms import Browser
from tests.rows import build_staff


@pytest.fixture
def rows(app):
    """The database, to write rows into, and to look at afterwards."""
    with app.app_context():
        yield db.session


@pytest.fixture
def company(rows) -> Company:
    build_staff(rows)
    return build_company()


@pytest.fixture
def other_company(rows) -> Company:
    return build_company()


@pytest.fixture
def kim(app, company) -> Browser:
    return Browser(app).become(company.user)
