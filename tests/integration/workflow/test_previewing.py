"""A preview of another scoring method says what it would change, and changes nothing."""

from fractions import Fraction

import pytest

from compliance.assessments import State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.scoring import load_method
from compliance.storage.models import Scorecard
from compliance.workflow.previewing import preview
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.suppliers_side import answer_everything, submit_answers
from tests.rows import NOW, build_assessment, build_contact, build_contract

METHOD = load_method()


@pytest.fixture
def scored(app):
    """A supplier with everything in order, submitted and scored."""
    with app.app_context():
        session = db.session()
        contact = build_contact(session)
        contract = build_contract(session, contact.supplier)
        asked = {form.key: form.version for form in catalogue.released()}
        assessment = build_assessment(
            session, contact, contracts=(contract,), state=State.ANSWERING, questionnaires=asked
        )
        answer_everything(session, assessment, now=NOW)
        submit_answers(session, assessment, now=NOW)
        session.commit()
        yield assessment
        db.session.remove()


@BOTH_DATABASES
def test_the_method_in_use_changes_nothing(scored):
    [row] = preview(db.session(), METHOD)
    assert row.now == row.then
    assert not row.changes_band
    assert row.now.supported == scored.supported


def test_a_stricter_method_says_who_would_fall(scored):
    bands = {band: Fraction(0) for band in "BCDE"} | {"A": Fraction(100)}
    stricter = METHOD.model_copy(update={"bands": METHOD.bands | bands})
    [row] = preview(db.session(), stricter)
    assert row.now.supported == row.then.supported
    assert row.then.band in (None, "B")


def test_nothing_is_stored(scored):
    before = db.session.scalar(db.select(db.func.count(Scorecard.id)))
    list(preview(db.session(), METHOD))
    assert not db.session.dirty
    assert db.session.scalar(db.select(db.func.count(Scorecard.id))) == before
