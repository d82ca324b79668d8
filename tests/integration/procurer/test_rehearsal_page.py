"""The page that tells what the clock would do: in words, for one contract or all, with other terms; it only reads."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.storage.models import Message
from compliance.web.procurer import rehearsal
from compliance.workflow.arming import rearm_assessment, rearm_contract
from tests.conftest import BOTH_DATABASES
from tests.rows import build_assessment, build_contact, build_contract, terms

END = clock.today() + timedelta(days=300)


@pytest.fixture
def contract(rows, anna):
    """A contract with a notice day ahead, and a supplier that has not answered."""
    contact = build_contact(rows(), email="kim@maleri.example")
    renewal = {"kind": "tacit", "months": 12}
    row = build_contract(
        rows(), contact.supplier, owner_id=anna.id, number="HB-7",
        terms=terms(start="2020-01-01", end=END.isoformat(), notice={"n": 6, "unit": "months"}, renewal=renewal),
    )  # fmt: skip
    round_ = build_assessment(
        rows(), contact, contracts=(row,), state=State.INVITED, due_on=clock.today() + timedelta(days=20)
    )
    rearm_contract(rows(), row, now=clock.now())
    rearm_assessment(rows(), round_, now=clock.now())
    rows.commit()
    return row


@BOTH_DATABASES
def test_it_tells_reasons_and_mails_and_changes_nothing(rows, desk, contract):
    page = desk.get("/rehearsal?days=180").text
    assert "The last day to give notice or use the option is" in page
    assert "kim@maleri.example" in page
    assert "The first mail to a supplier would go on" in page
    assert rows.query(Message).count() == 0


def test_without_a_choice_only_the_form_is_shown(desk, contract):
    assert "In short" not in desk.get("/rehearsal").text


def test_other_terms_show_what_comes_and_what_goes(desk, contract):
    later = (END + timedelta(days=60)).isoformat()
    page = desk.get(f"/rehearsal?days=180&contract=HB-7&end={later}").text
    assert "This would be added" in page
    assert "This would no longer come" in page
    assert END.isoformat() in page.split("This would no longer come")[1]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("contract=NONE", "There is no contract with this number."),
        ("contract=HB-7&end=2019-01-01", "has-error"),
        ("contract=HB-7&end=nonsense", "YYYY-MM-DD"),
        ("contract=HB-7&notice=-1", "has-error"),
        ("contract=HB-7&answering=many", "This must be a whole number."),
    ],
)
def test_what_cannot_be_tried_is_said_at_its_field_and_kept(desk, contract, query, told):
    page = desk.get(f"/rehearsal?days=90&{query}").text
    assert told in page
    assert f'value="{query.rpartition("=")[2]}"' in page
    assert "In short" not in page


def test_a_register_that_takes_too_long_is_said_in_a_sentence(desk, contract, monkeypatch):
    monkeypatch.setattr(rehearsal, "LONGEST_SECONDS", -1.0)
    assert "The rehearsal took too long" in desk.get("/rehearsal?days=365").text


def test_only_the_chosen_contract_is_told(desk, contract):
    assert "kim@maleri.example" in desk.get("/rehearsal?days=90&contract=HB-7").text
    assert "No mail would go to a supplier" not in desk.get("/rehearsal?days=90").text
