"""Beside the contract: subcontractors, commitments, start-up meeting, code of conduct, history."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from compliance.storage.models import CodeOfConduct, Contract, ContractChange, SocialCommitment, Subcontractor
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.test_contracts import NEW
from tests.rows import (
    build_code,
    build_commitment,
    build_contact,
    build_contract,
    build_subcontractor,
    build_supplier,
    build_supplier_user,
    organisation_number,
)
from tests.visitors import Visitor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def contract(rows):
    row = build_contract(rows, number="HB-1", max_tiers=1)
    rows.commit()
    return row


def company(**values):
    return {
        "name": "Exempel Ställning AB (påhittat)",
        "kind": "legal_person",
        "number": organisation_number(8001),
        "tier": "1",
        "task": "Ställningar",
        "starts_on": "2026-03-01",
    } | values


@BOTH_DATABASES
def test_two_who_change_a_contract_at_once_both_see_both_values(desk, rows):
    supplier = build_supplier(rows)
    rows.commit()
    page = desk.post(f"/suppliers/{supplier.id}/contracts/new", NEW).location
    first = desk.post(f"{page}/change", {**NEW, "revision": "0", "title": "Annas titel"})
    second = desk.post(f"{page}/change", {**NEW, "revision": "0", "title": "Bos titel"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Annas titel" in second.text
    assert 'value="Bos titel"' in second.text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', second.text)[1]
    assert desk.post(f"{page}/change", {**NEW, "revision": revision, "title": "Bos titel"}).status_code == 302
    assert rows.scalars(select(Contract.title)).one() == "Bos titel"


def test_the_history_shows_who_changed_what_from_what_to_what(desk, rows, contract):
    filled = {
        **NEW,
        "number": "HB-1",
        "revision": "0",
        "max_tiers": "2",
        "audit_right": "yes",
        "agreed_terms": ["ilo_core"],
    }
    assert desk.post(f"/contracts/{contract.id}/change", filled).status_code == 302
    text = desk.get(f"/contracts/{contract.id}/history").text
    for words in (
        "Most tiers of subcontractors",
        "Right to audit",
        "The ILO core conventions",
        "Anna Inköpare",
    ):
        assert words in text
    change = rows.scalars(select(ContractChange).where(ContractChange.field == "max_tiers")).one()
    assert (change.before, change.after) == (1, 2)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"value_annual_sek": "2 000 000"}, "value_annual_sek", "larger than the total"),
        ({"max_tiers": "12"}, "max_tiers", "between 0 and 9"),
        ({"framework": "FINNS-EJ"}, "framework", "No contract has this number"),
        ({"framework": "HB-1"}, "framework", "its own framework"),
        ({"follow_up_on": "9999-12-31"}, "follow_up_on", "must lie between"),
        ({"end": "9999-12-31"}, "end", "must lie between"),
        ({"option_notice_n": "-1"}, "option_notice_n", "less than 0"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(desk, contract, change, field, words):
    answer = desk.post(
        f"/contracts/{contract.id}/change", {**NEW, "number": "HB-1", "revision": "0", **change}
    )
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]


@BOTH_DATABASES
def test_a_subcontractor_waits_for_a_decision_and_is_approved(desk, rows, contract):
    desk.post(f"/contracts/{contract.id}/subcontractors/new", company(representative="Kim Exempel"))
    entry = rows.scalars(select(Subcontractor)).one()
    assert (entry.approval, entry.representative) == ("waiting", "Kim Exempel")
    assert "On site without approval" in desk.get(f"/contracts/{contract.id}").text
    address = f"/contracts/{contract.id}/subcontractors/{entry.id}/decide"
    assert desk.post(address, {"approved": "yes", "revision": "0"}).status_code == 422
    desk.post(address, {"approved": "yes", "note": "F-skatt kontrollerad.", "revision": "0"})
    rows.refresh(entry)
    assert (entry.approval, entry.decided_at is not None) == ("approved", True)
    page = desk.get(f"/contracts/{contract.id}").text
    assert "On site without approval" not in page
    assert "Kim Exempel" not in desk.get(f"/contracts/{contract.id}/history").text


def test_a_tier_deeper_than_the_contract_allows_is_marked(desk, rows, contract):
    first = build_subcontractor(rows, contract)
    rows.commit()
    below = company(tier="2", hired_by_id=str(first.id))
    assert desk.post(f"/contracts/{contract.id}/subcontractors/new", below).status_code == 302
    assert "Too many tiers" in desk.get(f"/contracts/{contract.id}").text


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"number": "556012-5791"}, "number", "last digit"),
        (
            {"kind": "foreign_registration", "number": "HRB 1", "country": ""},
            "country",
            "do not know this country",
        ),
        ({"tier": "0"}, "tier", "between 1 and 9"),
        ({"ends_on": "2026-02-01"}, "ends_on", "before the first day"),
        ({"starts_on": ""}, "starts_on", "Fill this in"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_field(desk, contract, change, field, words):
    answer = desk.post(f"/contracts/{contract.id}/subcontractors/new", company(**change))
    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]


def test_the_number_of_a_sole_trader_is_kept_but_shown_nowhere(desk, rows, contract):
    trader = company(kind="sole_trader", number="811228-9874")
    desk.post(f"/contracts/{contract.id}/subcontractors/new", trader)
    entry = rows.scalars(select(Subcontractor)).one()
    edit = f"/contracts/{contract.id}/subcontractors/{entry.id}"
    for address in (f"/contracts/{contract.id}", edit, f"{edit}/decide", f"/contracts/{contract.id}/history"):
        text = desk.get(address).text
        assert "8112289874" not in text.replace("-", "")
    desk.post(edit, {**trader, "number": "", "task": "Målning", "revision": "0"})
    rows.refresh(entry)
    assert (entry.identity_number, entry.task) == ("8112289874", "Målning")


def test_an_approved_company_with_another_task_waits_again(desk, rows, contract):
    entry = build_subcontractor(
        rows, contract, approval="approved", identity_number=organisation_number(8001)
    )
    rows.commit()
    desk.post(f"/contracts/{contract.id}/subcontractors/{entry.id}", company(task="Rivning", revision="0"))
    rows.refresh(entry)
    assert entry.approval == "waiting"


def test_an_entry_changed_by_somebody_else_meanwhile_is_not_overwritten(desk, rows, contract):
    entry = build_subcontractor(rows, contract, revision=3)
    rows.commit()
    answer = desk.post(f"/contracts/{contract.id}/subcontractors/{entry.id}", company(revision="2"))
    assert (answer.status_code, entry.name in answer.text) == (409, True)


def test_a_removed_entry_leaves_the_list_with_the_name_of_its_representative(desk, rows, contract):
    entry = build_subcontractor(rows, contract, representative="Kim Exempel")
    rows.commit()
    desk.post(f"/contracts/{contract.id}/subcontractors/{entry.id}/remove", {"revision": "0"})
    rows.refresh(entry)
    assert (entry.removed_at is not None, entry.representative) == (True, "")
    assert "No subcontractor is on the list" in desk.get(f"/contracts/{contract.id}").text


@BOTH_DATABASES
def test_a_commitment_is_promised_reported_and_verified(desk, rows, contract, anna):
    base = f"/contracts/{contract.id}/commitments"
    desk.post(f"{base}/new", {"kind": "apprenticeship", "quantity": "2", "due_on": "2026-12-31"})
    row = rows.scalars(select(SocialCommitment)).one()
    early = desk.post(f"{base}/{row.id}/verify", {"revision": "0"})
    assert (early.status_code, row.verified_on) == (302, None)
    report = {
        "reported_quantity": "1",
        "reported_on": "2026-06-30",
        "reported_by": "Platschefen",
        "revision": "0",
    }
    assert "lies ahead" in desk.post(f"{base}/{row.id}/report", {**report, "reported_on": "2149-01-01"}).text
    desk.post(f"{base}/{row.id}/report", report)
    assert "Less than promised" in desk.get(f"/contracts/{contract.id}").text
    desk.post(f"{base}/{row.id}/verify", {"revision": "1"})
    rows.refresh(row)
    assert (row.verified_by_id, row.reported_quantity) == (anna.id, 1)
    desk.post(f"{base}/{row.id}/report", {**report, "reported_quantity": "2", "revision": "2"})
    rows.refresh(row)
    assert row.verified_on is None  # another report has to be verified again


def test_a_commitment_changed_meanwhile_is_not_overwritten(desk, rows, contract):
    row = build_commitment(rows, contract, revision=1)
    rows.commit()
    desk.post(f"/contracts/{contract.id}/commitments/{row.id}/remove", {"revision": "0"})
    rows.refresh(row)
    assert row.removed_at is None
    assert "nothing was saved" in desk.get(f"/contracts/{contract.id}").text


def test_the_start_up_meeting_is_planned_and_held(desk, rows, contract):
    page = f"/contracts/{contract.id}"
    desk.post(f"{page}/start-up", {"startup_planned_on": "2026-01-15", "revision": "0"})
    assert "planned for 2026-01-15" in desk.get(page).text
    desk.post(f"{page}/start-up", {"startup_held_on": "2026-01-16", "startup_note": "Koden", "revision": "1"})
    assert "held on 2026-01-16" in desk.get(page).text
    stale = desk.post(f"{page}/start-up", {"startup_held_on": "", "revision": "1"})
    assert (stale.status_code, rows.scalars(select(Contract.startup_note)).one()) == (302, "Koden")


@BOTH_DATABASES
def test_a_version_of_the_code_is_published_once_and_never_replaced(desk, rows):
    new = {"version": "2026", "valid_from": "2026-01-01", "text": "Vi arbetar för goda villkor."}
    page = desk.post("/codes-of-conduct/new", new).location
    assert "goda villkor" in desk.get(page).text
    again = desk.post("/codes-of-conduct/new", {**new, "text": "Något annat."})
    assert (again.status_code, "never replaced" in again.text) == (422, True)
    assert rows.scalars(select(CodeOfConduct.text)).one() == "Vi arbetar för goda villkor."


def test_a_code_can_be_a_pdf_but_no_other_file_and_not_both(desk, rows):
    new = {"version": "3", "valid_from": "2026-01-01"}
    page = desk.post("/codes-of-conduct/new", {**new, "document": (BytesIO(PDF), "kod.pdf")}).location
    assert desk.get(f"{page}/document").data == PDF
    for fields in (
        {},
        {"text": "x", "document": (BytesIO(PDF), "kod.pdf")},
        {"document": (BytesIO(b"MZ"), "kod.pdf")},
    ):
        assert desk.post("/codes-of-conduct/new", {**new, "version": "4", **fields}).status_code == 422


def test_a_supplier_reads_the_version_of_its_own_contract_and_no_other(app, rows, anna):
    own, other = build_code(rows, anna, version="2024"), build_code(rows, anna, version="2025")
    supplier = build_supplier(rows)
    build_contract(rows, supplier, code_of_conduct_id=own.id)
    user = build_supplier_user(rows, build_contact(rows, supplier, locale="en"))
    rows.commit()
    visitor = Visitor(app).become(user)
    assert "2024" in visitor.get("/supplier/code-of-conduct").text
    assert "goda arbetsvillkor" in visitor.get(f"/supplier/code-of-conduct/{own.id}").text
    assert visitor.get(f"/supplier/code-of-conduct/{other.id}").status_code == 404


def test_a_new_contract_offers_to_invite_its_supplier(desk, rows, contract):
    assert f'href="/suppliers/{contract.supplier_id}/invite"' in desk.get(f"/contracts/{contract.id}").text
