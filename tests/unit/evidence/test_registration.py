"""Step 4, evidence: registration certificates in several wordings and layouts."""

import pytest

from tests.unit.evidence.drawn import answers, arranged, read_lines, variants

EXPECTED = {
    "document_type": "registration",
    "holder": "Exempel El & Kraft AB",
    "org_number": "559999-0032",
    "legal_form": "Aktiebolag",
    "seat": "Påhittstad",
    "amount": "50000 SEK",
    "issued_on": "2026-09-01",
}
WORDINGS = {
    "registreringsbevis": (
        "Registreringsbevis",
        {"Organisationsnummer": "559999-0032", "Firma": "Exempel El & Kraft AB", "Säte": "Påhittstad",
         "Företagsform": "Aktiebolag", "Aktiekapital": "50 000 kr", "Utfärdat": "2026-09-01"},
    ),
    "registerutdrag": (
        "Registerutdrag",
        {"Företagets namn": "Exempel El & Kraft AB", "Org.nr": "559999-0032", "Bolagsform": "Aktiebolag",
         "Styrelsens säte": "Påhittstad", "Aktiekapital": "50.000 SEK", "Datum för utdrag": "1 september 2026"},
    ),
    "näringslivsregistret": (
        "Utdrag ur näringslivsregistret",
        {"Företagsnamn": "Exempel El & Kraft AB", "Organisationsnr": "559999-0032", "Associationsform": "Aktiebolag",
         "Säte": "Påhittstad", "Aktiekapital": "50 000,00 kronor", "Datum": "2026-09-01"},
    ),
    "english": (
        "Company registration certificate",
        {"Company name": "Exempel El & Kraft AB", "Company registration number": "559999-0032",
         "Legal form": "Aktiebolag", "Registered office": "Påhittstad", "Share capital": "SEK 50,000",
         "Date of issue": "2026-09-01"},
    ),
}  # fmt: skip
STATES = [
    ("Status: Aktivt", "Aktivt"),
    ("Företagsstatus: Konkurs inledd 2026-08-01", "Konkurs inledd"),
    ("Likvidation beslutad 2026-08-01", "Likvidation beslutad"),
    ("Konkurs: nej, inga uppgifter", None),
    ("Det finns inga uppgifter om konkurs.", None),
]


@pytest.mark.parametrize(("wording", "layout"), variants(WORDINGS))
def test_a_registration_certificate_says_what_its_reader_sees(wording, layout):
    title, pairs = WORDINGS[wording]
    reading = read_lines(f"# {title}", "Bolagsverket", *arranged(pairs, layout), "Påhittat exempel")
    assert answers(reading, EXPECTED) == EXPECTED


@pytest.mark.parametrize(("line", "status"), STATES)
def test_bankruptcy_is_a_status_only_when_it_is_said_to_be_there(line, status):
    reading = read_lines("# Registreringsbevis", "Bolagsverket", "Firma: Exempel El & Kraft AB", line)
    assert answers(reading, ["company_status"]).get("company_status") == status
