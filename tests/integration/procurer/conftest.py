"""Anna at her desk: a signed-in procurer, the database behind the pages, and a supplier that can answer."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.extensions import db
from compliance.questionnaires import catalogue
from tests.integration.procurer.suppliers_side import answer_everything, submit_answers
from tests.rows import build_assessment, build_contact, build_contract, build_staff, build_supplier
from tests.visitors import Visitor


@pytest.fixture
def rows(app):
    """The database, to write rows into and commit, and to look at afterwards."""
    with app.app_context():
        yield db.session


@pytest.fixture
def anna(rows):
    """A procurer."""
    user = build_staff(rows, name="Anna Inköpare", locale="en")
    rows.commit()
    return user


@pytest.fixture
def desk(app, anna):
    """Anna's browser."""
    return Visitor(app).become(anna)


@pytest.fixture
def invited(rows, anna):
    """An invited round of one supplier about one contract, with the questionnaires of today."""
    supplier = build_supplier(rows, name="Exempel Måleri AB (påhittat)")
    contact = build_contact(rows, supplier, name="Kim Kontakt", email="kim@maleri.example")
    contract = build_contract(rows, supplier, number="HB-1", owner_id=anna.id)
    versions = {form.key: form.version for form in catalogue.released()}
    row = build_assessment(
        rows,
        contact,
        contracts=(contract,),
        questionnaires=versions,
        due_on=clock.today() + timedelta(days=30),
    )
    rows.commit()
    return row


@pytest.fixture
def submitted(rows, invited):
    """The same round, answered as well as possible and submitted."""
    answer_everything(rows(), invited, now=clock.now())
    submit_answers(rows(), invited, now=clock.now())
    rows.commit()
    return invited
