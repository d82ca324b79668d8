"""Inviting many suppliers together: one last day, a few mails a day, looked at before anything is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from compliance import clock
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, Message
from compliance.suppliers.calendar import is_working_day
from tests.conftest import BOTH_DATABASES
from tests.rows import build_assessment, build_contact, build_contract, build_supplier

FORM = next(form.key for form in catalogue.released() if form.area)


@pytest.fixture
def suppliers(rows):
    """Three suppliers of different risk, one without a contact, one with a round that is open."""
    made = {}
    for name, risk in (
        ("låg", "low"),
        ("hög", "high"),
        ("okänd", "unknown"),
        ("stum", "high"),
        ("upptagen", "high"),
    ):
        supplier = build_supplier(rows, name=f"Exempel {name} AB (påhittat)", inherent_risk=risk)
        contract = build_contract(rows, supplier, number=name, period_end=clock.today() + timedelta(days=400))
        contact = None if name == "stum" else build_contact(rows, supplier)
        if name == "upptagen":
            build_assessment(rows, contact, contracts=(contract,))
        made[name] = contract
    rows.commit()
    return made


def chosen(suppliers, *names, **values):
    return {
        "contracts": [str(suppliers[name].id) for name in names],
        "questionnaires": [FORM],
        "due_on": (clock.today() + timedelta(days=60)).isoformat(),
        "a_day": "1",
    } | values


ALL = ("låg", "hög", "okänd", "stum", "upptagen")


@BOTH_DATABASES
def test_the_riskiest_are_invited_first_and_one_a_day(desk, rows, suppliers):
    assert desk.post("/contracts/invite", chosen(suppliers, *ALL, confirm="y")).status_code == 302
    mails = rows.scalars(
        select(Message).where(Message.kind == "invitation").order_by(Message.next_attempt_at)
    ).all()
    names = [rows.get(Assessment, mail.assessment_id).supplier.name.split()[1] for mail in mails]
    assert names == ["hög", "okänd", "låg"]
    days = [clock.day_of(mail.next_attempt_at) for mail in mails]
    assert len(set(days)) == 3
    assert all(is_working_day(day) for day in days[1:])
    assert len({mail.due_on for mail in mails}) == 1


def test_the_plan_is_shown_first_and_changes_nothing(desk, rows, suppliers):
    page = desk.post("/contracts/invite", chosen(suppliers, *ALL))
    assert page.status_code == 200
    for words in ("Invite 3 suppliers", "It has an open round already", "no contact that mail reaches"):
        assert words in page.text
    assert rows.scalars(select(Message)).all() == []


def test_sending_twice_invites_nobody_twice(desk, rows, suppliers):
    for _ in range(2):
        desk.post("/contracts/invite", chosen(suppliers, "hög", confirm="y"))
    assert len(rows.scalars(select(Message)).all()) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due_on": (clock.today() + timedelta(days=10)).isoformat()}, "days to answer"),
        ({"due_on": (clock.today() + timedelta(days=800)).isoformat()}, "at most a year ahead"),
        ({"a_day": "0"}, "between 1 and"),
        ({"contracts": []}, "at least one contract"),
        ({"questionnaires": []}, "at least one questionnaire"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(desk, suppliers, change, words):
    answer = desk.post("/contracts/invite", chosen(suppliers, "hög", **change))
    assert (answer.status_code, words in answer.text) == (422, True)


def test_contracts_are_chosen_by_risk_value_and_end(desk, rows, suppliers):
    build_contract(rows, number="stort", value_sek=5_000_000, period_end=clock.today() + timedelta(days=30))
    build_contract(rows, number="slut", value_sek=5_000_000, period_end=clock.today() - timedelta(days=1))
    rows.commit()
    assert "stort" in desk.get("/contracts/invite?least=1 000 000").text
    assert "slut " not in desk.get("/contracts/invite?least=1 000 000").text
    high = desk.get("/contracts/invite?risk=high").text
    assert ("hög Exempelavtal" in high, "låg Exempelavtal" in high) == (True, False)
    assert "upptagen Exempelavtal" not in high  # it has been asked before
    assert "upptagen Exempelavtal" in desk.get("/contracts/invite?risk=high&all=y").text


def test_the_list_of_contracts_is_filtered_the_same_way(desk, rows, suppliers):
    text = desk.get("/contracts?risk=low").text
    assert (">låg<" in text, ">hög<" in text) == (True, False)
    ends = (clock.today() + timedelta(days=10)).isoformat()
    assert "No contracts found" in desk.get(f"/contracts?ends_by={ends}").text


def test_an_invitation_on_its_way_is_not_chased_as_unopened(desk, rows, suppliers):
    desk.post("/contracts/invite", chosen(suppliers, "hög", "låg", confirm="y"))
    for round_ in rows.scalars(
        select(Assessment).where(Assessment.supplier_id == suppliers["låg"].supplier_id)
    ):
        round_.created_at = clock.now() - timedelta(days=8)
    rows.commit()
    assert "Exempel låg AB" not in desk.get("/").text
