"""Step 4, evidence: several documents in one file are told apart, and the fitting one is held against the answer."""

from datetime import date

import pytest

from compliance.evidence.document import read_document
from compliance.evidence.matching import Expectation, KnownSupplier, Proof, compare, verdict
from compliance.evidence.reading_json import reading_from_json, reading_to_json
from tests.unit.evidence.drawn import pdf_of

TODAY = date(2026, 11, 23)
OURS, THEIRS = "Exempel Måleri AB", "Påhitt Bygg AB"


def certificate(holder, standard, number, until):
    return [
        "# CERTIFIKAT", "Härmed intygas att", f"## {holder}", f"uppfyller kraven i {standard}",
        f"Certifikat nr: {number}", "Utfärdat: 2025-03-14", f"Giltigt till och med {until}",
    ]  # fmt: skip


QUALITY = certificate(OURS, "SS-EN ISO 9001:2015", "4711-Q", "2028-03-13")
SAFETY = certificate(OURS, "SS-ISO 45001:2018", "4711-S", "2027-06-30")
NEIGHBOUR = certificate(THEIRS, "SS-ISO 45001:2018", "9000-S", "2029-01-01")
ANNEX = [
    "# CERTIFIKAT",
    "Bilaga till certifikat nr: 4711-Q",
    "Enheter: Påhittstad, Exempelby",
    "ledningssystemet hos",
    "uppfyller kraven",
]
INSURANCE = [
    "# Försäkringsbevis", f"Försäkringstagare: {OURS}", "Försäkringsnummer: FF-10034",
    "Försäkringsbelopp: 10 000 000 kr", "Försäkringstid: 2026-01-01 - 2026-12-31",
]  # fmt: skip
TAX = [
    "# Offentliga uppgifter",
    "Skatteverket",
    f"Namn: {OURS}",
    "Godkänd för F-skatt: Ja",
    "Momsregistrerad: Ja",
    "Registrerad som arbetsgivare: Ja",
]
AGREEMENT = [
    "# Bekräftelse på kollektivavtal", "Härmed bekräftas att", f"## {OURS}",
    "är bundet av kollektivavtal genom hängavtal, avtalsområde måleri.", "Påhittstad den 12 januari 2026",
]  # fmt: skip
POLICY = [
    "# Kvalitetspolicy",
    f"{OURS} har certifikat enligt ISO 9001:2015, certifikat nr 4711-Q.",
    f"{OURS} följer upp varje år.",
]
WELCOME = ["# Välkommen", f"Allt om {OURS}"]

BUNDLES = [
    pytest.param([QUALITY, SAFETY], ["1-1", "2-2"], id="two certificates"),
    pytest.param([QUALITY, ANNEX, SAFETY], ["1-2", "3-3"], id="a certificate with an annex, and another"),
    pytest.param([INSURANCE, TAX, AGREEMENT], ["1-1", "2-2", "3-3"], id="three kinds"),
    pytest.param([WELCOME, WELCOME, QUALITY, SAFETY], ["3-3", "4-4"], id="certificates in a brochure"),
    pytest.param([QUALITY], [], id="one certificate"),
    pytest.param([QUALITY, ANNEX], [], id="a certificate with an annex"),
    pytest.param([POLICY, POLICY], [], id="a policy that writes about a certificate"),
]


@pytest.mark.parametrize(("pages", "parts"), BUNDLES)
def test_documents_in_one_file_are_told_apart(pages, parts):
    reading = read_document(pdf_of(*pages))
    assert [fact.value for fact in reading.all("part")] == parts
    assert (reading.first("document_type").value == "bundle") is bool(parts)


def test_each_part_has_its_own_facts_and_two_last_days_are_no_doubt():
    one, two = read_document(pdf_of(QUALITY, SAFETY)).parts
    until = [next(fact for fact in part.facts if fact.field == "valid_until") for part in (one, two)]
    assert [(fact.value, fact.warnings) for fact in until] == [("2028-03-13", ()), ("2027-06-30", ())]
    assert (one.kind, two.first_page, two.last_page) == ("certificate", 2, 2)


@pytest.mark.parametrize("pages", [[QUALITY, SAFETY], [NEIGHBOUR, SAFETY], [SAFETY, NEIGHBOUR, QUALITY]])
def test_the_part_that_names_the_supplier_and_shows_the_standard_is_compared(pages):
    proof = Proof(
        KnownSupplier(OURS),
        Expectation(frozenset({"certificate"}), "ISO 45001"),
        {"valid_until": "2027-06-30"},
    )
    findings = compare(read_document(pdf_of(*pages)), proof, TODAY)
    assert verdict(findings) == "checked"
    assert {finding.fact.value for finding in findings if finding.fact} >= {"ISO 45001:2018", "2027-06-30"}


def test_a_bundle_without_a_fitting_part_is_compared_as_a_whole():
    proof = Proof(KnownSupplier("Någon Annan AB"), Expectation(standard="ISO 27001"))
    assert verdict(compare(read_document(pdf_of(QUALITY, SAFETY)), proof, TODAY)) != "checked"


def test_parts_survive_the_way_through_json():
    reading = read_document(pdf_of(QUALITY, SAFETY))
    data = reading_to_json(reading, with_text=True)
    assert data["parts"] == [
        {"pages": [1, 1], "kind": "certificate"},
        {"pages": [2, 2], "kind": "certificate"},
    ]
    assert [part.kind for part in reading_from_json(data).parts] == ["certificate", "certificate"]
    next(fact for fact in data["facts"] if fact["field"] == "part")["value"] = "1-all"
    with pytest.raises(ValueError, match="range of pages"):
        reading_from_json(data)
