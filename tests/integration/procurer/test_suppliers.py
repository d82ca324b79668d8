"""Suppliers are registered once, by a number that others have given them, and never shown with a person's number."""

import pytest
from sqlalchemy import select

from compliance.storage.models import Contact, Event, Message, Supplier
from tests.conftest import BOTH_DATABASES
from tests.rows import build_assessment, build_contact, build_supplier, build_supplier_user

NEW = {
    "name": "Exempel Måleri AB (påhittat)",
    "kind": "legal_person",
    "number": "556012-5790",
    "inherent_risk": "medium",
    "contact_name": "Kim Kontakt",
    "email": "kim@maleri.example",
    "locale": "sv",
}
PERSONAL = "19811228-9874"


@BOTH_DATABASES
def test_a_swedish_company_is_registered_with_its_first_contact(desk, rows):
    answer = desk.post("/suppliers/new", NEW)
    supplier = rows.scalars(select(Supplier)).one()
    assert answer.location == f"/suppliers/{supplier.id}"
    assert (supplier.identity_number, supplier.country) == ("5560125790", "SE")
    assert rows.scalars(select(Contact.email)).all() == ["kim@maleri.example"]
    page = desk.get(answer.location).text
    assert "556012-5790" in page
    assert "The supplier was registered." in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "556012-5791"}, "The last digit does not match"),
        ({"number": "55601257"}, "ten digits"),
        ({"number": ""}, "Fill this in"),
        ({"number": PERSONAL}, "personal identity number"),
        ({"kind": "sole_trader"}, "not the number of a person"),
        ({"kind": "foreign_vat", "country": "", "number": "DE136695976"}, "do not know this country"),
        ({"kind": "foreign_vat", "country": "DE", "number": "DE136695977"}, "not a VAT number"),
        ({"email": "kim"}, "e-mail address"),
        ({"name": " "}, "Fill this in"),
        ({"kind": ""}, "Choose one"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_is_kept(desk, rows, change, words):
    answer = desk.post("/suppliers/new", {**NEW, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Kim Kontakt"' in answer.text
    assert rows.scalars(select(Supplier)).all() == []


def test_a_number_that_is_known_leads_to_its_supplier(desk, rows):
    desk.post("/suppliers/new", NEW)
    answer = desk.post("/suppliers/new", {**NEW, "name": "Samma bolag"})
    known = rows.scalars(select(Supplier)).one()
    assert "registered already" in answer.text
    assert f'href="/suppliers/{known.id}"' in answer.text


def test_a_sole_traders_number_is_masked_on_every_page(desk, rows):
    page = desk.post("/suppliers/new", {**NEW, "kind": "sole_trader", "number": PERSONAL}).location
    for path in (page, "/suppliers", "/desk", f"{page}/change"):
        text = desk.get(path).text
        assert "811228" not in text
        assert "9874" not in text
    assert "••••••-••••" in desk.get(page).text


def test_a_foreign_company_is_known_by_country_and_number(desk, rows):
    foreign = {**NEW, "kind": "foreign_vat", "country": "DE", "number": "DE 136 695 976"}
    page = desk.post("/suppliers/new", foreign).location
    assert "DE 136695976" in desk.get(page).text
    assert rows.scalars(select(Supplier.identity_number)).one() == "DE:vat:136695976"


@pytest.mark.parametrize("typed", ["556012-5790", "16556012-5790", " 5560125790 "])
def test_a_search_by_number_is_posted_and_leads_to_the_supplier(desk, rows, typed):
    page = desk.post("/suppliers/new", NEW).location
    assert desk.post("/suppliers/search", {"text": typed}).location == page


def test_a_search_by_name_finds_swedish_letters_in_any_case(desk, rows):
    build_supplier(rows, name="Åkeri Öst AB (påhittat)")
    rows.commit()
    found = desk.get(desk.post("/suppliers/search", {"text": "åkeri"}).location).text
    assert "Åkeri Öst AB" in found
    assert "Åkeri Öst AB" not in desk.get("/suppliers?name=finnsinte").text


def test_a_new_address_ends_links_tells_the_old_one_and_invites_anew(desk, rows):
    contact = build_contact(rows, email="forr@bygg.example")
    user = build_supplier_user(rows, contact)
    build_assessment(rows, contact)
    rows.commit()
    before = user.fs_uniquifier
    path = f"/suppliers/{contact.supplier_id}/contacts/{contact.id}"
    fields = {"contact_name": contact.name, "email": "nu@bygg.example", "locale": "sv"}
    assert desk.post(path, fields).status_code == 302
    rows.expire_all()
    assert user.fs_uniquifier != before
    sent = {(mail.kind, mail.recipient) for mail in rows.scalars(select(Message))}
    assert sent == {("contact_changed", "forr@bygg.example"), ("invitation", "nu@bygg.example")}


def test_no_name_or_address_stands_in_the_log(desk, rows):
    desk.post("/suppliers/new", NEW)
    contact = rows.scalars(select(Contact)).one()
    path = f"/suppliers/{contact.supplier_id}/contacts/{contact.id}"
    desk.post(path, {"contact_name": "Lo Ny", "email": "lo@maleri.example", "locale": "sv"})
    logged = " ".join(str(event.payload) for event in rows.scalars(select(Event)))
    for private in ("Kim", "Lo Ny", "maleri.example", "5560125790"):
        assert private not in logged


def test_a_contact_who_answers_an_open_round_cannot_be_removed(desk, rows):
    contact = build_contact(rows)
    build_assessment(rows, contact)
    rows.commit()
    desk.post(f"/suppliers/{contact.supplier_id}/contacts/{contact.id}/remove")
    rows.expire_all()
    assert contact.active
    assert "Hand the round over" in desk.get(f"/suppliers/{contact.supplier_id}").text
